"""Files citizens sent: for whoever holds the conversation now, to be saved and never shown by the browser."""

from urllib.parse import quote

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.attachments import Attachments
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.talk import TALK, id_of
from bot.handoffs import desk
from bot.handoffs.states import State
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission


def routes() -> list[Route]:
    return [Route(f"{TALK}/{{id:int}}/files/{{ref}}", saved, methods=["GET"])]


@needs(Permission.TALK)
async def saved(request: Request) -> Response:
    """The bytes; recorded. 403 for whoever does not hold the hand-off, 404 for what is not there any more."""
    console, visitor = console_of(request), visitor_of(request)
    handoff_id, ref = id_of(request), str(request.path_params["ref"])[:48]
    files: Attachments = request.app.state.files

    def held(connection: Connection) -> str:
        found = desk.find(connection, handoff_id)
        if found is None:
            raise HTTPException(404)
        if found.state is not State.HELD or found.holder_id != visitor.account.id:
            raise HTTPException(403, "error_file_not_held")
        return found.conversation_id

    conversation_id = await console.run(held)
    opened = await run_in_threadpool(files.open, ref, conversation_id)
    if opened is None:
        raise HTTPException(404, "error_file_gone")
    file, content = opened

    def noted(connection: Connection) -> None:
        here = f"attachment:{file.ref}"
        audit.record(
            connection,
            visitor.actor,
            Action.EXPORTED,
            here,
            console.now(),
            detail={"handoff": handoff_id, "type": file.type, "bytes": file.size},
        )

    await console.run(noted)
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, headers=headers, media_type="application/octet-stream")
