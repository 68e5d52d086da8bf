"""What Zalo answered to a call: its errors are HTTP 200 with a code in the body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

UNREADABLE_ERROR = -999_999
"""Stands for an error that is no number; Zalo has no such code."""


@dataclass(frozen=True)
class Answer:
    """``error``: the body's code, 0 for none. ``read``: the body is an object Zalo may have written.

    ``retry_after`` in seconds; ``remain``: calls left in the current minute, if told.
    """

    status: int
    error: int = 0
    body: dict[str, Any] = field(default_factory=dict)
    read: bool = False
    retry_after: float | None = None
    remain: int | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The object ``data`` of the body; empty when there is none."""
        found = self.body.get("data")
        return found if isinstance(found, dict) else {}

    @property
    def message_id(self) -> str | None:
        """Id of the message that was sent: also in its echo and receipts."""
        return text(self.data.get("message_id")) or None


def read_answer(status: int, headers: Mapping[str, str], raw: bytes) -> Answer:
    """``headers`` must be looked up without regard to capitals."""
    retry_after = _number(headers.get("Retry-After"))
    remain = _number(headers.get("X-RateLimit-Remain"))
    left = None if remain is None else int(remain)
    try:
        body = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        body = None
    if not isinstance(body, dict):
        return Answer(status, retry_after=retry_after, remain=left)
    known = "error" in body or "data" in body or "access_token" in body
    return Answer(status, _code(body.get("error")), body, known, retry_after, left)


def text(value: object) -> str:
    """A string or whole number of the body as text; empty for anything else."""
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, str | int) else ""


def _code(value: object) -> int:
    if value is None or value is False or value == "":
        return 0
    found = text(value).strip()
    return int(found) if re.fullmatch(r"[-+]?[0-9]{1,9}", found) else UNREADABLE_ERROR


def _number(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})?", value.strip()) else None
