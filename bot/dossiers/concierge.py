"""Who answers a message: a flow of the dossier that claims it, or the assistant. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.guides import DANGER
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, act, phrase
from bot.answers.remarks import remarks
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile
from bot.dossiers.flow import Flow, Told
from bot.dossiers.guide import Guide
from bot.dossiers.orders import NAME

PATIENCE = 2
"""So many questions in between the guide comes back to its own after; then it waits to be called."""
_ENOUGH = frozenset({Outcome.SAFETY, Outcome.HANDED_OFF, Outcome.COURTESY, Outcome.ASKED_BACK, Outcome.ERROR})
_OFFERS = frozenset({Intent.ASK_PROCEDURE, Intent.ASK_DOCUMENTS})


@dataclass(frozen=True)
class Spoken:
    """The reply to one message and the case file after it."""

    reply: Reply
    file: CaseFile


class Concierge:
    """Answers messages. ``flows``: besides the guide, asked in this order."""

    def __init__(self, assistant: Assistant, guide: Guide, flows: Sequence[Flow] = ()) -> None:
        self._assistant, self._guide = assistant, guide
        self._flows: tuple[Flow, ...] = (*flows, guide)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue answers come from."""
        return self._assistant.catalogue

    def respond(self, turn: Turn, context: Context, file: CaseFile) -> Spoken:
        """Danger goes before everything; then whoever asked last, then the other flows."""
        if turn.pressed is None and turn.intent in DANGER:
            return Spoken(self._assistant.respond(turn, context), file)
        for flow in sorted(self._flows, key=lambda flow: not _asked_last(flow, file)):
            if flow.claims(turn, file):
                told = flow.respond(turn, file, context)
                return self._told(turn, told)
        return self._between(turn, context, file)

    @staticmethod
    def _told(turn: Turn, told: Told) -> Spoken:
        answers = (*told.answers, *remarks(turn, told.intent))
        return Spoken(Reply(answers, told.context, told.intent), told.file)

    def _between(self, turn: Turn, context: Context, file: CaseFile) -> Spoken:
        """A question the assistant answers; the guide's open question is asked again after it."""
        reply = self._assistant.respond(turn, context)
        waiting = file.waiting
        if waiting is None or waiting.flow != NAME:
            return Spoken(_offering(reply, turn), file)
        if reply.outcome in _ENOUGH:
            return Spoken(reply, file)
        if waiting.strayed >= PATIENCE:
            kept = Answer(Outcome.COURTESY, (phrase("utter_guide_still_kept"),))
            return Spoken(replace(reply, answers=(*reply.answers, kept)), file.asking(None))
        again = self._guide.again(turn, file, reply.context)
        if again is None:
            return Spoken(reply, file)
        # The procedure being prepared stays the one that is spoken of.
        draft = file.current
        kept_context = msgspec.structs.replace(
            reply.context, procedure=draft.procedure if draft else reply.context.procedure
        )
        strayed = msgspec.structs.replace(waiting, strayed=waiting.strayed + 1)
        return Spoken(
            replace(reply, answers=(*reply.answers, again), context=kept_context), file.asking(strayed)
        )


def _asked_last(flow: Flow, file: CaseFile) -> bool:
    return file.waiting is not None and file.waiting.flow == flow.name


def _offering(reply: Reply, turn: Turn) -> Reply:
    """The same reply with a button that begins the dossier, below an answer on what it takes."""
    code = reply.procedure_code
    wanted = reply.intent in _OFFERS and reply.outcome is Outcome.ANSWERED and turn.as_of is None
    if code is None or not wanted:
        return reply
    begin = act(phrase("utter_guide_button_begin"), f"guide:start:{code}")
    answers = tuple(
        replace(answer, buttons=(begin, *answer.buttons)) if answer.procedure_code == code else answer
        for answer in reply.answers
    )
    return replace(reply, answers=answers)
