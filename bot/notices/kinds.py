"""What we write to citizens about on our own account, and what each kind needs. Pure."""

from dataclasses import dataclass
from enum import Enum

from bot.notices.purpose import Purpose

_DAY = 86_400.0


class Kind(str, Enum):
    """A reason to write. The value is part of the name of its response in ``domain.yml``."""

    DRAFT_WAITING = "draft_waiting"
    """Prepared but not handed in."""
    CODE_MISSING = "code_missing"
    """Said to be handed in, but no code was seen yet."""
    SUPPLEMENT_7 = "supplement_7"
    """Seven days after papers were asked for."""
    SUPPLEMENT_12 = "supplement_12"
    """Three days before the dossier is closed by itself."""
    APPOINTMENT_TOMORROW = "appointment_tomorrow"
    OVERDUE = "overdue"
    RESULT_READY = "result_ready"
    STATUS_NEWS = "status_news"
    """The dossier moved in some other way."""
    REGISTRATION_NEWS = "registration_news"
    PAYMENT_NEWS = "payment_news"
    CITIZEN_SET = "citizen_set"
    """The citizen named the day."""
    PROCEDURE_CHANGED = "procedure_changed"
    """The record of a procedure they asked about is another now."""


@dataclass(frozen=True)
class Rule:
    """``useful``: seconds after its time for which it is still worth telling; ``same_day``: only on the very
    day. ``urgent``: also to somebody in the middle of a conversation. ``answers``: news of what the citizen
    has just done themselves: while they are here it is an answer, not a notice. ``visit``: without consent it
    is told when the citizen writes next; otherwise not at all. ``family``: of several in one family and about
    the same subject only the last one due is told.
    """

    purpose: Purpose
    useful: float
    family: str
    same_day: bool = False
    urgent: bool = False
    answers: bool = False
    visit: bool = True


RULES: dict[Kind, Rule] = {
    Kind.DRAFT_WAITING: Rule(Purpose.REMINDERS, 5 * _DAY, "draft", visit=False),
    Kind.CODE_MISSING: Rule(Purpose.REMINDERS, 5 * _DAY, "code"),
    Kind.SUPPLEMENT_7: Rule(Purpose.FOLLOW, 5 * _DAY, "supplement"),
    Kind.SUPPLEMENT_12: Rule(Purpose.FOLLOW, 3 * _DAY, "supplement", urgent=True),
    Kind.APPOINTMENT_TOMORROW: Rule(Purpose.FOLLOW, _DAY, "appointment", same_day=True, urgent=True),
    Kind.OVERDUE: Rule(Purpose.FOLLOW, 14 * _DAY, "overdue"),
    Kind.RESULT_READY: Rule(Purpose.FOLLOW, 30 * _DAY, "status"),
    Kind.STATUS_NEWS: Rule(Purpose.FOLLOW, 14 * _DAY, "status"),
    Kind.REGISTRATION_NEWS: Rule(Purpose.FOLLOW, 14 * _DAY, "registration", urgent=True, answers=True),
    Kind.PAYMENT_NEWS: Rule(Purpose.FOLLOW, 14 * _DAY, "payment", urgent=True, answers=True),
    Kind.CITIZEN_SET: Rule(Purpose.REMINDERS, 7 * _DAY, "wish", urgent=True, visit=False),
    Kind.PROCEDURE_CHANGED: Rule(Purpose.CHANGES, 30 * _DAY, "change"),
}


PLANNED = frozenset(
    {
        Kind.DRAFT_WAITING,
        Kind.CODE_MISSING,
        Kind.SUPPLEMENT_7,
        Kind.SUPPLEMENT_12,
        Kind.APPOINTMENT_TOMORROW,
        Kind.OVERDUE,
        Kind.CITIZEN_SET,
    }
)
"""Kinds that ask for something to be done, and are pointless once it is done; the others are news."""


def kinds_for(purpose: Purpose) -> frozenset[Kind]:
    """The kinds that need this consent."""
    return frozenset(kind for kind, rule in RULES.items() if rule.purpose is purpose)
