"""By how much a model may be worse than another one. Pure."""

from collections.abc import Mapping

import msgspec

from bot.answers.intent import Intent
from bot.evaluation.gates import exists
from bot.evaluation.variants import VARIANTS

_ROUNDING = 1e-9
_HIGHER = frozenset(
    {"procedure_top1", "procedure_top3", "intent_accuracy", "answered_right", "out_of_scope_recall", "f1"}
)
_LOWER = frozenset({"answered_wrong", "in_scope_refused", "errors", "p50", "p95", "p99"})


class Tolerance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much worse a metric may be: ``absolute`` in its unit or ``relative`` to the other's value,
    whichever allows more. ``rows``: with fewer labelled questions than this nothing is concluded.
    """

    absolute: float = 0.0
    relative: float = 0.0
    rows: int = 0

    def allowed(self, before: float) -> float:
        """The largest loss that is borne."""
        return max(self.absolute, self.relative * abs(before))


def higher_is_better(metric: str) -> bool | None:
    """By the last step of the metric's name; None where neither is better."""
    last = metric.rpartition(".")[2]
    return True if last in _HIGHER else False if last in _LOWER else None


def falls(metric: str, before: float, after: float | None, tolerance: Tolerance) -> bool:
    """Whether ``after`` is worse than ``before`` by more than is borne; no longer measured is worse."""
    if after is None:
        return True
    loss = before - after if higher_is_better(metric) else after - before
    return loss > tolerance.allowed(before) + _ROUNDING


def tolerance_for(metric: str, tolerances: Mapping[str, Tolerance]) -> Tolerance | None:
    """The metric's own tolerance, else that of its family (``variants.*.errors``, ``intents.*.f1``)."""
    first, _, rest = metric.partition(".")
    family = f"{first}.*.{rest.partition('.')[2]}"
    return tolerances.get(metric) or tolerances.get(family)


def read_tolerances(content: bytes) -> dict[str, Tolerance]:
    """Tolerances by metric or family: ``{"intents.*.f1": {"absolute": 0.05, "rows": 20}}``.

    Raises ``msgspec.ValidationError`` for a malformed file and ``ValueError`` for a metric that does not
    exist, has no better direction, or for a negative bound.
    """
    tolerances = msgspec.json.decode(content, type=dict[str, Tolerance])
    for metric, tolerance in tolerances.items():
        if not _known(metric):
            raise ValueError(f"no such metric: {metric}")
        if higher_is_better(metric) is None:
            raise ValueError(f"neither more nor less of {metric} is better")
        if min(tolerance.absolute, tolerance.relative, tolerance.rows) < 0:
            raise ValueError(f"{metric} has a negative bound")
    return tolerances


def _known(metric: str) -> bool:
    parts = metric.split(".")
    if parts[0] == "intents":
        return len(parts) == 3 and parts[2] == "f1" and parts[1] in {"*", *(kind.value for kind in Intent)}
    if parts[:2] == ["variants", "*"]:
        return exists(".".join(["variants", next(iter(VARIANTS)), *parts[2:]]))
    return exists(metric)
