"""Which turns a reviewer looks at. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from typing import TypeVar

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel

YES, NO = "1", "0"
_CODE_LENGTH = 40
Member = TypeVar("Member", bound=Enum)


@dataclass(frozen=True)
class Filter:
    """What a turn must be; a field that is None, False or empty asks nothing.

    ``since`` and ``until``: days where the citizens are, both included; ``below_*``: in 0–1, true of turns
    with less; ``thumbs_down``: a citizen judged its answer so; ``repeated``: see ``bot.reviews.repeats``;
    ``labelled``: by anybody.
    """

    since: date | None = None
    until: date | None = None
    intent: Intent | None = None
    outcome: Outcome | None = None
    channel: Channel | None = None
    procedure_code: str = ""
    below_confidence: float | None = None
    below_score: float | None = None
    thumbs_down: bool = False
    flagged: bool = False
    repeated: bool = False
    labelled: bool | None = None
    accented: bool | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filter":
        """From an address or a saved filter; whatever makes no sense in it counts as not given."""
        given = {name: str(query.get(name, "")).strip() for name in (field.name for field in fields(cls))}
        return cls(
            since=_day(given["since"]),
            until=_day(given["until"]),
            intent=_member(Intent, given["intent"]),
            outcome=_member(Outcome, given["outcome"]),
            channel=_member(Channel, given["channel"]),
            procedure_code=given["procedure_code"][:_CODE_LENGTH],
            below_confidence=_share(given["below_confidence"]),
            below_score=_share(given["below_score"]),
            thumbs_down=given["thumbs_down"] == YES,
            flagged=given["flagged"] == YES,
            repeated=given["repeated"] == YES,
            labelled=_either(given["labelled"]),
            accented=_either(given["accented"]),
        )

    def query(self) -> dict[str, str]:
        """What ``of`` reads, without what is not asked."""
        found = {field.name: _text(getattr(self, field.name)) for field in fields(self)}
        # "Not at all" is no choice of these three: without the mark they ask nothing.
        marks = ("thumbs_down", "flagged", "repeated")
        return {name: text for name, text in found.items() if text and not (name in marks and text == NO)}

    def bounds(self, zone: tzinfo) -> tuple[float | None, float | None]:
        """POSIX seconds from which on and before which a turn must be."""
        start = _midnight(self.since, zone) if self.since else None
        end = _midnight(self.until + timedelta(days=1), zone) if self.until else None
        return start, end


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # Outside of these years there is nothing, and a time zone may not reach there.
    return found if 2000 <= found.year <= 2200 else None


def _member(kind: type[Member], text: str) -> Member | None:
    return next((member for member in kind if member.value == text), None)


def _share(text: str) -> float | None:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def _either(text: str) -> bool | None:
    return {YES: True, NO: False}.get(text)


def _midnight(day: date, zone: tzinfo) -> float:
    return datetime.combine(day, time(), zone).timestamp()
