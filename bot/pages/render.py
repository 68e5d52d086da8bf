"""Pages for citizens: templates, their texts and the headers that keep them private."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.answers.phrase import Phrase, phrase
from bot.answers.wording import Wording
from bot.pages.qr import qr_svg

_TEMPLATES = Path(__file__).with_name("templates")
HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Of every page: its address is a secret of the citizen, and no script is ever needed."""


class Pages:
    """Renders ``bot/pages/templates``. A template has besides its values:

    * ``say(name, **values)``: the response ``utter_page_<name>`` of ``domain.yml``,
    * ``text(phrase)``: any ``Phrase``,
    * ``qr(text, title)``: a QR code as inline SVG.
    """

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"say": self.say, "text": self.text, "qr": qr_svg}

    def say(self, name: str, /, **values: Any) -> str:
        """The response ``utter_page_<name>``; raises ``KeyError`` for an unknown name or a missing value."""
        return self._wording.say(phrase(f"utter_page_{name}", **values))

    def text(self, said: Phrase) -> str:
        """A phrase in words."""
        return self._wording.say(said)

    def html(self, template: str, *, status_code: int = 200, **values: Any) -> HTMLResponse:
        """The page as a response that is not kept, indexed, framed or named to other sites.

        Raises ``jinja2.UndefinedError`` for a value the template needs and did not get.
        """
        content = self._environment.get_template(template).render(**values)
        return HTMLResponse(content, status_code, headers=HEADERS)

    def notice(self, name: str, status_code: int, /, **values: Any) -> HTMLResponse:
        """A page of one message: ``utter_page_<name>_title`` and ``utter_page_<name>``."""
        title, message = self.say(f"{name}_title"), self.say(name, **values)
        return self.html("notice.html", status_code=status_code, title=title, message=message)
