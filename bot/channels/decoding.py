"""What strangers send: bodies up to a size, and JSON."""

from typing import TypeVar

import msgspec
from sqlalchemy.exc import DataError
from starlette.requests import Request

T = TypeVar("T")

NEVER_STORABLE = (DataError, ValueError)
"""Errors of the database about a value it has no room for: the same message never gets in."""


def decoded(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw) -> T:
    """As ``decoder.decode``; whatever is wrong with ``raw`` is a ``msgspec.DecodeError``: also bytes that are
    no UTF-8 and arrays in arrays without end.
    """
    try:
        return decoder.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(type(error).__name__) from None


async def body_of(request: Request, most: int) -> bytes | None:
    """The raw bytes, or None when there are more than ``most``: the rest is then not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
