"""Reading a dossier code however a citizen writes it, and saying what is wrong with it. Pure.

Shapes (TT 01/2018/TT-VPCP Điều 19; QĐ 20/2020/QĐ-TTg): ``000.00.22.H49-261121-0001`` and
``H49.22-261121-0001``: unit, day (yymmdd) and number of the day (4 to 6 digits). Letters that look like
digits can only be digits where a digit must stand, so reading them is no guess; putting in zeros that were
left out is one, and so is cutting a row of digits that can be cut in two ways: those become candidates.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product

from bot.text.numbers import read_digits
from bot.text.shadow import shadow

PROVINCE = "H49"
"""Quảng Ninh."""
MOST_CANDIDATES = 4
_FIRST_YEAR = 2018
_D = "[0-9oil]"
_GAP = r" ?[-_. /]{0,2} ?"
_OLD = rf"(?:({_D}{{1,3}})[. ]{{0,2}}({_D}{{1,2}})[. ]{{0,2}}({_D}{{1,2}})[. ]{{0,2}})?"
_UNIT = rf"(?<![a-z0-9]){_OLD}([gh])[. ]?(?![oil]{{2}})({_D}{{2}})"
_PARTED = re.compile(
    rf"{_UNIT}((?: ?[-_. ] ?{_D}{{1,3}}(?!{_D})){{0,3}}) ?[-_. /]{{1,2}} ?({_D}{{4,6}}){_GAP}"
    rf"({_D}{{1,6}})(?![0-9])"
)
_JOINED = re.compile(rf"{_UNIT}[-_.]?({_D}{{10,15}})(?![0-9])")
_BARE = re.compile(rf"(?<![a-z0-9])({_D}{{6}}) ?[-_ ] ?({_D}{{4,6}})(?![0-9])")
_NUMBER = re.compile(rf"{_D}{{4}}")
"""What every code has in it."""
_CODE = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})-\d{6}-\d{4,6}")


class Fault(str, Enum):
    """What is wrong with what was typed."""

    NONE_FOUND = "none_found"
    """There is nothing like a code in it."""
    INCOMPLETE = "incomplete"
    """Day and number without the unit, or parts that cannot be put together."""
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    OTHER_PROVINCE = "other_province"
    """A real code of another province or ministry: not ours to look up."""


@dataclass(frozen=True)
class Exact:
    """One reading, and no other."""

    code: str


@dataclass(frozen=True)
class Candidates:
    """Readings to choose from, at most ``MOST_CANDIDATES``; even a single one is to be confirmed."""

    codes: tuple[str, ...]


@dataclass(frozen=True)
class Wrong:
    """Nothing to look up. ``unit``: the province or ministry, for ``OTHER_PROVINCE``."""

    fault: Fault
    unit: str = ""


Reading = Exact | Candidates | Wrong
NOTHING = Wrong(Fault.NONE_FOUND)


def is_code(text: str) -> bool:
    """Whether a text is a code exactly as systems write it."""
    return _CODE.fullmatch(text) is not None


def read(text: str, today: date, known: Sequence[str] = ()) -> Reading:
    """The code in a message. ``known``: codes of this conversation, which a bare day and number may mean."""
    copy = shadow(text).text
    if _NUMBER.search(copy) is None:
        return NOTHING
    faults: list[Wrong] = []
    for match in _PARTED.finditer(copy):
        found = _parted(match, today)
        if not isinstance(found, Wrong):
            return found
        faults.append(found)
    for match in _JOINED.finditer(copy):
        found = _joined(match, today)
        if not isinstance(found, Wrong):
            return found
        faults.append(found)
    for match in _BARE.finditer(copy):
        tail = f"-{read_digits(match[1])}-{read_digits(match[2])}"
        meant = tuple(code for code in known if code.endswith(tail))
        if meant:
            return Candidates(meant[:MOST_CANDIDATES])
        if isinstance(_day(read_digits(match[1]), today), date):
            faults.append(Wrong(Fault.INCOMPLETE))
    return faults[0] if faults else NOTHING


def _parted(match: re.Match[str], today: date) -> Reading:
    unit = _unit(match)
    groups = tuple(read_digits(group) for group in re.findall(rf"{_D}+", match[6]))
    day, number = read_digits(match[7]), read_digits(match[8])
    if isinstance(unit, Wrong):
        return unit
    if unit.padded or len(day) < 6 or len(number) < 4:
        return _choice(
            (
                _write(unit.text, groups, full, serial)
                for full, serial in product(_days(day, today), _numbers(number))
            ),
            Fault.IMPOSSIBLE_DATE,
        )
    fault = _day(day, today)
    return fault if isinstance(fault, Wrong) else Exact(_write(unit.text, groups, day, number))


def _joined(match: re.Match[str], today: date) -> Reading:
    """Unit groups, day and number in one row of digits: every way to cut it that gives a real day."""
    unit = _unit(match)
    if isinstance(unit, Wrong):
        return unit
    row = read_digits(match[6])
    cuts = [
        _write(unit.text, (row[:width],) if width else (), row[width : width + 6], row[width + 6 :])
        for width in (0, 2, 3, 1)
        if 4 <= len(row) - width - 6 <= 6 and isinstance(_day(row[width : width + 6], today), date)
    ]
    if len(cuts) == 1 and not unit.padded:
        return Exact(cuts[0])
    return _choice(iter(cuts), Fault.IMPOSSIBLE_DATE)


@dataclass(frozen=True)
class _Unit:
    text: str
    padded: bool


def _unit(match: re.Match[str]) -> _Unit | Wrong:
    """The unit up to the province, with zeros put in where the old form lacks some."""
    province = match[4].upper() + read_digits(match[5])
    if province != PROVINCE:
        return Wrong(Fault.OTHER_PROVINCE, province)
    if match[1] is None:
        return _Unit(province, False)
    parts = [read_digits(match[group]) for group in (1, 2, 3)]
    full = [part.zfill(width) for part, width in zip(parts, (3, 2, 2), strict=True)]
    return _Unit(".".join([*full, province]), full != parts)


def _day(digits: str, today: date) -> date | Wrong:
    try:
        day = date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return Wrong(Fault.IMPOSSIBLE_DATE)
    if day > today:
        return Wrong(Fault.FUTURE_DATE)
    return day if day.year >= _FIRST_YEAR else Wrong(Fault.IMPOSSIBLE_DATE)


def _days(digits: str, today: date) -> Iterator[str]:
    """Six digits of a day that lacks zeros of its month or day; the newest first."""
    rest = digits[2:]
    cuts = {rest[:cut].zfill(2) + rest[cut:].zfill(2) for cut in (1, 2) if 1 <= len(rest[cut:]) <= 2}
    for cut in sorted(cuts, reverse=True):
        if isinstance(_day(digits[:2] + cut, today), date):
            yield digits[:2] + cut


def _numbers(digits: str) -> tuple[str, ...]:
    """The number of the day with its zeros: units write four or five digits."""
    return (digits,) if len(digits) >= 4 else (digits.zfill(4), digits.zfill(5))


def _write(unit: str, groups: Iterable[str], day: str, number: str) -> str:
    return f"{'.'.join((unit, *groups))}-{day}-{number}"


def _choice(codes: Iterator[str], fault: Fault) -> Candidates | Wrong:
    found = tuple(dict.fromkeys(code for code in codes if is_code(code)))
    return Candidates(found[:MOST_CANDIDATES]) if found else Wrong(fault)
