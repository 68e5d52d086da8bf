"""Reads request bodies: never more than allowed, and nothing that was not asked for."""

from typing import TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from bot.channels.web.errors import ApiError, Code

# A thousand characters outside the basic plane take 12,000 bytes where a client escapes them.
JSON_BYTES = 16 * 1024
T = TypeVar("T")


async def read_json(request: Request, shape: type[T]) -> T:
    """The body as ``shape``; raises ``ApiError`` for another content type, size or shape."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(Code.CONTENT_TYPE)
    raw = await _bytes(capped(request, JSON_BYTES, Code.BODY_TOO_BIG))
    try:
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise ApiError(Code.BAD_REQUEST) from None


def capped(request: Request, most: int, error: Code) -> Request:
    """The same request; reading more than ``most`` bytes of its body raises ``ApiError(error)``."""
    declared = request.headers.get("content-length", "0")
    if not declared.isascii() or not declared.isdigit():
        raise ApiError(Code.BAD_REQUEST)
    if int(declared) > most:
        raise ApiError(error)
    return Request(request.scope, _counted(request.receive, most, error))


def _counted(receive: Receive, most: int, error: Code) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise ApiError(error)
        return message

    return counted


async def _bytes(request: Request) -> bytes:
    try:
        return await request.body()
    except ClientDisconnect:
        raise ApiError(Code.BAD_REQUEST) from None
