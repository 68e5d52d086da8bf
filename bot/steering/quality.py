"""Whether answers are right, and right for everybody. Pure, over counted rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt

from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.reviews.verdict import Verdict
from bot.steering.figure import Figure, Kind, Row, share
from bot.steering.measure import UP, Counted, Letters, number

ANSWERS = frozenset({Outcome.ANSWERED, Outcome.LISTED, Outcome.COUNTED, Outcome.GUIDED})
_NO_QUESTION = frozenset({"", Outcome.COURTESY.value})
_GRADES = ((3, "satisfied"), (2, "neither"), (1, "not_satisfied"))
_WRITTEN = (Letters.ACCENTED, Letters.PLAIN)
_Z = 1.959964  # of 95 %


def correctness(verdicts: Mapping[Verdict, int], sampled: int) -> Figure:
    """Each verdict's share of the labelled turns of audits, and how many of the ``sampled`` are labelled."""
    labelled = sum(verdicts.values())
    rows = [_with_interval(verdict.value, verdicts.get(verdict, 0), labelled) for verdict in Verdict]
    rows.append(share(("labelled",), labelled, sampled))
    return Figure("correctness", Kind.SHARE, ("verdict",), labelled, tuple(rows), people=False)


def satisfaction(grades: Mapping[int, int], contacts: int) -> Figure:
    """The three grades, and how many of the contacts were graded."""
    graded = sum(grades.values())
    rows = [share((name,), grades.get(score, 0), graded) for score, name in _GRADES]
    rows.append(share(("response",), graded, contacts))
    return Figure("satisfaction", Kind.SHARE, ("grade",), graded, tuple(rows))


def thumbs(judged: Sequence[Counted], asked: int) -> Figure:
    """Thumbs up of the judged answers by channel and in all, and how many answers were judged."""
    rows = [
        _ups((channel.value,), [row for row in judged if row.channel == channel.value]) for channel in Channel
    ]
    rows += [_ups(("all",), judged), share(("response",), number(judged), asked)]
    return Figure("thumbs", Kind.SHARE, ("channel",), number(judged), tuple(rows))


def equity(turns: Sequence[Counted]) -> Figure:
    """Questions that were answered, of those written with and without accents, by channel."""
    asked = [row for row in turns if row.a not in _NO_QUESTION and row.b]
    rows = tuple(
        share((channel.value, written.value), number(row for row in here if row.a in ANSWERS), number(here))
        for channel in Channel
        for written in _WRITTEN
        for here in [[row for row in asked if (row.channel, row.b) == (channel.value, written.value)]]
    )
    return Figure("equity", Kind.SHARE, ("channel", "letters"), number(asked), rows)


def equity_thumbs(judged: Sequence[Counted]) -> Figure:
    """Thumbs up for answers to questions with and without accents, by channel."""
    known = [row for row in judged if row.b]
    rows = tuple(
        _ups((channel.value, written.value), here)
        for channel in Channel
        for written in _WRITTEN
        for here in [[row for row in known if (row.channel, row.b) == (channel.value, written.value)]]
    )
    return Figure("equity_thumbs", Kind.SHARE, ("channel", "letters"), number(known), rows)


def equity_gap(compared: Figure) -> Figure:
    """Points by which questions with accents are answered more often than those without, by channel."""
    shares = {row.keys: row for row in compared.rows}
    rows = []
    for channel in Channel:
        accented, plain = (shares[channel.value, written.value] for written in _WRITTEN)
        gap = None
        if accented.value is not None and plain.value is not None:
            gap = 100 * (accented.value - plain.value)
        # As many as stand behind the weaker side.
        rows.append(Row((channel.value,), min(accented.of or 0, plain.of or 0), None, gap))
    return Figure("equity_gap", Kind.POINTS, ("channel",), compared.n, tuple(rows))


def interval(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (E. B. Wilson 1927); 0–1 of nothing."""
    if not of:
        return 0.0, 1.0
    found, spread = count / of, _Z * _Z / of
    middle = (found + spread / 2) / (1 + spread)
    half = _Z * sqrt(found * (1 - found) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _with_interval(key: str, count: int, of: int) -> Row:
    low, high = interval(count, of)
    return Row((key,), count, of, count / of if of else None, low if of else None, high if of else None)


def _ups(keys: tuple[str, ...], judged: Sequence[Counted]) -> Row:
    found = Counter[bool]()
    for row in judged:
        found[row.a == UP] += row.count
    return share(keys, found[True], found[True] + found[False])
