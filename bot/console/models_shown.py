"""Cards, comparisons and reports of models as rows of tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.intent import Intent
from bot.console.wording import key_of
from bot.evaluation.comparing import Difference
from bot.evaluation.dialogues.table import DIALOGUE_TITLES
from bot.evaluation.table import TITLES, behind
from bot.evaluation.titles import title_of, value

MAIN = ("procedure_top1", "intent_accuracy", "answered_wrong")
"""The figures of a model in the list."""
_CONFUSIONS = 15
_SCORES = ("precision", "recall", "f1")
_FAMILIES = {"variants": "models_by_variant", "intents": "models_by_intent"}
_VARIANTS = {
    "unaccented": "models_variant_unaccented",
    "half_accented": "models_variant_half_accented",
    "telex": "models_variant_telex",
    "vni": "models_variant_vni",
    "doubled_letter": "models_variant_doubled_letter",
    "neighbour_key": "models_variant_neighbour_key",
    "dropped_letter": "models_variant_dropped_letter",
    "teen_code": "models_variant_teen_code",
    "ln_swap": "models_variant_ln_swap",
    "sx_swap": "models_variant_sx_swap",
    "nfd": "models_variant_nfd",
    "upper": "models_variant_upper",
}
_INTENTS = frozenset(kind.value for kind in Intent)
Say = Callable[..., str]


@dataclass(frozen=True)
class Line:
    """A difference. ``better``: None where neither is; ``fell``: worse than is borne."""

    title: str
    before: str
    after: str
    change: str
    better: bool | None
    fell: bool


@dataclass(frozen=True)
class Group:
    """Differences of one family; those worse than is borne come first."""

    title: str
    lines: Sequence[Line]

    @property
    def fell(self) -> int:
        """How many are worse than is borne."""
        return sum(line.fell for line in self.lines)


@dataclass(frozen=True)
class Gate:
    """A figure and its limit."""

    title: str
    value: str
    limit: str
    kept: bool


@dataclass(frozen=True)
class Figures:
    """A heading and rows of cells under ``head``."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def title(say: Say, metric: str) -> str:
    """The name of any metric of cards, gates and reports."""
    family, _, rest = metric.partition(".")
    of, _, figure = rest.partition(".")
    if family == "dialogues":
        return say("models_of", of=say("models_dialogues"), title=DIALOGUE_TITLES.get(rest) or title_of(rest))
    if family == "variants":
        return say("models_of", of=variant(say, of), title=title_of(figure))
    if family == "intents":
        return say("models_of", of=kind(say, of), title=figure.upper())
    return title_of(metric)


def variant(say: Say, name: str) -> str:
    """A way of writing; of older cards maybe one that is no more."""
    return say(_VARIANTS[name]) if name in _VARIANTS else name


def kind(say: Say, intent: str) -> str:
    """A kind of question; of older cards maybe one that is no more."""
    return say(key_of(Intent(intent))) if intent in _INTENTS else intent


def main_figures(card: Mapping[str, Any] | None) -> list[str]:
    """In the order of ``MAIN``; dashes before anything was measured."""
    return [value(metric, card["metrics"].get(metric) if card else None) for metric in MAIN]


def compared(say: Say, differences: Iterable[Difference]) -> list[Group]:
    """By family; empty ones are left out."""
    groups: dict[str, list[Line]] = {"models_figures": [], **{key: [] for key in _FAMILIES.values()}}
    for found in differences:
        groups[_FAMILIES.get(found.metric.partition(".")[0], "models_figures")].append(_line(say, found))
    return [
        Group(say(key), sorted(lines, key=lambda line: not line.fell))
        for key, lines in groups.items()
        if lines
    ]


def gates(say: Say, verdicts: Iterable[Mapping[str, Any]]) -> list[Gate]:
    """Of a run's report; what was not kept comes first."""
    found = [
        Gate(title(say, v["metric"]), value(v["metric"], v["value"]), _limit(v), v["kept"]) for v in verdicts
    ]
    return sorted(found, key=lambda gate: gate.kept)


def fallen(say: Say, card: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Why a card is not released: figure, value and what was allowed or there before."""
    rows = [(title(say, f["metric"]), value(f["metric"], f["value"]), f["limit"]) for f in card["fell"]]
    rows += [
        (
            title(say, found["metric"]),
            value(found["metric"], found["value"]),
            say("models_before_was", value=value(found["metric"], found["before"])),
        )
        for found in card.get("compared", {}).get("worse", [])
    ]
    return rows


def card_tables(say: Say, card: Mapping[str, Any]) -> list[Figures]:
    """The parts of a card; cards of older releases lack some."""
    metrics = card["metrics"]
    names = [name for name in TITLES if name in metrics]
    tables = [
        Figures(
            say("models_figures"),
            (say("models_figure"), say("models_value"), say("models_counted")),
            [(TITLES[name], value(name, metrics[name]), behind(metrics, name)) for name in names],
        ),
        Figures(
            say("models_by_variant"),
            (say("models_variant"), *(TITLES[name] for name in MAIN)),
            [
                (variant(say, written), *(value(name, figures.get(name)) for name in MAIN))
                for written, figures in metrics.get("variants", {}).items()
            ],
        ),
        Figures(
            say("models_by_intent"),
            (say("models_kind"), say("models_precision"), say("models_recall"), "F1", say("models_rows")),
            [
                (kind(say, meant), *(value("share", s[share]) for share in _SCORES), str(s["n"]))
                for meant, s in card["intents"].items()
            ],
        ),
        Figures(
            say("models_confusions"),
            (say("models_meant"), say("models_taken"), say("models_times")),
            [
                (kind(say, row["meant"]), kind(say, row["taken_for"]), str(row["n"]))
                for row in card["confusions"][:_CONFUSIONS]
            ],
        ),
    ]
    return [table for table in tables if table.rows]


def _line(say: Say, found: Difference) -> Line:
    change = found.change
    arrow = "" if not change else "↑ " if change > 0 else "↓ "
    shown = "=" if change == 0 else arrow + value(found.metric, change, signed=True)
    values = (value(found.metric, found.before), value(found.metric, found.after))
    return Line(title(say, found.metric), *values, shown, found.better, found.fell)


def _limit(verdict: Mapping[str, Any]) -> str:
    metric = verdict["metric"]
    signs = (("≥", verdict["floor"]), ("≤", verdict["ceiling"]))
    return " ".join(f"{sign} {value(metric, bound)}" for sign, bound in signs if bound is not None)
