"""The figures of all runs: medians, ratios to stock, and whether the targets are met. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

_ONCE = ("start_s", "start_cpu_s", "rss_mb", "pss_mb", "processes")
_EACH = ("messages", "msg_s", "p50", "p95", "p99", "cpu_ms", "database_cpu_ms", "driver_cpu_ms")

Run = Mapping[str, Any]
Summary = Mapping[str, Mapping[str, Any]]


def summary(runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
    """By contender: medians of start and memory over all its runs, and under ``traffic`` by kind and
    concurrency those of the phases over the repetitions; ``faults`` are added up.
    """
    names = dict.fromkeys(run["contender"] for run in runs)
    return {name: _summary([run for run in runs if run["contender"] == name]) for name in names}


def middle(values: Iterable[float | None]) -> float | None:
    """Median of the values that are there; None of none."""
    there = [value for value in values if value is not None]
    return round(median(there), 3) if there else None


def ratio(value: float | None, to: float | None) -> float | None:
    """``value / to``, where both are there and ``to`` is not 0."""
    return None if value is None or not to else round(value / to, 4)


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the straight line with the least squares through (x, y); 0 where all x are the same."""
    n = len(points)
    if n < 2:
        return 0.0
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    wide = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / wide if wide else 0.0


def _summary(runs: Sequence[Run]) -> dict[str, Any]:
    kinds = dict.fromkeys(run["traffic"] for run in runs)
    return {
        "runs": len(runs),
        **{name: middle(run[name] for run in runs) for name in _ONCE},
        "traffic": {kind: _phases([run for run in runs if run["traffic"] == kind]) for kind in kinds},
    }


def _phases(runs: Sequence[Run]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for concurrency in runs[0]["phases"]:
        phases = [run["phases"][concurrency] for run in runs]
        faults = sum((Counter(phase["faults"]) for phase in phases), Counter())
        found[concurrency] = {
            **{name: middle(phase[name] for phase in phases) for name in _EACH},
            "faults": dict(faults),
        }
    return found
