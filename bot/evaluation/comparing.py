"""Two cards side by side. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.evaluation.gates import value_of
from bot.evaluation.metrics import SHARES
from bot.evaluation.tolerance import Tolerance, falls, higher_is_better, tolerance_for

LATENCIES = ("latency_ms.p50", "latency_ms.p95", "latency_ms.p99")


@dataclass(frozen=True)
class Difference:
    """One metric of two models; None where a card does not have it.

    ``better``: whether the second is better, None where they are equal, not comparable or neither direction
    is good. ``fell``: whether the second is worse by more than the tolerance.
    """

    metric: str
    before: float | None
    after: float | None
    better: bool | None
    fell: bool

    @property
    def change(self) -> float | None:
        """The second minus the first."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 4)

    def as_dict(self) -> dict[str, Any]:
        """For the card."""
        return {"metric": self.metric, "before": self.before, "value": self.after}


def compare(
    before: Mapping[str, Any], after: Mapping[str, Any], tolerances: Mapping[str, Tolerance]
) -> list[Difference]:
    """Every metric either card holds: figures, latencies, variants, F1 of each intent, in this order.

    What the first never measured cannot fall; what only the first measured has fallen where it has a
    tolerance. Latencies cannot fall where ``same_conditions`` does not hold.
    """
    timed = same_conditions(before, after)
    return [
        _difference(
            metric,
            first,
            second,
            rows,
            tolerance_for(metric, tolerances) if timed or metric not in LATENCIES else None,
        )
        for metric, first, second, rows in _values(before, after)
    ]


def same_conditions(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether both were timed on the same kind of machine, with no more load than cores."""
    one, other = before.get("machine"), after.get("machine")
    if not one or not other or (one["cpu"], one["cores"]) != (other["cpu"], other["cores"]):
        return False
    return all(machine["load"] <= machine["cores"] for machine in (one, other))


def same_questions(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether both were measured on the same questions and the same catalogue."""
    keys = ("evaluation", "catalogue")
    return all(before.get("data", {}).get(k) == after.get("data", {}).get(k) for k in keys)


def _values(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[str, float | None, float | None, int | None]]:
    """(metric, first, second, labelled rows where they are few enough to matter)."""
    first, second = before["metrics"], after["metrics"]
    variants = dict.fromkeys([*first.get("variants", {}), *second.get("variants", {})])
    names = [*SHARES, "errors", *LATENCIES]
    names += [f"variants.{variant}.{share}" for variant in variants for share in SHARES]
    for name in names:
        yield name, value_of(first, name), value_of(second, name), None
    one, other = before.get("intents", {}), after.get("intents", {})
    for kind in sorted({*one, *other}):
        rows = min(int(scores[kind]["n"]) for scores in (one, other) if kind in scores)
        yield f"intents.{kind}.f1", value_of(one, f"{kind}.f1"), value_of(other, f"{kind}.f1"), rows


def _difference(
    metric: str, before: float | None, after: float | None, rows: int | None, tolerance: Tolerance | None
) -> Difference:
    higher = higher_is_better(metric)
    better = None
    if before is not None and after is not None and before != after and higher is not None:
        better = (after > before) is higher
    enough = tolerance is not None and (rows is None or rows >= tolerance.rows)
    fell = before is not None and tolerance is not None and enough and falls(metric, before, after, tolerance)
    return Difference(metric, before, after, better, fell)
