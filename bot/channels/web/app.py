"""The web channel as one ASGI application, to be mounted at ``/webhooks/web``."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.adapter import Files
from bot.channels.hub import Hub
from bot.channels.web.banners import get_banners
from bot.channels.web.context import Forget, Handler, Web, erasure_key, handled
from bot.channels.web.errors import ApiError, Code, error_response
from bot.channels.web.events import get_events
from bot.channels.web.feedback import post_feedback
from bot.channels.web.files import post_file
from bot.channels.web.limits import RATES, Limiter, Spent
from bot.channels.web.link import delete_link, post_link
from bot.channels.web.linking import Linking
from bot.channels.web.messages import get_messages, post_message
from bot.channels.web.opening import COOKIE_PATH, delete_session, post_session
from bot.channels.web.origins import OriginGate, Origins
from bot.channels.web.session import Sessions
from bot.channels.web.streams import Streams
from bot.channels.web.texts import Contact, Say
from bot.keys import web_secret
from bot.settings import Settings

PATH = COOKIE_PATH
"""Where the application has to be mounted: the cookie says so."""

_HANDLERS: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/session", post_session),
    ("DELETE", "/session", delete_session),
    ("POST", "/messages", post_message),
    ("GET", "/messages", get_messages),
    ("GET", "/events", get_events),
    ("GET", "/banners", get_banners),
    ("POST", "/files", post_file),
    ("POST", "/feedback", post_feedback),
    ("POST", "/link", post_link),
    ("DELETE", "/link", delete_link),
)


def web_app(
    hub: Hub,
    settings: Settings,
    *,
    files: Files,
    say: Say,
    forget: Forget,
    linking: Linking | None = None,
    contact: Contact | None = None,
    rates: Mapping[Spent, tuple[tuple[int, int], ...]] = RATES,
    streams: Streams | None = None,
) -> Starlette:
    """The routes of the wire format with origin check, CORS and limits.

    ``forget`` deletes what Rasa keeps of a conversation id and raises when it could not. Raises
    ``ValueError`` for an origin list or a secret that makes no sense. Mount it at ``PATH``.
    """
    secret = web_secret(settings)
    web = Web(
        hub=hub,
        settings=settings,
        files=files,
        say=say,
        forget=forget,
        contact=contact or Contact(),
        linking=linking,
        sessions=Sessions(secret, hub.now),
        origins=Origins(settings),
        limiter=Limiter(hub.now, rates),
        streams=streams if streams is not None else Streams(),
        erasure_key=erasure_key(secret),
    )
    return Starlette(
        routes=[Route(path, handled(web, handler), methods=[method]) for method, path, handler in _HANDLERS],
        middleware=_middleware(web),
        exception_handlers={HTTPException: _not_found(web)},
    )


def _middleware(web: Web) -> list[Middleware]:
    return [
        Middleware(OriginGate, origins=web.origins, say=web.say),
        Middleware(
            CORSMiddleware,
            allow_origins=list(web.origins.listed),
            allow_credentials=True,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After"],
            max_age=600,
        ),
    ]


def _not_found(web: Web) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def not_found(_request: Request, _error: Exception) -> Response:
        return error_response(ApiError(Code.NOT_FOUND), web.say)

    return not_found
