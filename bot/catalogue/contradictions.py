"""Finds what cannot be right in a record, for the review list (pure). Nothing is corrected here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.catalogue.enums import Channel, FeeKind, LevelValue, TimeUnit
from bot.catalogue.records import Procedure
from bot.catalogue.statistics import Statistic


class ContradictionKind(str, Enum):
    """What disagrees with what."""

    FREE_BUT_SUM = "free_but_sum"
    FREE_BUT_COUNCIL = "free_but_council"
    ONLINE_FEE_ABOVE_COUNTER = "online_fee_above_counter"
    TIME_WITHOUT_UNIT = "time_without_unit"
    TIME_DIFFERS_BY_CHANNEL = "time_differs_by_channel"
    REPEALED_TEXT = "repealed_text"
    ABOLISHED_AGENCY = "abolished_agency"
    ABOLISHED_PAPER = "abolished_paper"
    PARTIAL_WITHOUT_REASON = "partial_without_reason"
    LEVEL_AGAINST_READING = "level_against_reading"
    LEVEL_DIFFERS_BY_AGENCY = "level_differs_by_agency"
    STATISTIC_PARTS = "statistic_parts"
    STATISTIC_SHARE = "statistic_share"
    STATISTIC_CLAIM = "statistic_claim"
    MISSPELT_PROVINCE = "misspelt_province"
    AMENDMENT_UNFIT = "amendment_unfit"


@dataclass(frozen=True)
class Contradiction:
    """``subject``: procedure code or key of a statistic; ``evidence``: the words that disagree."""

    kind: ContradictionKind
    subject: str
    evidence: str


@dataclass(frozen=True)
class Repealed:
    """A text out of force. ``fields``: only wrong for these fields of procedures (empty: everywhere)."""

    number: str
    repealed_on: date
    replaced_by: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abolished:
    """An agency or paper that no longer exists. ``pattern``: regular expression over lower-case text."""

    pattern: str
    paper: bool
    abolished_on: date
    replaced_by: str


@dataclass(frozen=True)
class Checks:
    """Tables the checks need, read from ``data/catalogue`` by the caller."""

    repealed: tuple[Repealed, ...] = ()
    abolished: tuple[Abolished, ...] = ()


_SUM = re.compile(
    r"\d[\d.,]{2,}\s*(?:đ\b|đồng|vnđ|việt nam đồng)|\d+\s*%|\d+\s*(?:nghìn|triệu) đồng", re.IGNORECASE
)
_COUNCIL = re.compile(r"hội đồng nhân dân|hđnd|ủy ban nhân dân (?:cấp )?tỉnh quy định", re.IGNORECASE)
_FREE_TEXT = re.compile(r"\s*miễn phí", re.IGNORECASE)
_MISSPELT = re.compile(r"Quảng Ninhh|Quảng Nnh|Quãng Ninh")
# Percentage points: sources truncate as often as they round, whole numbers more than decimals.
_TOLERANCE, _WHOLE_TOLERANCE = 0.1, 1.0


def find(procedure: Procedure, checks: Checks) -> list[Contradiction]:
    """Contradictions of one record, each once."""
    found = [
        Contradiction(kind, procedure.code, evidence[:300])
        for kind, evidence in (
            *_fees(procedure),
            *_times(procedure),
            *_texts(procedure, checks),
            *_levels(procedure),
        )
    ]
    return list(dict.fromkeys(found))


def find_in_statistics(statistics: Iterable[Statistic]) -> list[Contradiction]:
    """Figures whose parts or shares do not add up, and claims the editors marked as impossible."""
    found = []
    for item in statistics:
        total = sum(part.value for part in item.parts)
        if item.parts and item.numerator is not None and total != item.numerator:
            evidence = f"{' + '.join(str(part.value) for part in item.parts)} = {total} ≠ {item.numerator}"
            found.append(Contradiction(ContradictionKind.STATISTIC_PARTS, item.key, evidence))
        if evidence := _wrong_share(item):
            found.append(Contradiction(ContradictionKind.STATISTIC_SHARE, item.key, evidence))
        if item.contradiction:
            found.append(Contradiction(ContradictionKind.STATISTIC_CLAIM, item.key, item.contradiction))
    return found


def _wrong_share(item: Statistic) -> str:
    """The percentage and what the counts give instead, "" when they agree or one is missing."""
    share = item.share
    if share is None or item.percent is None:
        return ""
    allowed = _WHOLE_TOLERANCE if item.percent.is_integer() else _TOLERANCE
    if abs(share - item.percent) <= allowed:
        return ""
    return f"{item.numerator}/{item.denominator} = {share:.2f} % ≠ {item.percent} %"


_Finding = Iterator[tuple[ContradictionKind, str]]


def _fees(procedure: Procedure) -> _Finding:
    for fee in procedure.fees:
        if fee.kind is FeeKind.FREE or _FREE_TEXT.match(fee.note):
            if _SUM.search(fee.note):
                yield ContradictionKind.FREE_BUT_SUM, fee.note
            elif _COUNCIL.search(fee.note):
                yield ContradictionKind.FREE_BUT_COUNCIL, fee.note
    online = [f.amount for f in procedure.fees if f.channel is Channel.ONLINE and f.amount is not None]
    counter = [f.amount for f in procedure.fees if f.channel is Channel.COUNTER and f.amount is not None]
    if online and counter and min(online) > max(counter):
        yield ContradictionKind.ONLINE_FEE_ABOVE_COUNTER, f"{min(online)} > {max(counter)}"


def _times(procedure: Procedure) -> _Finding:
    values: dict[Channel, tuple[float, TimeUnit]] = {}
    for limit in procedure.times:
        if limit.unit is TimeUnit.UNKNOWN and limit.value is not None:
            yield ContradictionKind.TIME_WITHOUT_UNIT, f"{limit.value:g}"
        if limit.value is not None and limit.channel is not None:
            values.setdefault(limit.channel, (limit.value, limit.unit))
    if len(set(values.values())) > 1:
        shown = (f"{channel.value}: {value:g} {unit.value}" for channel, (value, unit) in values.items())
        yield ContradictionKind.TIME_DIFFERS_BY_CHANNEL, "; ".join(shown)


def _texts(procedure: Procedure, checks: Checks) -> _Finding:
    text = "\n".join(_all_text(procedure))
    lower = text.lower()
    for item in checks.repealed:
        if item.fields and procedure.field not in item.fields:
            continue
        if item.number in text and re.search(rf"(?<!\d){re.escape(item.number)}", text):
            yield ContradictionKind.REPEALED_TEXT, f"{item.number} → {item.replaced_by} ({item.repealed_on})"
    for gone in checks.abolished:
        if match := re.search(gone.pattern, lower):
            kind = ContradictionKind.ABOLISHED_PAPER if gone.paper else ContradictionKind.ABOLISHED_AGENCY
            yield kind, f"{match[0]} → {gone.replaced_by}"
    if match := _MISSPELT.search(text):
        yield ContradictionKind.MISSPELT_PROVINCE, match[0]


def _all_text(procedure: Procedure) -> Iterator[str]:
    """Everything said about today; the history rightly names what is gone."""
    yield from (procedure.name, procedure.authority, procedure.place)
    yield from (*procedure.legal_basis, *procedure.steps, *procedure.conditions)
    yield from (result.name for result in procedure.results)
    yield from (limit.note for limit in procedure.times)
    for fee in procedure.fees:
        yield from (fee.note, fee.legal_basis)
    for paper in (*procedure.papers, *(paper for case in procedure.cases for paper in case.papers)):
        yield from (paper.name, paper.note)


def _levels(procedure: Procedure) -> _Finding:
    for statement in procedure.levels:
        if statement.value is LevelValue.PARTIAL and not statement.reason and not _reading_reason(procedure):
            yield ContradictionKind.PARTIAL_WITHOUT_REASON, f"{statement.service_code} {statement.stated_on}"
        reading = procedure.reading
        if reading and reading.scheme is statement.scheme and reading.value is not statement.value:
            evidence = (
                f"{statement.value.value} ({statement.stated_on}) ≠ {reading.value.value}: {reading.reason}"
            )
            yield ContradictionKind.LEVEL_AGAINST_READING, evidence
    values = sorted({statement.value.value for statement in procedure.levels})
    if len(values) > 1:
        yield ContradictionKind.LEVEL_DIFFERS_BY_AGENCY, ", ".join(values)


def _reading_reason(procedure: Procedure) -> str:
    reading = procedure.reading
    return reading.reason if reading and reading.value is LevelValue.PARTIAL else ""
