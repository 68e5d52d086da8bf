"""Two models side by side for a terminal. Pure."""

from collections.abc import Sequence

from bot.evaluation.comparing import Difference
from bot.evaluation.table import columns
from bot.evaluation.titles import title_of, value

_FELL = "✗ kém quá mức cho phép"


def comparison(names: tuple[str, str], differences: Sequence[Difference]) -> str:
    """Every difference with its arrow, grouped; the arrow points where the number went."""
    groups = [
        ("Chỉ số", [d for d in differences if d.metric.partition(".")[0] not in ("variants", "intents")]),
        ("Theo cách viết", [d for d in differences if d.metric.startswith("variants.")]),
        ("Theo ý định", [d for d in differences if d.metric.startswith("intents.")]),
    ]
    return "\n\n".join(
        columns([(title, *names, "chênh lệch", ""), *map(_line, found)]) for title, found in groups if found
    )


def _line(difference: Difference) -> tuple[str, str, str, str, str]:
    change = difference.change
    arrow = "" if not change else "↑ " if change > 0 else "↓ "
    metric = difference.metric
    shown = "=" if change == 0 else arrow + value(metric, change, signed=True)
    return (
        title_of(metric),
        value(metric, difference.before),
        value(metric, difference.after),
        shown,
        _judgement(difference),
    )


def _judgement(difference: Difference) -> str:
    if difference.fell:
        return _FELL
    return {True: "tốt hơn", False: "kém hơn", None: ""}[difference.better]
