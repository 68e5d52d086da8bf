"""What every handler of the console works with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console.navigation import places_for
from bot.console.static import Assets
from bot.console.wording import Texts
from bot.console.work import Work
from bot.pages.qr import qr_svg
from bot.settings import Settings
from bot.staff.oidc import Provider
from bot.staff.second_factor import SecondFactor

_TEMPLATES = Path(__file__).with_name("templates")
T = TypeVar("T")


@dataclass(frozen=True)
class Console:
    """``now``: POSIX seconds; ``seal``: what a form carries that its reader must not change;
    ``provider``: of log-ins, where the installation has one.
    """

    work: Work
    settings: Settings
    texts: Texts
    assets: Assets
    factor: SecondFactor
    seal: Fernet
    now: Callable[[], float]
    provider: Provider | None
    templates: Environment = field(init=False)

    def __post_init__(self) -> None:
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals |= {
            "say": self.say,
            "name": self.texts.name,
            "stamp": self.stamp,
            "asset": self.assets.url,
            "qr": qr_svg,
        }
        object.__setattr__(self, "templates", environment)

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction, in a thread; it may be called again."""
        return await self.work.run(work, *args)

    def say(self, key: str, /, **values: Any) -> str:
        """A text of ``data/console``; raises ``KeyError`` for an unknown key or a missing value."""
        return self.texts.say(key, **values)

    def stamp(self, at: float | None) -> str:
        """dd/MM/yyyy HH:mm in the citizens' time zone; empty for None."""
        if at is None:
            return ""
        return datetime.fromtimestamp(at, ZoneInfo(self.settings.time_zone)).strftime("%d/%m/%Y %H:%M")

    def page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The template with what ``base.html`` needs: the visitor, their menu and CSRF token.

        Raises ``jinja2.UndefinedError`` for a value the template needs and did not get.
        """
        visitor = getattr(request.state, "visitor", None)
        entered = visitor if visitor and visitor.session.complete else None
        shared = {
            "visitor": entered,
            "csrf": visitor.session.csrf if visitor else "",
            "places": places_for(entered.account.permissions) if entered and not entered.must_change else [],
            "path": request.url.path,
            "done": self._told(request, "done"),
            "fault": self._told(request, "fault"),
        }
        content = self.templates.get_template(template).render({**shared, **values})
        return HTMLResponse(content, status)

    def to(self, path: str, **query: Any) -> Response:
        """303 to another page; ``done`` and ``fault`` in ``query`` name what it says: ``done_<done>``."""
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)

    def _told(self, request: Request, kind: str) -> str:
        """Only what is a text of ours: anybody can make an address."""
        key = f"{kind}_{request.query_params.get(kind, '')}"
        return self.say(key) if key in self.texts else ""


def console_of(request: Request) -> Console:
    found = request.app.state.console
    assert isinstance(found, Console)
    return found
