"""Values as government systems send them: numbers as text, dates as digits, records inside strings."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar, get_args

import msgspec

LOCAL = timezone(timedelta(hours=7))
"""The zone all their times are meant in."""

_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?")
_FRACTION = re.compile(r"\.\d+$|Z$")
_SUM = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]0{1,2})?\s*(?:đ|đồng|vnđ|vnd)?", re.IGNORECASE)
# Systems fill in the first or last day of their calendar (0001, 1753, 1900, 9999) where there is no date.
_YEARS = range(1990, 2200)

S = TypeVar("S", bound=msgspec.Struct)


def text_of(value: object) -> str:
    """A scalar as text without spaces around it; "" for null, lists and objects."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value).strip()
    return ""


def number_of(text: str) -> int | None:
    """A whole number however grouped ("8.000", "8,000 đ", "8000.00"); None for anything else."""
    found = _SUM.fullmatch(text.strip())
    return int(re.sub(r"[.,]", "", found[1])) if found else None


def time_of(text: str) -> datetime | None:
    """A local time (``yyyyMMddHHmmss`` by the protocol; forms with slashes and ISO occur); None when empty,
    unreadable or an end of a calendar.
    """
    try:
        found = _written_time(text.strip())
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    return found.astimezone(LOCAL) if found.tzinfo else found.replace(tzinfo=LOCAL)


def _written_time(text: str) -> datetime:
    if match := _DIGITS.fullmatch(text):
        return _local(*(int(part or 0) for part in match.groups()))
    if match := _SLASHES.fullmatch(text):
        day, month, year, *clock = (int(part or 0) for part in match.groups())
        return _local(year, month, day, *clock)
    return datetime.fromisoformat(_FRACTION.sub("", text))


def _local(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)


def written(moment: datetime) -> str:
    """A time as the protocol writes it."""
    return moment.astimezone(LOCAL).strftime("%Y%m%d%H%M%S")


def is_zero(code: object) -> bool:
    """Whether an error code means success: 0, "0" and "00" do."""
    return bool(re.fullmatch(r"0+", text_of(code)))


def unpacked(value: object) -> object:
    """A value that may be JSON inside a string, once or several times."""
    while isinstance(value, str) and value.lstrip()[:1] in ("{", "[", '"'):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return value
    return value


def rows_of(value: object) -> list[Mapping[str, Any]]:
    """Objects of a list, however wrapped; a lone object counts as a list of one."""
    found = unpacked(value)
    if isinstance(found, Mapping):
        return [found]
    if isinstance(found, list):
        return [row for row in map(unpacked, found) if isinstance(row, Mapping)]
    return []


def read(raw: Mapping[str, Any], shape: type[S]) -> S:
    """A struct of text fields and tuples of such structs from an object with names in any case. Unknown
    fields are left out, missing and malformed ones are empty: one bad field never costs the record.
    """
    lowered = {str(name).lower().replace("_", ""): value for name, value in raw.items()}
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(shape):
        value = lowered.get(field.name.replace("_", ""))
        if field.type is str:
            values[field.name] = text_of(value)
        else:
            inner = get_args(field.type)[0]
            values[field.name] = tuple(read(row, inner) for row in rows_of(value))
    return shape(**values)
