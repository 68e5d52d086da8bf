"""Reads what a form posts: in memory, and never more than allowed."""

from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

_MOST_FIELDS = 300


class TooBigError(Exception):
    """The body is larger than allowed."""


class UnreadableError(Exception):
    """The body is not what a form of a page sends."""


async def read_form(request: Request, most: int) -> dict[str, str]:
    """Fields of an ``application/x-www-form-urlencoded`` body of at most ``most`` bytes; of a repeated one
    the last. Raises ``TooBigError`` or ``UnreadableError``.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UnreadableError
    raw = bytearray()
    try:
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > most:
                raise TooBigError
        text = raw.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"))
    except (ClientDisconnect, ValueError):
        raise UnreadableError from None
