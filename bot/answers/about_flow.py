"""From a question about a procedure to its answer: which procedure, which place, which time."""

from dataclasses import replace
from datetime import date

import msgspec

from bot.answers import asking_back, twins
from bot.answers.about import COMPOSERS, wanted_paper
from bot.answers.as_of import day_asked
from bot.answers.asked import Asked
from bot.answers.context import Context
from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.knowledge import Knowledge
from bot.answers.lists import units
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, phrase
from bot.answers.resolve import Band, Resolution
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.catalogue.units import Unit

Told = tuple[tuple[Answer, ...], Context]
"""Answers and the memory after them."""

_ASKS_WHERE = frozenset({Intent.ASK_PLACE, Intent.ASK_AUTHORITY})
MOST_BUTTONS = 2
"""Buttons of an answer that leave room for one more and for that of the guide."""
COMPOSED = 512
"""Answers that are remembered: some kilobytes each."""
_OLD_SCALE = ("1", "2", "3", "4")


def answer(
    resolution: Resolution, kinds: tuple[Intent, ...], turn: Turn, context: Context, knowledge: Knowledge
) -> Told:
    """One answer per kind about a certain procedure; else options, or an honest "not found"."""
    kinds = tuple(kind for kind in kinds if kind in ABOUT_A_PROCEDURE) or (Intent.ASK_PROCEDURE,)
    if resolution.band is Band.UNKNOWN_CODE:
        return (asking_back.unknown_code(turn.mentioned("procedure")[0]),), context
    if resolution.band is Band.UNSURE:
        options = tuple(candidate.code for candidate in resolution.options)
        kept = msgspec.structs.replace(context, options=options, pending=kinds[0], as_of=earlier_day(turn))
        return (*moved_note(turn, knowledge), asking_back.which(resolution.candidates, kinds[0])), kept
    if resolution.procedure is None:
        return (asking_back.not_found(knowledge.contact, resolution.candidates),), context
    same = resolution.procedure.code == context.procedure
    context = context if same else msgspec.structs.replace(context, case=None)
    unit, question = place_of(turn, context, knowledge)
    if question and not _ASKS_WHERE.isdisjoint(kinds):
        kept = msgspec.structs.replace(
            context, procedure=resolution.procedure.code, intent=kinds[0], as_of=earlier_day(turn)
        )
        return (question,), kept
    answers = tuple(
        replace(
            compose(resolution.procedure, kind, turn, context, knowledge, unit),
            candidates=resolution.candidates,
        )
        for kind in kinds
    )
    answers = _with_the_ministrys(answers, resolution.procedure, kinds[0], turn, knowledge)
    kept = msgspec.structs.replace(
        context,
        procedure=resolution.procedure.code,
        intent=kinds[0],
        options=(),
        pending=None,
        unit=unit.code if unit else context.unit,
        as_of=None,
    )
    return moved_note(turn, knowledge) + answers, kept


def _with_the_ministrys(
    answers: tuple[Answer, ...], procedure: Procedure, kind: Intent, turn: Turn, knowledge: Knowledge
) -> tuple[Answer, ...]:
    """The same service under the ministry's code is one press away, unless a code was named or pressed."""
    other = twins.beside(procedure, knowledge.catalogue)
    if other is None or turn.pressed is not None or turn.mentioned("procedure"):
        return answers
    *before, last = answers
    offer = Button(other.label, asking_back.select(code=other.code, intent=kind.value))
    return (*before, replace(last, buttons=(*last.buttons[:MOST_BUTTONS], offer)))


def compose(
    procedure: Procedure, kind: Intent, turn: Turn, context: Context, knowledge: Knowledge, unit: Unit | None
) -> Answer:
    """The composer's answer for one kind of fact."""
    asked = Asked(
        intent=kind,
        text="",
        today=turn.today,
        as_of=turn.as_of or day_asked(turn.text, turn.today),
        unit=unit,
        case_id=(turn.pressed.case if turn.pressed else None) or context.case,
        old_scale=any(level in _OLD_SCALE for level in turn.mentioned("level")),
    )
    # The words count for nothing but the papers they name: many questions get the same answer otherwise.
    composed = knowledge.memory.once(_composed, (procedure.code, asked), most=COMPOSED)
    if kind is not Intent.ASK_DOCUMENTS:
        return composed
    return wanted_paper.led_by(composed, procedure, replace(asked, text=turn.text))


def _composed(knowledge: Knowledge, about: tuple[str, Asked]) -> Answer:
    code, asked = about
    return COMPOSERS[asked.intent](knowledge.catalogue.procedures[code], asked, knowledge.catalogue.agencies)


def earlier_day(turn: Turn) -> date | None:
    """The earlier day a question is about, kept while the citizen is asked back."""
    asked = turn.as_of or day_asked(turn.text, turn.today)
    return asked if asked != turn.today else None


def place_of(turn: Turn, context: Context, knowledge: Knowledge) -> tuple[Unit | None, Answer | None]:
    """The commune of today a message is about, or the question a split old commune needs."""
    current = knowledge.catalogue.current_units
    for code in turn.mentioned("unit"):
        if code in current:
            return current[code], None
    for name in turn.mentioned("old_unit"):
        found = units.successors(name, knowledge.catalogue)
        codes = {unit.code for unit, _ in found}
        if len(codes) == 1:
            return found[0][0], None
        if found:
            return None, units.which_part(found)
    return current.get(context.unit or ""), None


def moved_note(turn: Turn, knowledge: Knowledge) -> tuple[Answer, ...]:
    """A line on what an old commune is called now, ahead of the answer."""
    for name in turn.mentioned("old_unit"):
        found = units.successors(name, knowledge.catalogue)
        if len({unit.code for unit, _ in found}) == 1:
            unit, old = found[0]
            note = phrase(
                "utter_unit_moved", old=old.name, district=old.district, unit=unit.name, basis=unit.basis
            )
            return (Answer(Outcome.ANSWERED, (note,)),)
    return ()
