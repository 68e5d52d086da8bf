"""``/link``: moves a conversation to another channel, or takes this browser out of it."""

import io

import msgspec
import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.context import Web
from bot.channels.web.errors import ApiError, Code
from bot.channels.web.linking import Linking
from bot.conversations.channel import Channel


async def post_link(web: Web, request: Request) -> Response:
    """A code to be told to another channel; for Telegram also as a link and a QR code."""
    session = web.writing(request)
    linking = _switched_on(web)
    conversation_id = await web.conversation(session)
    offer = await web.hub.run(linking.offer, conversation_id, web.hub.now())
    picture = _picture(offer.telegram) if offer.telegram else None
    body = {**msgspec.to_builtins(offer), "qr_svg": picture}
    return JSONResponse(body, 201, {"Cache-Control": "no-store"})


async def delete_link(web: Web, request: Request) -> Response:
    """This browser leaves the conversation; the other channels keep it."""
    session = web.writing(request)
    linking = _switched_on(web)
    await web.conversation(session)
    await web.hub.run(linking.leave, Channel.WEB, session.sid, web.hub.now())
    web.streams.wake(session.sid)
    return Response(status_code=204)


def _switched_on(web: Web) -> Linking:
    if web.linking is None:
        raise ApiError(Code.NOT_FOUND)
    return web.linking


def _picture(url: str) -> str:
    """A QR code as SVG without scripts or styles."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", xmldecl=False, scale=4, border=2)
    return out.getvalue().decode()
