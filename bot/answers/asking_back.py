"""Answers that end in a question, or in an honest "not found"."""

from collections.abc import Sequence

import msgspec

from bot.answers.contact import Contact
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Candidate, phrase
from bot.answers.resolve import worth_offering

TITLE = 60


def which(candidates: Sequence[Candidate], pending: Intent) -> Answer:
    """At most four procedures to choose from; ``pending`` is answered once one is picked."""
    shown = worth_offering(candidates)
    options = tuple(
        phrase("utter_option", number=number, name=c.name, code=c.code)
        for number, c in enumerate(shown, start=1)
    )
    buttons = tuple(
        Button(title, select(code=candidate.code, intent=pending.value))
        for title, candidate in zip(_titles([c.name for c in shown]), shown, strict=True)
    )
    return Answer(
        Outcome.ASKED_BACK,
        (phrase("utter_which_procedure", options=options),),
        buttons,
        candidates=tuple(candidates),
    )


def need_procedure() -> Answer:
    """The message asks for a fact but names nothing."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_need_procedure"),))


def not_found(contact: Contact, candidates: Sequence[Candidate] = ()) -> Answer:
    """Nothing matches well enough: say so, never guess."""
    return Answer(
        Outcome.NO_DATA,
        (phrase("utter_not_found", contact=contact.line()),),
        candidates=tuple(candidates),
    )


def unknown_code(code: str) -> Answer:
    """A procedure code that the catalogue does not hold."""
    return Answer(Outcome.NO_DATA, (phrase("utter_unknown_code", code=code),))


def unreadable() -> Answer:
    """No word in the message."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_unreadable"),))


def gone() -> Answer:
    """A button or number that stands for nothing any more."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_option_gone"),))


def select(**values: object) -> str:
    """Payload of a button that picks something."""
    return "/select_option" + msgspec.json.encode(values).decode()


def _titles(names: Sequence[str]) -> list[str]:
    """Names cut to fit; those that look the same then have their number in the list before them."""
    cut = [_cut(name, TITLE) for name in names]
    numbers = [f"{number}. " for number in range(1, len(names) + 1)]
    return [
        title if cut.count(title) == 1 else number + _cut(name, TITLE - len(number))
        for title, number, name in zip(cut, numbers, names, strict=True)
    ]


def _cut(name: str, length: int) -> str:
    return name if len(name) <= length else name[: length - 1].rsplit(" ", 1)[0] + "…"
