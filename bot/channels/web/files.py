"""``/files``: takes a file of a citizen. What it really is, is checked where it is stored."""

import asyncio

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.blobs.kinds import MAX_BYTES
from bot.channels.adapter import RefusedError
from bot.channels.message import Refusal
from bot.channels.web import rows
from bot.channels.web.body import capped
from bot.channels.web.context import Web
from bot.channels.web.errors import ApiError, Code
from bot.channels.web.limits import Spent
from bot.conversations.said import FileRef
from bot.text import clean, mask

_FRAME_BYTES = 16 * 1024
"""What multipart adds around the file."""
_NAME_LENGTH = 120
_REFUSED = {Refusal.FILE_TOO_BIG.value: Code.FILE_TOO_BIG, Refusal.FILE_TYPE.value: Code.FILE_TYPE}


async def post_file(web: Web, request: Request) -> Response:
    """Stores one file for the next message; a conversation begins with it if there is none yet."""
    session = web.writing(request, Spent.FILE)
    place = await web.place(session)
    name, data = await _uploaded(request)
    conversation_id = place.conversation_id
    if conversation_id is None:
        conversation_id = await web.hub.run(rows.begin, session.sid, web.hub.now())
        web.streams.wake(session.sid)
    try:
        stored = await asyncio.to_thread(web.files.put, conversation_id, name, data)
    except RefusedError as refused:
        raise ApiError(_REFUSED.get(str(refused), Code.FILE_FAILED)) from None
    return JSONResponse(_shown(stored), 201, {"Cache-Control": "no-store"})


async def _uploaded(request: Request) -> tuple[str, bytes]:
    """Name and bytes of the field ``file``; never reads more than is allowed."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise ApiError(Code.CONTENT_TYPE)
    limited = capped(request, MAX_BYTES + _FRAME_BYTES, Code.FILE_TOO_BIG)
    try:
        async with limited.form(max_files=1, max_fields=2, max_part_size=1024) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise ApiError(Code.BAD_REQUEST)
            data = await upload.read(MAX_BYTES + 1)
            name = upload.filename or ""
    except (HTTPException, FormParserError, ClientDisconnect):
        raise ApiError(Code.BAD_REQUEST) from None
    if len(data) > MAX_BYTES:
        raise ApiError(Code.FILE_TOO_BIG)
    if not data:
        raise ApiError(Code.FILE_FAILED)
    return _plain(name), data


def _plain(name: str) -> str:
    """The name without folders; numbers of identity cards are often part of it and are masked."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return mask(clean(last))[-_NAME_LENGTH:].strip() or "file"


def _shown(stored: FileRef) -> dict[str, str | int]:
    return {"ref": stored.ref, "name": stored.name, "size": stored.size, "type": stored.type}
