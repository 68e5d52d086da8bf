"""Buttons pressed and options picked in words."""

from dataclasses import replace

import msgspec

from bot.answers import about_flow, asking_back, catalogue_flow
from bot.answers.context import Context
from bot.answers.guides import HELD
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.reply import Reply
from bot.answers.resolve import certain, without_places
from bot.answers.subject import named, said, unexplained
from bot.answers.turn import Pressed, Turn


def press(pressed: Pressed, turn: Turn, context: Context, knowledge: Knowledge) -> Reply:
    """What a button stands for: a page, a commune, a case, or a procedure with a kind of question."""
    if pressed.page is not None:
        if context.listing is None:
            return Reply((asking_back.gone(),), context, Intent.SELECT_OPTION)
        query = msgspec.structs.replace(context.listing, page=pressed.page)
        answers, kept = catalogue_flow.page(query, context, knowledge)
        return Reply(answers, kept, Intent.LIST_PROCEDURES)
    if pressed.unit is not None:
        context = msgspec.structs.replace(context, unit=pressed.unit)
        if context.procedure is None:
            answer = catalogue_flow.unit_named(pressed.unit, knowledge)
            return Reply((answer,), context, Intent.ASK_UNIT)
    if pressed.case is not None:
        code = pressed.code or context.procedure
        context = msgspec.structs.replace(context, case=pressed.case, procedure=code)
        return choose(code, Intent.ASK_DOCUMENTS, turn, context, knowledge)
    return choose(
        pressed.code or context.procedure, pressed.intent or context.intent, turn, context, knowledge
    )


def called(turn: Turn, context: Context, knowledge: Knowledge) -> str | None:
    """The one option whose name holds all words said of it: "cái kia, bằng tốt nghiệp ấy".

    None when several do, or when search alone is certain of something that was not offered.
    """
    if len(context.options) < 2 or context.pending is None or turn.intent in HELD:
        return None
    text = without_places(turn)
    words = said(text, knowledge).subject
    known = [knowledge.catalogue.procedures.get(code) for code in context.options]
    fitting = [one.code for one in known if one and not unexplained(words, named(one))]
    if not words or len(fitting) != 1:
        return None
    found = knowledge.resolver.find(text)
    return fitting[0] if found.procedure is None or found.procedure.code in context.options else None


def choose(
    code: str | None, kind: Intent | None, turn: Turn, context: Context, knowledge: Knowledge
) -> Reply:
    """The procedure picked, with the kind of question it was offered for."""
    procedure = knowledge.catalogue.procedures.get(code or "")
    if procedure is None:
        return Reply((asking_back.gone(),), context, Intent.SELECT_OPTION)
    wanted = kind or Intent.ASK_PROCEDURE
    turn = replace(turn, as_of=turn.as_of or context.as_of)
    answers, kept = about_flow.answer(certain(procedure), (wanted,), turn, context, knowledge)
    return Reply(answers, kept, wanted)
