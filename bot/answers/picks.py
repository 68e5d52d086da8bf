"""Buttons pressed and options picked in words."""

from dataclasses import replace

import msgspec

from bot.answers import about_flow, asking_back, catalogue_flow
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.reply import Reply
from bot.answers.resolve import certain
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
