"""Answers of the one-stop system, unwrapped: codes as number or text, JSON inside strings, pages."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.gateways.onestop.errors import Cause, UnavailableError
from bot.gateways.values import is_zero, rows_of, text_of, unpacked
from bot.text import fold

# The protocol fixes no codes for these: systems tell them in words.
_SESSION = ("session", "phien lam viec", "phien dang nhap", "het phien", "chua dang nhap")
_EXISTS = ("da ton tai", "already exist", "da co ho so", "trung ma ho so", "duplicate")
_ABSENT = ("khong tim thay", "khong ton tai", "not found", "khong co du lieu", "chua co ho so")
_HEAD = 20_000
_MAINTENANCE = ("bao tri", "maintenance", "nang cap he thong", "tam ngung")


class Reply(msgspec.Struct, frozen=True):
    """An answer of the protocol. ``code`` as the system wrote it; ``rows``: objects of ``result``."""

    code: str
    message: str
    rows: tuple[Mapping[str, Any], ...]
    session: str = ""

    @property
    def ok(self) -> bool:
        """Whether the call did what it was to do."""
        return is_zero(self.code)

    @property
    def session_is_over(self) -> bool:
        """Whether the system wants us to log in again."""
        return not self.ok and _says(self.message, _SESSION)

    @property
    def exists_already(self) -> bool:
        """Whether a dossier was not created because there is one with its code."""
        return not self.ok and not self.absent and _says(self.message, _EXISTS)

    @property
    def absent(self) -> bool:
        """Whether what was asked for is not there."""
        return not self.ok and _says(self.message, _ABSENT)


def reply_of(status: int, content_type: str, body: bytes) -> Reply:
    """The answer in a response; raises ``UnavailableError`` for whatever is none."""
    if 300 <= status < 400:
        raise UnavailableError(Cause.REDIRECT, arrived=True)
    page = body.lstrip()[:1] == b"<" or "html" in content_type
    if status == 503 or (page and _says(body[:_HEAD].decode("utf-8", "replace"), _MAINTENANCE)):
        raise UnavailableError(Cause.MAINTENANCE, arrived=True)
    if status >= 500:
        raise UnavailableError(Cause.SERVER_ERROR, arrived=True)
    if page:
        raise UnavailableError(Cause.HTML, arrived=True)
    reply = _parsed(body, status)
    return msgspec.structs.replace(reply, code="401", message=_SESSION[0]) if status == 401 else reply


def _parsed(body: bytes, status: int) -> Reply:
    try:
        outer = unpacked(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnavailableError(Cause.MALFORMED, arrived=True) from None
    if not isinstance(outer, Mapping):
        raise UnavailableError(Cause.MALFORMED, arrived=True)
    # Provincial wrappers put the whole answer, as text, into "message".
    inner = unpacked(outer.get("message"))
    said = {**outer, "message": "", **inner} if isinstance(inner, Mapping) else outer
    code = next((said[name] for name in ("error_code", "errorCode", "code") if name in said), None)
    if code is None:
        code = 0 if "result" in said and status < 400 else status
    rows = tuple(rows_of(said.get("result")))
    return Reply(text_of(code), text_of(said.get("message")), rows, text_of(said.get("session")))


def _says(message: str, words: tuple[str, ...]) -> bool:
    plain = fold(message)
    return any(word in plain for word in words)
