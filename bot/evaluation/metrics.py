"""The figures of an evaluation, each a share of counted rows. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from bot.answers.guides import GUIDES
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dataset import Row

SAFETY_INTENTS = frozenset(kind for kind, (outcome, _) in GUIDES.items() if outcome is Outcome.SAFETY)
_ANSWERS = frozenset({Outcome.ANSWERED.value, Outcome.LISTED.value, Outcome.COUNTED.value})
_ANSWERS_PROCEDURE = frozenset({Outcome.ANSWERED.value, Outcome.GUIDED.value})
_REFUSALS = frozenset({Outcome.NO_DATA.value, Outcome.OUT_OF_SCOPE.value})


@dataclass(frozen=True)
class Judged:
    """A row and what it got, the object of ``bot ask --json``.

    ``covered``: the catalogue holds one of the row's codes.
    """

    row: Row
    reply: Mapping[str, Any]
    covered: bool

    @property
    def outcome(self) -> str:
        """Outcome of the turn."""
        return str(self.reply["outcome"])

    @property
    def missing(self) -> bool:
        """A procedure is meant that the catalogue does not hold."""
        return bool(self.row.procedure_codes) and not self.covered

    def found_within(self, places: int) -> bool:
        """Whether one of the best ``places`` candidates is any of the row's codes."""
        return any(c["code"] in self.row.procedure_codes for c in self.reply["candidates"][:places])

    @property
    def intent_right(self) -> bool:
        """Whether the kind acted on is the labelled one."""
        return self.row.intent is not None and self.reply["intent"] == self.row.intent.value

    @property
    def answered_right(self) -> bool:
        """Answered or guided about a procedure that is meant."""
        return self.outcome in _ANSWERS_PROCEDURE and self.reply["procedure_code"] in self.row.procedure_codes

    @property
    def answered_wrong(self) -> bool:
        """Answered about a procedure that is not meant, or answered what is out of scope."""
        code = self.reply["procedure_code"]
        about_another = code is not None and code not in self.row.procedure_codes
        return about_another or (not self.row.in_scope and self.outcome in _ANSWERS)

    @property
    def asked_back(self) -> bool:
        """Got a question in return."""
        return self.outcome == Outcome.ASKED_BACK.value

    @property
    def refused(self) -> bool:
        """In scope, and told that nothing is known."""
        return self.row.in_scope and self.outcome in _REFUSALS

    @property
    def caught(self) -> bool:
        """Out of scope, and met with a refusal, a safety answer, or courtesy where it was an insult."""
        if self.row.in_scope:
            return False
        polite = self.outcome == Outcome.COURTESY.value and self.row.intent is Intent.INSULT
        return polite or self.outcome in (Outcome.OUT_OF_SCOPE.value, Outcome.SAFETY.value)

    @property
    def turned_away(self) -> bool:
        """In scope, but treated as none of the assistant's business."""
        if not self.row.in_scope:
            return False
        wrongly_safe = self.outcome == Outcome.SAFETY.value and self.row.intent not in SAFETY_INTENTS
        return wrongly_safe or (
            self.outcome == Outcome.OUT_OF_SCOPE.value and self.row.intent is not Intent.SENSITIVE_TOPIC
        )


_Test = Callable[[Judged], bool]
SHARES: Mapping[str, tuple[_Test, _Test]] = {
    "procedure_top1": (lambda j: j.found_within(1), lambda j: j.covered),
    "procedure_top3": (lambda j: j.found_within(3), lambda j: j.covered),
    "intent_accuracy": (lambda j: j.intent_right, lambda j: j.row.intent is not None),
    "answered_right": (lambda j: j.answered_right, lambda j: j.covered),
    "answered_wrong": (lambda j: j.answered_wrong, lambda j: True),
    "asked_back": (lambda j: j.asked_back, lambda j: True),
    "refused": (lambda j: j.refused, lambda j: True),
    "out_of_scope_recall": (lambda j: j.caught, lambda j: not j.row.in_scope),
    "in_scope_refused": (lambda j: j.turned_away, lambda j: j.row.in_scope),
}
"""Metric -> (what is counted, among which rows)."""


def judge(row: Row, reply: Mapping[str, Any], in_catalogue: Collection[str]) -> Judged:
    """Pair a row with its reply; ``in_catalogue``: codes of the loaded catalogue."""
    return Judged(row, reply, any(code in in_catalogue for code in row.procedure_codes))


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """The figures of one run.

    Shares lie in 0–1, rounded to 4 places; ``None`` where no row counts. Over rows with a code in the
    catalogue: ``procedure_top1``, ``procedure_top3`` (a candidate counts when it is any of the row's
    codes) and ``answered_right`` (answered or guided about one of them). Over rows with an intent:
    ``intent_accuracy``, compared with the kind acted on. Over all rows: ``answered_wrong`` (an answer
    about a procedure not among the row's codes, rows without codes included, or an out-of-scope row
    answered, listed or counted), ``asked_back``, ``refused`` (in scope and told no_data or
    out_of_scope). Over out-of-scope rows: ``out_of_scope_recall`` (refused, safety answer, or courtesy
    to an insult). Over in-scope rows: ``in_scope_refused`` (told out_of_scope, or a safety answer to what
    is no safety matter). ``not_in_catalogue`` counts rows whose procedures the catalogue does not hold;
    ``errors`` the turns that failed; ``counts`` gives ``[counted, of]`` behind every share;
    ``latency_ms`` p50, p95, p99 of the turn in milliseconds (nearest rank).
    """
    counts = {
        name: [sum(1 for j in among if counted(j)), len(among)]
        for name, (counted, member) in SHARES.items()
        for among in [[j for j in judged if member(j)]]
    }
    times = sorted(float(j.reply["elapsed_ms"]) for j in judged)
    return {
        "n": len(judged),
        **{name: round(hits / of, 4) if of else None for name, (hits, of) in counts.items()},
        "not_in_catalogue": sum(1 for j in judged if j.missing),
        "errors": sum(1 for j in judged if j.outcome == Outcome.ERROR.value),
        "latency_ms": {f"p{share}": percentile(times, share) for share in (50, 95, 99)},
        "counts": counts,
    }


def percentile(ordered: Sequence[float], share: int) -> float | None:
    """Smallest value that at least ``share`` percent do not exceed; ``None`` of nothing."""
    if not ordered:
        return None
    return round(ordered[max(ceil(len(ordered) * share / 100), 1) - 1], 2)
