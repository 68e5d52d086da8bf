"""The card of a model: what it was made of, how it did, and whether it may be released. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.evaluation.gates import Verdict
from bot.evaluation.intents import confusions, scores
from bot.evaluation.runner import Evaluation


def card(
    model: str,
    made: datetime,
    evaluation: Evaluation,
    verdicts: Sequence[Verdict],
    fingerprints: Mapping[str, str],
    search: Mapping[str, Any],
) -> dict[str, Any]:
    """The JSON object beside a model.

    ``fingerprints``: digest of each kind of data by name; ``search``: the ranking weights and thresholds
    it was measured with. ``released`` is true when every gate is kept.
    """
    return {
        "model": model,
        "made": made.isoformat(timespec="seconds"),
        "released": all(verdict.kept for verdict in verdicts),
        "fell": [
            {"metric": v.metric, "value": v.value, "limit": str(v.limit)} for v in verdicts if not v.kept
        ],
        "data": dict(fingerprints),
        "search": dict(search),
        "metrics": evaluation.report(),
        "intents": scores(evaluation.as_written),
        "confusions": [
            {"meant": meant, "taken_for": taken, "n": n}
            for meant, taken, n in confusions(evaluation.as_written)
        ],
    }
