"""Carries out what the citizen pressed or said about a draft. Pure."""

import dataclasses
from collections.abc import Callable

from msgspec.structs import replace

from bot.answers import asking_back
from bot.answers.about.lines import heading, inline
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Phrase, act, phrase
from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.dossiers import closing, moves, starting
from bot.dossiers.branching import option_of, question_of
from bot.dossiers.casefile import OPEN, Draft
from bot.dossiers.checks import Check, CheckAnswer
from bot.dossiers.flow import Told
from bot.dossiers.hearing import Heard, Sense
from bot.dossiers.orders import Order, Verb
from bot.dossiers.page import Page
from bot.dossiers.step import step_of


def carry_out(page: Page, order: Order) -> Told:
    """A button of a draft. One whose draft or subject is gone says so."""
    if order.verb is Verb.LIST:
        return starting.resume(page)
    draft = page.file.draft(order.subject)
    procedure = page.procedure(draft) if draft else None
    if draft is None or procedure is None:
        return page.told(asking_back.gone())
    if order.verb in _CLOSING:
        return _CLOSING[order.verb](page, draft, order.argument)
    if draft.phase not in OPEN:
        return closing.closed(page, draft)
    moved, before = _moved(procedure, draft, order, page)
    return page.go_on(moved, *before) if moved else page.told(asking_back.gone())


def hear_out(page: Page, heard: Heard) -> Told:
    """Numbers of papers, or a dossier code."""
    draft = page.file.draft(page.file.waiting.subject if page.file.waiting else None)
    procedure = page.procedure(draft) if draft else None
    assert draft is not None and procedure is not None
    if heard.sense is Sense.HAVE:
        return page.go_on(moves.have(procedure, draft, heard.numbers))
    if heard.sense is Sense.LACK:
        return page.go_on(moves.lack(procedure, draft, heard.numbers))
    return closing.handed_in(page, draft, heard.code)


def live_in(page: Page, unit: str) -> Told:
    """The citizen's commune of today."""
    draft = page.file.current
    if draft is None or unit not in page.catalogue.current_units:
        return page.told(asking_back.gone())
    moved = moves.live_in(draft, unit)
    name = page.catalogue.current_units[unit].name
    context = replace(page.context, unit=unit)
    here = dataclasses.replace(page, context=context)
    return here.go_on(moved, phrase("utter_guide_unit_noted", unit=name))


def _moved(
    procedure: Procedure, draft: Draft, order: Order, page: Page
) -> tuple[Draft | None, tuple[Phrase, ...]]:
    """The draft after the order, and what to say of it first; no draft when the order makes no sense."""
    if order.verb is Verb.ANSWER:
        return _answered(procedure, draft, order.argument)
    if order.verb is Verb.PAPER:
        known = {item.id for item in step_of(procedure, draft, page.turn.today).checklist.to_bring}
        there = order.rest[1:] == ("yes",)
        return (moves.tick(draft, order.argument, there), ()) if order.argument in known else (None, ())
    if order.verb is Verb.WAY:
        return (moves.go_by(draft, Channel(order.argument)), ()) if order.argument in _WAYS else (None, ())
    if order.verb is Verb.CHECK:
        return _checked(draft, order)
    if order.verb is Verb.CHANGE:
        question = question_of(procedure, order.argument)
        kept = tuple(given for given in draft.answers if given.question != order.argument)
        return (replace(draft, answers=kept, listed=()), ()) if question else (None, ())
    simple: dict[Verb, Callable[[], Draft]] = {
        Verb.HAVE: lambda: (
            moves.walk(draft) if order.argument == "walk" else moves.have_all(procedure, draft)
        ),
        Verb.BACK: lambda: moves.step_back(procedure, draft, page.turn.today),
        Verb.CHANGE_WAY: lambda: moves.choose_way_again(draft),
        Verb.RECHECK: lambda: moves.check_again(draft),
    }
    return (simple[order.verb](), ()) if order.verb in simple else (None, ())


def _answered(procedure: Procedure, draft: Draft, argument: str) -> tuple[Draft | None, tuple[Phrase, ...]]:
    question_id, _, option_id = argument.partition("=")
    question = question_of(procedure, question_id)
    option = option_of(question, option_id) if question else None
    if question is None or option is None:
        return None, ()
    note = (phrase("utter_guide_note", note=inline(option.note)),) if option.note else ()
    return moves.answer(procedure, draft, question.id, option.id), note


def _checked(draft: Draft, order: Order) -> tuple[Draft | None, tuple[Phrase, ...]]:
    said = order.rest[1] if len(order.rest) > 1 else ""
    if order.argument not in _CHECKS or said not in _SAID:
        return None, ()
    return moves.reply_to(draft, Check(order.argument), CheckAnswer(said)), ()


_WAYS = frozenset(way.value for way in Channel)
_CHECKS = frozenset(check.value for check in Check)
_SAID = frozenset(said.value for said in CheckAnswer)


def _resume(page: Page, draft: Draft, _argument: str) -> Told:
    return starting.resume_one(page, draft) if draft.phase in OPEN else closing.closed(page, draft)


def _review(page: Page, draft: Draft, _argument: str) -> Told:
    """What was answered, each with a button to change it."""
    procedure = page.procedure(draft)
    assert procedure is not None
    lines, buttons = [], []
    for given in draft.answers:
        question = question_of(procedure, given.question)
        option = option_of(question, given.option) if question else None
        if question and option and option.label:
            lines.append(
                phrase("utter_guide_review_line", question=inline(question.ask), answer=inline(option.label))
            )
            title = phrase("utter_guide_button_change", answer=inline(option.label))
            buttons.append(act(title, f"guide:change:{draft.id}:{question.id}"))
    go_on = act(phrase("utter_guide_button_resume"), f"guide:resume:{draft.id}")
    if not lines:
        return page.told(page.say("utter_guide_review_none", go_on))
    head = phrase("utter_guide_review", name=heading(procedure))
    answer = Answer(Outcome.GUIDED, (head, *lines), (go_on, *buttons))
    return page.told(answer, intent=Intent.RESUME_DOSSIER)


_CLOSING: dict[Verb, Callable[[Page, Draft, str], Told]] = {
    Verb.RESUME: _resume,
    Verb.REVIEW: _review,
    Verb.LATER: closing.later,
    Verb.CANCEL: closing.ask_to_cancel,
    Verb.CANCEL_YES: closing.cancelled,
    Verb.WHY: closing.why,
    Verb.SENT: closing.sent,
    Verb.NO_CODE: closing.no_code,
    Verb.DOWN: closing.down,
}
