"""Codes and numbers in a message: dossier, procedure, and the identifiers of persons.

Everything is found by its shape and only then checked by its rules, because a mistyped identity
number is still personal data. Sources of the shapes: QĐ 124/2004/QĐ-TTg (place codes),
TT 105/2020/TT-BTC (tax number), Law 91/2025/QH15 (what is personal data).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from bot.text.number_rules import is_card_number, is_citizen_id, is_phone, is_tax_number
from bot.text.numbers import Run, find_runs, read_digits
from bot.text.shadow import Shadow, shadow


class Kind(str, Enum):
    """What an identifier is."""

    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    CITIZEN_ID = "citizen_id"
    OLD_ID = "old_id"
    PHONE = "phone"
    TAX_OR_INSURANCE = "tax_or_insurance"
    PLATE = "plate"
    EMAIL = "email"
    BANK_ACCOUNT = "bank_account"
    MONEY = "money"
    OTP = "otp"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier found at text[start:end].

    `value` is normalised: digits only for numbers, ISO date for birth dates, dong for money,
    upper case for codes and plates. `valid` tells whether the rules of its kind hold; for
    tax_or_insurance it is the check digit of a tax number, which insurance numbers do not have.
    """

    kind: Kind
    value: str
    start: int
    end: int
    valid: bool


_DIGIT = "[0-9oil]"
_DOSSIER = re.compile(
    rf"(?<![a-z0-9])((?:{_DIGIT}{{3}}\.{_DIGIT}{{2}}\.{_DIGIT}{{2}}\.)?[gh]) ?({_DIGIT}{{2}}"
    rf"(?: ?\. ?{_DIGIT}{{1,3}}){{0,3}}) ?[-_ ] ?({_DIGIT}{{6}}) ?[-_ ] ?({_DIGIT}{{4,6}})(?!\d)"
)
_BARE_DOSSIER = re.compile(r"(?<![a-z])(?:ho so|hs|ma)\D{0,15}(?<!\d)(\d{6}) ?[-_] ?(\d{4})(?!\d)")
# Codes of Quảng Ninh (H49) with separators or leading zeros missing: still codes, not personal numbers.
_OLD_UNIT = rf"(?:{_DIGIT}{{1,3}}[. ]{{0,2}}{_DIGIT}{{1,2}}[. ]{{0,2}}{_DIGIT}{{1,2}}[. ]{{0,2}})?"
_LOCAL_DOSSIER = re.compile(
    rf"(?<![a-z0-9]){_OLD_UNIT}h[. ]?49(?:"
    rf"((?: ?[-_. ] ?{_DIGIT}{{1,3}}(?!{_DIGIT})){{0,3}}) ?[-_. /]{{1,2}} ?({_DIGIT}{{4,6}})"
    rf" ?[-_. /]{{0,2}} ?({_DIGIT}{{1,6}})|[-_.]?{_DIGIT}{{10,15}})(?!\d)"
)
_PROCEDURE = re.compile(
    rf"(?<![a-z0-9.,])([1-9]) ?\. ?({_DIGIT}{{6}})"
    rf"(?:\.{_DIGIT}{{3}}\.{_DIGIT}{{2}}\.{_DIGIT}{{2}}\.[a-z]{_DIGIT}{{2}})?(?![0-9a-z])(?!\.\d)"
)
_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63} ?@ ?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_BIRTH = re.compile(
    r"(?<![a-z0-9])(?:sinh|ns|sn|dob)(?![a-z])[^\d]{0,20}"
    r"((\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})"
    r"|(\d{1,2}) thang (\d{1,2})(?:,? nam)? (\d{4})"
    r"|(\d{4})-(\d{1,2})-(\d{1,2}))(?![\d])"
)
_MONEY = re.compile(
    r"(?<![\d.,-])([1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d{0,11}) ?(?:d|dong|vnd)(?![a-z0-9])"
    r"|(?<![\d.,-])([1-9]\d{0,2}(?:\.\d{3})+)(?![\d]|[.,-]\d)"
    r"|(?<![\d.,-])(\d{1,6}) ?(k|nghin|ngan|trieu|tr)(?![a-z])(\d{1,3}(?!\d))?"
)
_PLATE = re.compile(
    r"(?<![a-z0-9])([1-9]\d) ?(-?) ?([a-z]{1,2}\d?)([ .-]{0,2})(\d{3}[ .]?\d{2}|\d{4})(?![\d])(?![.,]\d)"
)
_PLATE_WORD = re.compile(r"(?:bien|bsx|xe|bks)(?![a-z])[^\d]{0,25}$")
_OTP_BEFORE = re.compile(r"otp[^\d]{0,25}$|(?<![a-z])ma(?: xac (?:thuc|nhan|minh))?(?: so| la)?[ :=.-]{0,3}$")
_OTP_AFTER = re.compile(r"[^\d]{0,12}otp(?![a-z])")
_ACCOUNT_WORD = re.compile(r"(?:stk|tai khoan|so tk|(?<![a-z])tk|so the|the atm|ngan hang|bank)[^\d]{0,30}$")


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


# Every kind holds a digit, an "@", or a run of letters that look like digits.
_ANY = re.compile(r"[0-9@]|[oil]{6}")

# One turn looks through its message four times.
_REMEMBERED = 512

Found = tuple[Kind, str, int, int, bool]


