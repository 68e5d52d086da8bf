"""``/messages``: takes what a citizen says, and gives the conversation to those who poll."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Annotated

import msgspec
from msgspec.structs import replace
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.answers.incoming import receive
from bot.channels.message import Incoming, Kind
from bot.channels.web import rows
from bot.channels.web.body import read_json
from bot.channels.web.context import Web
from bot.channels.web.errors import ApiError, Code
from bot.channels.web.limits import SAID_PER_MINUTE
from bot.channels.web.view import shown
from bot.conversations.channel import Channel
from bot.text import clean
from bot.text.contacts import find_contact

TEXT_LENGTH = 1000
"""Characters of one message, after normalisation."""
PAGE = 200
_MINUTE = 60.0

# Without controls: PostgreSQL takes no NUL, not even to look for.
_Ref = Annotated[str, msgspec.Meta(pattern=r"\A[\x21-\x7e]{1,48}\Z")]


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of ``POST /messages``; ``text`` or ``button``, not both."""

    client_msg_id: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_-]{8,64}\Z")]
    text: str = ""
    button: Annotated[str, msgspec.Meta(pattern=r"\A[\x21-\x7e]{0,64}\Z")] = ""
    files: Annotated[tuple[_Ref, ...], msgspec.Meta(max_length=5)] = ()


async def post_message(web: Web, request: Request) -> Response:
    """Keeps a message for good and returns its number; the same ``client_msg_id`` is kept once."""
    session = web.writing(request)
    sent = await read_json(request, Sent)
    kind, text = _said(sent)
    contact = find_contact(sent.text) if kind is Kind.TEXT else ""
    message_id, now = f"{session.sid}:{sent.client_msg_id}", web.hub.now()
    incoming = Incoming(Channel.WEB, session.sid, message_id, kind, now, text, contact=contact)
    accepted = await web.hub.accept(incoming, partial(_admit, web.erasure_key, sent.files))
    web.streams.wake(session.sid)
    return JSONResponse({"seq": accepted.seq, "duplicate": not accepted.new}, 202)


def _admit(key: bytes, refs: Sequence[str], connection: Connection, incoming: Incoming) -> Incoming:
    """The message with its files; raises ``ApiError`` when it may not be said."""
    ready = rows.prepare(connection, incoming.external_id, key, refs, SAID_PER_MINUTE)
    if ready.place.erased:
        raise ApiError(Code.SESSION_ERASED)
    if len(ready.files) < len(set(refs)):
        raise ApiError(Code.UNKNOWN_FILE)
    now = incoming.sent_at
    if ready.crowded_since is not None and ready.crowded_since > now - _MINUTE:
        raise ApiError(Code.TOO_MANY, max(1, math.ceil(ready.crowded_since + _MINUTE - now)))
    return replace(incoming, files=ready.files)


async def get_messages(web: Web, request: Request) -> Response:
    """The messages after a number, for polling and for what was said before."""
    session = web.reading(request)
    after, limit = number(request, "after", 0), number(request, "limit", PAGE)
    page = await web.hub.read(rows.read, session.sid, web.erasure_key, after, max(1, min(limit, PAGE)))
    if page.place.erased:
        raise ApiError(Code.SESSION_ERASED)
    body = {
        "messages": [shown(entry, session.sid, web.settings.gateway_url) for entry in page.entries],
        "last_seq": page.place.last_seq,
        "typing": page.place.lease_until > web.hub.now(),
    }
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def number(request: Request, name: str, default: int) -> int:
    """A whole number of the query, 0 or more; raises ``ApiError`` for anything else."""
    given = request.query_params.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= 9):
        raise ApiError(Code.BAD_REQUEST)
    return int(given)


def _said(sent: Sent) -> tuple[Kind, str]:
    """Kind and safe text of a message; a leading "/" is text, so that nobody commands the dialogue engine."""
    if sent.button:
        if sent.text or sent.files:
            raise ApiError(Code.BAD_REQUEST)
        return Kind.BUTTON, sent.button
    text = clean(sent.text).lstrip("/").lstrip()
    if len(text) > TEXT_LENGTH:
        raise ApiError(Code.TEXT_TOO_LONG)
    safe = receive(text)
    if not safe and not sent.files:
        raise ApiError(Code.EMPTY_TEXT)
    return (Kind.FILES if sent.files else Kind.TEXT), safe
