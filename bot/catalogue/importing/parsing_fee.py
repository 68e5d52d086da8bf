"""Reads the fee cells of the national portal (pure).

The portal's "Miễn phí" is its default for "no amount entered": a note that names sums, the People's
Council or a regulation is believed instead, and kept, so that the contradiction stays visible.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.catalogue.enums import Channel, FeeKind
from bot.catalogue.importing.parsing_text import clean, text_numbers, title
from bot.catalogue.records import Fee

_AMOUNT = r"\d{1,3}(?:[.,]\d{3})+|\d+"
_CURRENCY = r"(?:VNĐ|VND|Việt Nam Đồng|Đồng|đ\b)"
_HEAD = re.compile(
    rf"(?:(?:Phí|Lệ phí)\s*:\s*)?(?:(?P<free>Miễn phí)|(?P<amount>{_AMOUNT})?\s*{_CURRENCY})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SUM = re.compile(rf"({_AMOUNT})\s*(?:\([^()]*\)\s*)?(?:đ\b|đồng|vnđ|việt nam đồng)", re.IGNORECASE)
_PER = re.compile(r"\s*/\s*(?:01 |1 )?([^\W\d_][^\d().,;:/]{0,30}(?:/[^\W\d_]{2,10})?)")
_CLAUSE = re.compile(r";|\.\s|\s[-+*]\s|(?<=\))\s|Xem chi tiết")
_UNTIL = re.compile(r"(?:đến hết|đến) ngày\s*(\d{1,2})/(\d{1,2})/(\d{4})", re.IGNORECASE)
_COUNCIL = re.compile(r"hội đồng nhân dân|hđnd", re.IGNORECASE)
_REGULATION = re.compile(
    r"theo quy định|theo thông tư|thông tư (?:số|\d)|nghị định|ủy ban nhân dân|usd|biểu phí|biểu mức|tỷ lệ|%",
    re.IGNORECASE,
)
_FEE_WORD = re.compile(r"phí|mức thu|biểu giá", re.IGNORECASE)
_NOTHING = re.compile(r"\W*(?:không|không có|không quy định|không có thông tin|không thu)?\W*", re.IGNORECASE)
# Smaller amounts are slips of the clerk ("100 VNĐ" for 100.000).
_SMALLEST = 1000
_MOST = 8


def parse_fee(text: str | None, channel: Channel | None = None) -> tuple[Fee, ...]:
    """Fee lines of one cell; empty when the cell is not about money.

    "40,000 Việt Nam Đồng(…)" is 40000 with the note; several sums become several lines, each labelled with
    its clause and, where the clause names a last day, ``valid_to``. An amount under 1000 đồng is unknown.
    """
    cell = clean(text)
    head = _HEAD.match(cell)
    if head is None:
        return _without_head(cell, channel)
    note = _bracketed(head["rest"])
    amount = _amount(head["amount"])
    if amount is not None and amount >= _SMALLEST:
        return (_fee(FeeKind.AMOUNT, channel, note, amount=amount),)
    free = bool(head["free"]) or amount == 0
    stated = cell if note else ""
    if lines := tuple(_lines(note or (cell if not head["free"] else ""), stated or cell, channel)):
        return lines
    if _COUNCIL.search(note):
        return (_fee(FeeKind.COUNCIL, channel, _kept(cell, note)),)
    if _REGULATION.search(note):
        return (_fee(FeeKind.REGULATION, channel, _kept(cell, note)),)
    if free:
        return (Fee(FeeKind.FREE, channel=channel, note="" if _NOTHING.fullmatch(note) else note),)
    return (_fee(FeeKind.UNKNOWN, channel, cell if amount else note),)


def _without_head(cell: str, channel: Channel | None) -> tuple[Fee, ...]:
    if not _FEE_WORD.search(cell):
        if _COUNCIL.search(cell) and len(cell) < 200:
            return (_fee(FeeKind.COUNCIL, channel, cell),)
        return ()
    if lines := tuple(_lines(cell, cell, channel)):
        return lines
    if _COUNCIL.search(cell):
        return (_fee(FeeKind.COUNCIL, channel, cell),)
    return ()


def _lines(text: str, note: str, channel: Channel | None) -> Iterator[Fee]:
    """A line per clause that names a sum; only the first keeps the note, to say it once."""
    count = 0
    for clause in _CLAUSE.split(text):
        found = _SUM.search(clause)
        if found is None or count >= _MOST:
            continue
        amount = _amount(found[1])
        if amount is None or amount < _SMALLEST:
            continue
        per = _PER.match(clause, found.end())
        yield Fee(
            FeeKind.AMOUNT,
            amount=amount,
            per=per[1].strip() if per else "",
            label=title(clause[: found.start()]),
            channel=channel,
            note=note if count == 0 else "",
            legal_basis=", ".join(text_numbers([clause])),
            valid_to=_until(clause),
        )
        count += 1


def _fee(kind: FeeKind, channel: Channel | None, note: str, amount: int | None = None) -> Fee:
    return Fee(kind, amount=amount, channel=channel, note=note, legal_basis=", ".join(text_numbers([note])))


def _kept(cell: str, note: str) -> str:
    """The note with "Miễn phí" before it when the cell claims that."""
    return f"Miễn phí ({note})" if cell.lower().startswith("miễn phí") else note


def _bracketed(rest: str) -> str:
    """Text of the bracket that follows the amount; what comes after it is about handing in."""
    if not rest.startswith("("):
        return ""
    depth = 0
    for index, char in enumerate(rest):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return rest[1:index].strip("() .")
    return rest[1:].strip("() .")


def _amount(text: str | None) -> int | None:
    return int(re.sub(r"[.,]", "", text)) if text else None


def _until(clause: str) -> date | None:
    if match := _UNTIL.search(clause):
        day, month, year = (int(part) for part in match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    return None
