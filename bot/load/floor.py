"""The least a server on this machine can do: ``python -m bot.load.floor PORT`` gives back what it got."""

import sys

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_ENCODER = msgspec.json.Encoder()


class _Call(msgspec.Struct):
    sender: str
    message: str


async def health(_request: Request) -> Response:
    """It is there."""
    return Response(b"{}", media_type="application/json")


async def webhook(request: Request) -> Response:
    """The message itself in the shape of Rasa's channels."""
    call = msgspec.json.decode(await request.body(), type=_Call)
    said = [{"recipient_id": call.sender, "text": call.message}]
    return Response(_ENCODER.encode(said), media_type="application/json")


app = Starlette(
    routes=[Route("/health", health), Route("/webhooks/local/webhook", webhook, methods=["POST"])]
)

if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning", ws="none"
    )
