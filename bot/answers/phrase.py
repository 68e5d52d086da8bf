"""Answers before they become words: response names with parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.answers.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Phrase:
    """One response of ``domain.yml`` and the values for its braces.

    A value may be text, a number, a phrase, or several phrases (set one below the other).
    """

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = str | int | Phrase | tuple[Phrase, ...]


def phrase(id: str, **values: Value) -> Phrase:
    """Shorthand: ``phrase("utter_fee_free", name="Khai sinh")``."""
    return Phrase(id, values)


@dataclass(frozen=True, slots=True)
class Button:
    """A reply offered to the citizen; ``payload`` is what comes back when pressed, or ``url`` is opened."""

    title: Value
    payload: str = ""
    url: str = ""


def act(title: Value, action: str) -> Button:
    """A button of a flow; ``action``: ``<flow>:<verb>[:<argument>]``, at most 96 characters."""
    return Button(title, f'/select_option{{"act":"{action}"}}')


@dataclass(frozen=True, slots=True)
class SourceRef:
    """The record an answer stands on."""

    code: str
    title: str
    url: str | None
    dated: date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure the question may be about; ``score`` is a probability in 0–1."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question gets: outcome, phrases in order, buttons and the sources used.

    ``checklist``: the papers of ``phrases`` once more, one by one, for channels that can tick them off;
    ``beside``: what is left to say there. Both are empty, or neither is.
    """

    outcome: Outcome
    phrases: tuple[Phrase, ...]
    buttons: tuple[Button, ...] = ()
    procedure_code: str | None = None
    candidates: tuple[Candidate, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    checklist: tuple[Value, ...] = ()
    beside: tuple[Phrase, ...] = ()
