"""What the labels of an audit say. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reviews.agreement import Agreement, Share, agreement, share
from bot.reviews.verdict import Verdict

_SEVERITY = (Verdict.RIGHT, Verdict.INCOMPLETE, Verdict.WRONG, Verdict.HARMFUL)


@dataclass(frozen=True)
class Item:
    """A turn of the sample. ``needed``: labels; ``given``: (account, verdict), the first first."""

    needed: int
    outcome: str
    channel: str
    given: tuple[tuple[int, Verdict], ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The worst given: what one of two reviewers found wrong is not counted as right."""
        return max((verdict for _, verdict in self.given), key=_SEVERITY.index, default=None)


@dataclass(frozen=True)
class Result:
    """``items``: turns of the sample; ``needed`` and ``given``: labels; ``labelled``: turns with a label;
    ``right`` is of those; ``counts``: turns by verdict; ``strata``: right by (outcome, channel).
    """

    items: int
    needed: int
    given: int
    labelled: int
    right: Share
    harmful: int
    counts: tuple[tuple[Verdict, int], ...]
    agreement: Agreement
    strata: tuple[tuple[str, str, Share, int], ...]
    """(outcome, channel, right of labelled, turns drawn)"""


def result_of(items: Sequence[Item]) -> Result:
    """The figures of an audit so far. The kappa is over the turns two different people labelled."""
    counts = Counter(item.verdict for item in items if item.verdict)
    labelled = sum(counts.values())
    pairs = [
        (item.given[0][1], item.given[1][1])
        for item in items
        if len(item.given) > 1 and item.given[0][0] != item.given[1][0]
    ]
    return Result(
        items=len(items),
        needed=sum(item.needed for item in items),
        given=sum(len(item.given) for item in items),
        labelled=labelled,
        right=share(counts[Verdict.RIGHT], labelled),
        harmful=counts[Verdict.HARMFUL],
        counts=tuple((verdict, counts[verdict]) for verdict in _SEVERITY),
        agreement=agreement(pairs),
        strata=tuple(
            (outcome, channel, *_stratum([one for one in items if (one.outcome, one.channel) == stratum]))
            for stratum in sorted({(item.outcome, item.channel) for item in items})
            for outcome, channel in (stratum,)
        ),
    )


def _stratum(items: Sequence[Item]) -> tuple[Share, int]:
    found = [item.verdict for item in items if item.verdict]
    return share(found.count(Verdict.RIGHT), len(found)), len(items)
