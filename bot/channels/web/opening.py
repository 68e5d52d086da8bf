"""``/session``: opens, continues and erases the session of a browser."""

import logging

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.blobs.kinds import MAX_BYTES, FileKind
from bot.channels import erasing
from bot.channels.web import rows
from bot.channels.web.body import read_json
from bot.channels.web.context import COOKIE, Web, bearer
from bot.channels.web.errors import ApiError
from bot.channels.web.limits import Spent
from bot.channels.web.messages import TEXT_LENGTH
from bot.channels.web.rows import Place
from bot.channels.web.session import LIFETIME_SECONDS, Session
from bot.channels.web.texts import contact_lines, privacy
from bot.channels.web.view import unnumbered
from bot.conversations.said import Offer, Said

logger = logging.getLogger(__name__)

COOKIE_PATH = "/webhooks/web"


class _Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: str = ""


async def post_session(web: Web, request: Request) -> Response:
    """A token for a new conversation, or a fresh one for that of a token that is still good.

    Writes nothing: the conversation begins with its first message.
    """
    origin = web.origins.of(request)
    web.limiter.spend(Spent.READ_ADDRESS, web.address(request))
    asked = await read_json(request, _Opening)
    found = await _resumed(web, asked.token or bearer(request) or request.cookies.get(COOKIE, ""), origin)
    if found is None:
        web.limiter.spend(Spent.OPEN_ADDRESS, web.address(request))
    sid, place = found or ("", Place())
    session, token = web.sessions.open(origin, sid)
    body = {
        "session": session.sid,
        "token": token,
        "last_seq": place.last_seq,
        "expires_in": int(LIFETIME_SECONDS),
        "greeting": unnumbered(_greeting(web), web.hub.now()),
        "privacy": privacy(web.say, web.contact, web.settings.chat_days, web.settings.blob_days),
        "contact": contact_lines(web.say, web.contact),
        "limits": {
            "text": TEXT_LENGTH,
            "file_bytes": MAX_BYTES,
            "file_types": [kind.value for kind in FileKind],
        },
    }
    response = JSONResponse(body, 200 if found else 201, {"Cache-Control": "no-store"})
    response.headers.append("Set-Cookie", _cookie(web, request, token, int(LIFETIME_SECONDS)))
    return response


def _greeting(web: Web) -> Said:
    """Who we are, with questions to begin with: there is no conversation yet that could keep tokens."""
    starters = web.say("web_starters").splitlines()
    return Said(text=web.say("web_greeting"), buttons=tuple(Offer(starter) for starter in starters))


async def delete_session(web: Web, request: Request) -> Response:
    """Erases the conversation, here and in Rasa; open streams end. Repeating it does no harm."""
    session = web.writing(request)
    place = await web.hub.run(rows.place_of, session.sid, web.erasure_key)
    if place.conversation_id is not None:
        await _erase(web, session, place.conversation_id)
    response = Response(status_code=204)
    response.headers.append("Set-Cookie", _cookie(web, request, "", 0))
    return response


async def _resumed(web: Web, token: str, origin: str) -> tuple[str, Place] | None:
    """Session id and place of a token; None when a new session is due."""
    if not token:
        return None
    try:
        session = web.sessions.check(token, origin)
    except ApiError:
        return None
    place = await web.hub.run(rows.place_of, session.sid, web.erasure_key)
    return None if place.erased else (session.sid, place)


async def _erase(web: Web, session: Session, conversation_id: str) -> None:
    # First Rasa: when it cannot be reached the citizen learns it and can ask again, nothing being half gone.
    await web.forget(conversation_id)
    report = await web.hub.run(erasing.erase, conversation_id, web.hub.now(), web.erasure_key)
    web.streams.wake(session.sid)
    # And once more, for a turn that was running or a message that was coming in meanwhile, and for what
    # linked channels left behind.
    for erased in report.conversations:
        await web.forget(erased)
        await web.hub.run(erasing.erase, erased, web.hub.now(), web.erasure_key)
    logger.info("a conversation was erased: %d messages, %d files", report.messages, len(report.files))


def _cookie(web: Web, request: Request, token: str, age: int) -> str:
    """The header's value; browsers of other sites send it only where the widget is embedded."""
    secure = web.origins.own(request).startswith("https:")
    if web.settings.web_embedded:
        site = "; SameSite=None; Secure; Partitioned"
    else:
        site = "; SameSite=Lax; Secure" if secure else "; SameSite=Lax"
    return f"{COOKIE}={token}; Path={COOKIE_PATH}; Max-Age={age}; HttpOnly{site}"
