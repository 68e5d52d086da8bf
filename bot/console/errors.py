"""What is said when something cannot be done: a sentence, never a cause from inside."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.console.context import console_of
from bot.console.guard import recognise
from bot.console.headers import bind

_KNOWN = {
    403: "error_403",
    404: "error_404",
    405: "error_405",
    413: "error_413",
    429: "error_429",
}
_OTHER = "error_400"
_FAULT = "error_500"


async def refused(request: Request, error: Exception) -> Response:
    """An ``HTTPException``; its ``detail`` may be the key of a text that says it better."""
    assert isinstance(error, HTTPException)
    console = console_of(request)
    if not hasattr(request.state, "visitor"):
        await recognise(request)
    better = error.detail if error.detail in console.texts else ""
    response = _page(request, error.status_code, better or _KNOWN.get(error.status_code, _OTHER))
    response.headers.update(error.headers or {})
    return response


async def failed(request: Request, _error: Exception) -> Response:
    """Anything else that went wrong; the log of the server has it."""
    response = _page(request, 500, _FAULT)
    # Faults are answered outside of everything that is put around the application.
    bind(response.headers, https=request.url.scheme == "https")
    return response


def _page(request: Request, status: int, key: str) -> Response:
    return console_of(request).page(request, "error.html", status=status, key=key)
