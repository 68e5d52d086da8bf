"""Whether a notice may be told now, and where. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum

from bot.conversations.channel import Channel
from bot.notices.kinds import RULES, Kind
from bot.notices.purpose import Consent
from bot.notices.quiet import QuietHours
from bot.notices.states import Told

MOST_A_DAY = 2
_MIDNIGHT = time()
TALKING_SECONDS = 600.0
"""So long after their last message somebody is taken to be in the middle of a conversation."""


class Way(Enum):
    """What a channel lets us send to an address now."""

    OPEN = "open"
    TEMPLATE = "template"
    """Only a text approved by the platform."""
    CLOSED = "closed"


@dataclass(frozen=True)
class Line:
    """An address of the citizen. ``heard_at``: their last message there."""

    identity_id: int
    channel: Channel
    way: Way
    heard_at: float


@dataclass(frozen=True)
class Tell:
    """Now, on this line."""

    line: Line
    told: Told


@dataclass(frozen=True)
class Later:
    """Not before ``at``, POSIX seconds."""

    at: float


@dataclass(frozen=True)
class Hold:
    """When the citizen writes next."""


@dataclass(frozen=True)
class Skip:
    """Not at all."""


Decision = Tell | Later | Hold | Skip


def is_stale(kind: Kind, due_at: float, now: float, hours: QuietHours) -> bool:
    """Whether it is too late to be of use."""
    rule = RULES[kind]
    if rule.same_day and hours.day(now) > hours.day(due_at):
        return True
    return now - due_at > rule.useful


def decide(
    kind: Kind,
    due_at: float,
    consents: Sequence[Consent],
    lines: Sequence[Line],
    told_today: int,
    now: float,
    hours: QuietHours,
) -> Decision:
    """What to do with a reminder that is due. ``consents``: those that stand, newest first; ``told_today``:
    notices this citizen has had on this calendar day.
    """
    rule = RULES[kind]
    if is_stale(kind, due_at, now, hours):
        return Skip()
    latest = max(lines, key=lambda line: line.heard_at, default=None)
    talking = latest is not None and now - latest.heard_at < TALKING_SECONDS
    if rule.answers and latest is not None and talking and latest.way is Way.OPEN:
        return Tell(latest, Told.ANSWER)
    agreed = [consent.channel for consent in consents if consent.purpose is rule.purpose]
    if not agreed:
        return Hold() if rule.visit else Skip()
    line = _first_usable(agreed, lines)
    if line is None:
        return Hold()
    allowed = hours.next_allowed(now)
    if allowed > now:
        return Later(allowed)
    if told_today >= MOST_A_DAY:
        return Later(hours.next_allowed(hours.moment(hours.day(now) + timedelta(days=1), _MIDNIGHT)))
    if talking and latest is not None and not rule.urgent:
        return Later(latest.heard_at + TALKING_SECONDS)
    return Tell(line, Told.NOTICE)


def _first_usable(agreed: Sequence[Channel], lines: Sequence[Line]) -> Line | None:
    """The line that was agreed on last, of those we may write to."""
    for channel in agreed:
        for line in sorted(lines, key=lambda line: -line.heard_at):
            if line.channel is channel and line.way is not Way.CLOSED:
                return line
    return None
