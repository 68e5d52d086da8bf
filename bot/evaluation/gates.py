"""The limits a model must keep to be released. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.evaluation.dialogues.metrics import DIALOGUE_RIGHT, TURN_SHARES
from bot.evaluation.metrics import SHARES
from bot.evaluation.variants import VARIANTS

_LATENCIES = frozenset({"latency_ms.p50", "latency_ms.p95", "latency_ms.p99"})


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a metric may be: at least ``floor``, at most ``ceiling``."""

    floor: float | None = None
    ceiling: float | None = None

    def keeps(self, value: float | None) -> bool:
        """Whether the value is allowed; a metric that could not be measured is not."""
        if value is None:
            return False
        return (self.floor is None or value >= self.floor) and (self.ceiling is None or value <= self.ceiling)

    def __str__(self) -> str:
        parts = [f"≥ {self.floor}"] if self.floor is not None else []
        parts += [f"≤ {self.ceiling}"] if self.ceiling is not None else []
        return " ".join(parts)


@dataclass(frozen=True)
class Verdict:
    """One metric against its limit."""

    metric: str
    value: float | None
    limit: Limit
    kept: bool


def read_gates(content: bytes) -> dict[str, Limit]:
    """Limits by metric: ``{"procedure_top1": {"floor": 0.9}, "variants.unaccented.procedure_top1": …}``.

    Raises ``msgspec.ValidationError`` for a malformed file and ``ValueError`` for a metric that does not
    exist or a limit without a bound, so that a misspelt gate cannot stand open.
    """
    gates = msgspec.json.decode(content, type=dict[str, Limit])
    for metric, limit in gates.items():
        if not exists(metric):
            raise ValueError(f"no such metric: {metric}")
        if limit == Limit():
            raise ValueError(f"{metric} has neither floor nor ceiling")
    return gates


def check(report: Mapping[str, Any], gates: Mapping[str, Limit]) -> list[Verdict]:
    """Every gate against a report, in the order of the file."""
    found = [(metric, value_of(report, metric), limit) for metric, limit in gates.items()]
    return [Verdict(metric, value, limit, limit.keeps(value)) for metric, value, limit in found]


def exists(metric: str) -> bool:
    """Whether reports hold a metric of that name, steps joined by dots."""
    if metric.startswith("variants."):
        _, name, rest = [*metric.split(".", 2), ""][:3]
        return name in VARIANTS and exists(rest) and not rest.startswith("variants.")
    if metric.startswith("dialogues."):
        name = metric.removeprefix("dialogues.")
        return name in TURN_SHARES or name in (DIALOGUE_RIGHT, "errors")
    return metric in SHARES or metric in _LATENCIES or metric == "errors"


def value_of(report: Mapping[str, Any], metric: str) -> float | None:
    """The value under a metric's name; None where it was not measured."""
    found: Any = report
    for step in metric.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return float(found) if found is not None else None
