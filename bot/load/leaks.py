"""Whether what servers hold stays flat. Pure."""

from collections.abc import Mapping, Sequence

import msgspec

from bot.load.figures import slope

WARM_UP = 0.2
"""Share of the time that does not count: caches fill, pools open."""


class Sample(msgspec.Struct, frozen=True):
    """``at``: seconds from the start. ``connections``: to the database server, or open database files.
    ``tasks``: of the event loops.
    """

    at: float
    rss_mb: float
    files: int
    sockets: int
    connections: int
    threads: int
    tasks: int


class Trend(msgspec.Struct, frozen=True):
    """The straight line through the samples rises by ``grown`` from their first to their last."""

    name: str
    lowest: float
    highest: float
    grown: float
    tolerance: float

    @property
    def flat(self) -> bool:
        """What falls does not leak."""
        return self.grown <= self.tolerance


_SHARES: Mapping[str, float] = {"rss_mb": 0.02}
_COUNTS = 2.0
"""Files, connections and threads come and go by one or two."""
_TOLERANCES: Mapping[str, float] = {"tasks": 5.0}
"""A turn under way has tasks of its own."""


def trends(samples: Sequence[Sample]) -> list[Trend]:
    """Of each figure after the warm-up; memory may grow by 2 % of its mean, counts by 2, tasks by 5."""
    last = samples[-1].at if samples else 0.0
    counted = [sample for sample in samples if sample.at >= last * WARM_UP]
    return [_trend(name, counted) for name in Sample.__struct_fields__ if name != "at"] if counted else []


def _trend(name: str, samples: Sequence[Sample]) -> Trend:
    values = [float(getattr(sample, name)) for sample in samples]
    rise = slope([(sample.at, value) for sample, value in zip(samples, values, strict=True)])
    tolerance = _TOLERANCES.get(name, _COUNTS)
    if name in _SHARES:
        tolerance = _SHARES[name] * sum(values) / len(values)
    grown = rise * (samples[-1].at - samples[0].at)
    return Trend(name, min(values), max(values), round(grown, 2), round(tolerance, 2))
