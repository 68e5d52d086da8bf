"""The card of a model: what it was made of, how it did, and whether it may be released. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.evaluation.calibration import Bin, reliability, samples_of
from bot.evaluation.gates import Verdict
from bot.evaluation.intents import confusions, scores
from bot.evaluation.runner import Evaluation


@dataclass(frozen=True)
class Origin:
    """What a model and its measurement came from.

    ``fingerprints``: digest of each kind of data by name. ``search``: the ranking weights and thresholds it
    was measured with. ``machine``: of the measurement. ``sizes``: ``model_bytes``, ``procedures``,
    ``questions``. ``training_seconds``: None where not known. ``commit``: None outside a repository;
    ``uncommitted``: whether files differed from it.
    """

    fingerprints: Mapping[str, str]
    search: Mapping[str, Any]
    machine: Mapping[str, Any]
    sizes: Mapping[str, int]
    training_seconds: float | None
    commit: str | None
    uncommitted: bool


def card(
    model: str,
    made: datetime,
    evaluation: Evaluation,
    verdicts: Sequence[Verdict],
    origin: Origin,
    dialogues: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The JSON object beside a model. ``released`` is true when every gate is kept; ``dialogues``: the
    figures of whole conversations.
    """
    return {
        "model": model,
        "made": made.isoformat(timespec="seconds"),
        "released": all(verdict.kept for verdict in verdicts),
        "fell": [
            {"metric": v.metric, "value": v.value, "limit": str(v.limit)} for v in verdicts if not v.kept
        ],
        "commit": origin.commit,
        "uncommitted": origin.uncommitted,
        "training_seconds": origin.training_seconds,
        "sizes": dict(origin.sizes),
        "machine": dict(origin.machine),
        "data": dict(origin.fingerprints),
        "search": dict(origin.search),
        "metrics": {**evaluation.report(), **({"dialogues": dict(dialogues)} if dialogues else {})},
        "intents": scores(evaluation.as_written),
        "confusions": [
            {"meant": meant, "taken_for": taken, "n": n}
            for meant, taken, n in confusions(evaluation.as_written)
        ],
        "calibration": [_row(found) for found in reliability(samples_of(evaluation.as_written))],
    }


def against(card: Mapping[str, Any], other: str, worse: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The card after a comparison with the model ``other``; with anything in ``worse`` it is not released."""
    return {
        **card,
        "released": bool(card["released"]) and not worse,
        "compared": {"model": other, "worse": [dict(row) for row in worse]},
    }


def _row(found: Bin) -> dict[str, float | int]:
    return {
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "stated": round(found.stated, 4),
        "right": round(found.right, 4),
    }
