"""How much the assistant is asked and what comes of it. Pure, over counted rows."""

from collections import Counter
from collections.abc import Sequence

from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.steering.figure import Figure, Kind, Row, share
from bot.steering.measure import AGAIN, ASKED_BACK, Counted, number
from bot.steering.period import Period

FALLBACK = (Outcome.NO_DATA, Outcome.OUT_OF_SCOPE)


def volume(days: Sequence[Counted], period: Period) -> Figure:
    """Messages in each part of the period and channel; all of them, also where there are none."""
    found = Counter[tuple[str, str]]()
    for row in days:
        if row.day is not None:
            found[period.bucket(row.day).isoformat(), row.channel] += row.count
    rows = tuple(
        Row((bucket.isoformat(), channel.value), found[bucket.isoformat(), channel.value])
        for bucket in period.buckets()
        for channel in Channel
    )
    return Figure("volume", Kind.COUNT, (period.step.value, "channel"), number(days), rows, parts=True)


def outcomes(turns: Sequence[Counted]) -> Figure:
    """Each outcome's share of the messages the assistant was asked in."""
    found = _outcomes(turns)
    asked = sum(found.values())
    rows = tuple(share((outcome.value,), found[outcome.value], asked) for outcome in Outcome)
    return Figure("outcomes", Kind.SHARE, ("outcome",), asked, rows, parts=True)


def fallback(turns: Sequence[Counted]) -> Figure:
    """Without data and out of scope apart: the first is ours to mend."""
    found = _outcomes(turns)
    asked = sum(found.values())
    rows = [share((outcome.value,), found[outcome.value], asked) for outcome in FALLBACK]
    both = sum(found[outcome.value] for outcome in FALLBACK)
    return Figure("fallback", Kind.SHARE, ("outcome",), asked, (*rows, share(("both",), both, asked)))


def clarification(contacts: Sequence[Counted]) -> Figure:
    """Contacts in which the assistant asked back at least once."""
    everyone = number(contacts)
    asked_back = number(row for row in contacts if row.a == ASKED_BACK)
    rows = (share((ASKED_BACK,), asked_back, everyone),)
    return Figure("clarification", Kind.SHARE, ("outcome",), everyone, rows)


def repeats(topics: Sequence[Counted]) -> Figure:
    """Contacts about a procedure which the same conversation was about within the seven days before."""
    everyone = number(topics)
    rows = (share((AGAIN,), number(row for row in topics if row.a == AGAIN), everyone),)
    return Figure("repeats", Kind.SHARE, ("contact",), everyone, rows)


def speed(buckets: Sequence[Counted]) -> Figure:
    """p50 and p95 of the time to an answer: the bound that at least so many answers do not exceed."""
    timed = number(buckets)
    rows = tuple(
        Row((name,), timed, None, _rank(buckets, timed, percent))
        for name, percent in (("p50", 50), ("p95", 95))
    )
    return Figure("speed", Kind.MILLISECONDS, ("percentile",), timed, rows)


def _outcomes(turns: Sequence[Counted]) -> Counter[str]:
    found = Counter[str]()
    for row in turns:
        if row.a:
            found[row.a] += row.count
    return found


def _rank(buckets: Sequence[Counted], timed: int, percent: int) -> float | None:
    """Nearest rank."""
    wanted = -(-timed * percent // 100)
    reached = 0
    for bound, count in sorted((int(row.a), row.count) for row in buckets):
        reached += count
        if reached >= wanted:
            return float(bound)
    return None