def _dossiers(text: str) -> Iterator[Found]:
    for match in _DOSSIER.finditer(text):
        head, agency, day, number = match.groups()
        ymd = read_digits(day)
        prefix = read_digits(head[:-1]) + head[-1].upper() + read_digits(agency.replace(" ", ""))
        valid = _is_date(2000 + int(ymd[:2]), int(ymd[2:4]), int(ymd[4:]))
        yield (
            Kind.DOSSIER,
            f"{prefix}-{ymd}-{read_digits(number)}",
            match.start(),
            match.end(),
            valid,
        )
    for match in _BARE_DOSSIER.finditer(text):
        ymd, number = match.groups()
        if _is_date(2000 + int(ymd[:2]), int(ymd[2:4]), int(ymd[4:])):
            yield Kind.DOSSIER, f"{ymd}-{number}", match.start(1), match.end(2), False


def _local_dossiers(text: str) -> Iterator[Found]:
    for match in _LOCAL_DOSSIER.finditer(text):
        if match[2] is None or "18" <= read_digits(match[2])[:2] <= "39":
            value = re.sub(r"[-_ /]+", "-", read_digits(match[0])).upper()
            yield Kind.DOSSIER, value, match.start(), match.end(), False


def _procedures(text: str) -> Iterator[Found]:
    for match in _PROCEDURE.finditer(text):
        yield (
            Kind.PROCEDURE,
            f"{match[1]}.{read_digits(match[2])}",
            match.start(),
            match.end(),
            True,
        )


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Kind.EMAIL, match[0].replace(" ", ""), match.start(), match.end(), True


def _birth_dates(text: str) -> Iterator[Found]:
    for match in _BIRTH.finditer(text):
        if match[8]:
            year, month, day = int(match[8]), int(match[9]), int(match[10])
        else:
            day, month, year = (int(match[i] or match[i + 3]) for i in (2, 3, 4))
        if year < 100:
            year += 1900 if year > 26 else 2000
        value = f"{year:04d}-{month:02d}-{day:02d}"
        yield (
            Kind.BIRTH_DATE,
            value,
            match.start(1),
            match.end(1),
            _is_date(year, month, day),
        )


def _money(text: str) -> Iterator[Found]:
    for match in _MONEY.finditer(text):
        digits = re.sub(r"\D", "", match[1] or match[2] or "")
        if match[3]:
            unit = 1000 if match[4][0] in "kn" else 1_000_000
            amount = int(match[3]) * unit + int((match[5] or "0").ljust(3, "0")) * unit // 1000
            yield Kind.MONEY, str(amount), match.start(), match.end(), True
        elif len(digits) < 9 or digits.endswith("000"):
            yield Kind.MONEY, digits, match.start(), match.end(), True


def _plates(text: str) -> Iterator[Found]:
    for match in _PLATE.finditer(text):
        place, dash, series, gap, number = match.groups()
        near = _PLATE_WORD.search(text[max(0, match.start() - 40) : match.start()]) is not None
        if near or dash or "-" in gap or "." in number:
            value = f"{place}{series.upper()}-{re.sub('[ .]', '', number)}"
            yield Kind.PLATE, value, match.start(), match.end(), int(place) >= 11


def _codes(text: str, runs: list[Run]) -> Iterator[Found]:
    for run in runs:
        if not 4 <= len(run.digits) <= 8:
            continue
        before = text[max(0, run.start - 40) : run.start]
        if _OTP_BEFORE.search(before) or _OTP_AFTER.match(text[run.end : run.end + 20]):
            yield Kind.OTP, run.digits, run.start, run.end, True


def _local(digits: str) -> str:
    """A phone number with 84 in front, in its form with 0."""
    return "0" + digits[2:] if digits.startswith("84") and len(digits) in (11, 12) else digits


def _classify(digits: str, near_account: bool) -> tuple[Kind, bool] | None:
    length = len(digits)
    if is_citizen_id(digits):
        return Kind.CITIZEN_ID, True
    if is_phone(_local(digits)):
        return Kind.PHONE, True
    if near_account and length >= 6:
        return Kind.BANK_ACCOUNT, True
    if length in (11, 12):
        return Kind.CITIZEN_ID, False
    if length == 9:
        return Kind.OLD_ID, "010" <= digits[:3] <= "389"
    if length in (10, 13):
        return Kind.TAX_OR_INSURANCE, is_tax_number(digits)
    if length >= 14:
        return Kind.BANK_ACCOUNT, is_card_number(digits)
    return None


def _numbers(text: str, runs: list[Run]) -> Iterator[Found]:
    for run in runs:
        near = _ACCOUNT_WORD.search(text[max(0, run.start - 50) : run.start]) is not None
        classified = _classify(run.digits, near)
        if classified is not None:
            kind, valid = classified
            start = run.start - 1 if text[run.start - 1 : run.start] == "+" else run.start
            yield (
                kind,
                _local(run.digits) if kind is Kind.PHONE else run.digits,
                start,
                run.end,
                valid,
            )


def _is_certain(digits: str) -> bool:
    return is_citizen_id(digits) or is_phone(_local(digits))


@lru_cache(maxsize=_REMEMBERED)
def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Every identifier of the text, in order of place, none overlapping another.

    Spaces, dots, dashes and the letters o, i, l for 0 and 1 inside a number are tolerated; text
    may be in any Unicode form, offsets are those of the text given.
    """
    copy: Shadow = shadow(text)
    if _ANY.search(copy.text) is None:
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Identifier] = []

    def take(results: Iterator[Found]) -> None:
        for kind, value, start, end, valid in results:
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
                found.append(Identifier(kind, value, *copy.span(start, end), valid))

    shaped: tuple[Callable[[str], Iterator[Found]], ...] = (
        _dossiers, _local_dossiers, _procedures, _emails, _birth_dates, _money, _plates,
    )  # fmt: skip
    for finder in shaped:
        take(finder(copy.text))
    runs = [part for run in find_runs(copy.text, taken) for part in run.parts(_is_certain)]
    take(_numbers(copy.text, runs))
    take(_codes(copy.text, runs))
    return tuple(sorted(found, key=lambda identifier: identifier.start))
