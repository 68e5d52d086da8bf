"""Hours as staff type them: ``07:30-11:30, 13:00-17:00`` or ``nghỉ``. Pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

CLOSED = "nghỉ"
_BLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})?\s*[-–]\s*(\d{1,2})[:hg](\d{2})?")
_LINE = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s*:\s*([^|]*)(?:\|(.*))?")


class WrittenError(ValueError):
    """``str()``: the line or block nobody can read."""


def blocks_of(written: str) -> list[list[str]]:
    """``[["07:30", "11:30"], …]``, none when closed; raises ``WrittenError``."""
    written = written.strip()
    if written.casefold() in ("", CLOSED, "nghi"):
        return []
    found = []
    for part in written.split(","):
        match = _BLOCK.fullmatch(part.strip())
        if match is None:
            raise WrittenError(part.strip())
        opens, opened, closes, closed = match.groups()
        found.append([f"{int(opens):02}:{opened or '00'}", f"{int(closes):02}:{closed or '00'}"])
    return found


def written_of(blocks: Sequence[Sequence[str]]) -> str:
    """The way back."""
    return ", ".join(f"{opens}-{closes}" for opens, closes in blocks) or CLOSED


def days_of(written: str) -> list[dict[str, Any]]:
    """Special days, one a line: ``04/02/2027: 07:30-11:30 | lý do``; raises ``WrittenError``."""
    found = []
    for line in filter(None, (line.strip() for line in written.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise WrittenError(line)
        found.append(
            {"date": _day(match[1], line), "open": blocks_of(match[2]), "why": (match[3] or "").strip()}
        )
    return sorted(found, key=lambda row: row["date"])


def lines_of(days: Sequence[dict[str, Any]]) -> str:
    """The way back."""
    lines = []
    for row in days:
        why = f" | {row['why']}" if row.get("why") else ""
        lines.append(f"{row['date']:%d/%m/%Y}: {written_of(row['open'])}{why}")
    return "\n".join(lines)


def _day(written: str, line: str) -> date:
    try:
        return datetime.strptime(written, "%d/%m/%Y").date()
    except ValueError:
        raise WrittenError(line) from None
