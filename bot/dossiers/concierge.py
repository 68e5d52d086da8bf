"""Who answers a message: a flow of the dossier that claims it, or the assistant. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

import msgspec

from bot.answers.about.lines import heading
from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.guides import DANGER
from bot.answers.intent import Intent
from bot.answers.ordinal import only_a_pick, picked
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, act, phrase
from bot.answers.remarks import remarks
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import OPEN, CaseFile
from bot.dossiers.flow import Epilogue, Flow, Told
from bot.dossiers.guide import Guide
from bot.dossiers.orders import NAME
from bot.dossiers.starting import WHICH
from bot.text import analyse

PATIENCE = 2
"""So many questions in between the guide comes back to its own after; then it waits to be called."""
CERTAIN_DANGER = 0.6
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
        if self._in_danger(turn, file):
            return Spoken(self._assistant.respond(turn, context), file)
        if _picks_from_a_list(turn, context, file):
            return self._between(turn, context, file)
        for flow in sorted(self._flows, key=lambda flow: not _asked_last(flow, file)):
            if flow.claims(turn, file):
                told = flow.respond(turn, file, context)
                return self._told(turn, told if flow is self._guide else self._back(turn, told), context)
        return self._between(turn, context, file)

    def _in_danger(self, turn: Turn, file: CaseFile) -> bool:
        """Danger gives way to an answer in the words of the open question ("có người chưa đủ tuổi"), a mere
        guess at it to whatever a flow claims, and bare digits are what was asked for.
        """
        if turn.pressed is not None or turn.intent not in DANGER:
            return False
        if not any(letter.isalpha() for letter in turn.text) and self._is_awaited(turn, file):
            return False
        certain = turn.confidence >= CERTAIN_DANGER
        if self._guide.hears(turn, file, wholly=certain):
            return False
        return certain or not any(flow.claims(turn, file) for flow in self._flows if flow is not self._guide)

    def _is_awaited(self, turn: Turn, file: CaseFile) -> bool:
        return any(_asked_last(flow, file) and flow.claims(turn, file) for flow in self._flows)

    def _back(self, turn: Turn, told: Told) -> Told:
        """The guide's question is open again once another flow waits for nothing, and is said again unless
        the flow offers something itself.
        """
        if told.file.waiting is not None:
            return told
        file = self._guide.reopened(turn, told.file, told.context)
        again = self._guide.again(turn, file, told.context) if file.waiting else None
        offers = any(answer.buttons for answer in told.answers)
        answers = (*told.answers, again) if again and not offers else told.answers
        return replace(told, answers=answers, file=file)

    @staticmethod
    def _told(turn: Turn, told: Told, before: Context) -> Spoken:
        answers = (*told.answers, *remarks(turn, told.intent))
        context = told.context
        if context.options == before.options:
            # A number from now on is meant for the flow, not for a list of the assistant further up.
            context = msgspec.structs.replace(context, options=(), pending=None)
        return Spoken(Reply(answers, context, told.intent), told.file)

    def _between(self, turn: Turn, context: Context, file: CaseFile) -> Spoken:
        """A question the assistant answers; the guide's open question is asked again after it."""
        reply = self._assistant.respond(turn, context)
        waiting = file.waiting
        if waiting is not None and waiting.flow == NAME and waiting.topic == WHICH:
            # Its numbers would be taken for those of whatever list comes next.
            waiting, file = None, file.asking(None)
        if waiting is None or waiting.flow != NAME:
            return self._epilogue(turn, self._welcoming(_offering(reply, turn), file), file)
        if reply.outcome in _ENOUGH:
            return Spoken(reply, file)
        if waiting.strayed >= PATIENCE:
            kept = Answer(Outcome.COURTESY, (phrase("utter_guide_still_kept"),))
            reply = _offering(reply, turn)
            return Spoken(replace(reply, answers=(*reply.answers, kept)), file.asking(None))
        again = self._guide.again(turn, file, reply.context)
        if again is None:
            return Spoken(reply, file)
        # The procedure being prepared stays the one that is spoken of, and its question the last one asked.
        draft = file.current
        procedure = draft.procedure if draft else reply.context.procedure
        kept_context = msgspec.structs.replace(reply.context, procedure=procedure, options=(), pending=None)
        again = replace(again, buttons=(*again.buttons, *_another(reply, turn, procedure, self.catalogue)))
        strayed = msgspec.structs.replace(waiting, strayed=waiting.strayed + 1)
        return Spoken(
            replace(reply, answers=(*reply.answers, again), context=kept_context), file.asking(strayed)
        )

    def _epilogue(self, turn: Turn, reply: Reply, file: CaseFile) -> Spoken:
        for flow in self._flows:
            if _adds(flow):
                reply, file = flow.added(turn, reply, file)
        return Spoken(reply, file)

    def _welcoming(self, reply: Reply, file: CaseFile) -> Reply:
        """A greeting reminds of the dossier that rests: most of those never handed in were forgotten."""
        resting = next((draft for draft in reversed(file.drafts) if draft.phase in OPEN), None)
        procedure = self.catalogue.procedures.get(resting.procedure) if resting else None
        if reply.intent is not Intent.GREET or resting is None or procedure is None:
            return reply
        resume = act(phrase("utter_guide_button_resume"), f"guide:resume:{resting.id}")
        rests = Answer(Outcome.COURTESY, (phrase("utter_guide_rests", name=heading(procedure)),), (resume,))
        return replace(reply, answers=(*reply.answers, rests))


def _adds(flow: object) -> TypeGuard[Epilogue]:
    # Looking a protocol up anew for each flow of each turn takes longer than most answers.
    return hasattr(flow, Epilogue.added.__name__)


def _asked_last(flow: Flow, file: CaseFile) -> bool:
    return file.waiting is not None and file.waiting.flow == flow.name


def _picks_from_a_list(turn: Turn, context: Context, file: CaseFile) -> bool:
    """Whether a number picks from what the assistant offered after the guide had asked."""
    if turn.pressed is not None or not context.options:
        return False
    folded = analyse(turn.text).folded
    asked = file.waiting is not None and file.waiting.flow == NAME
    return asked and only_a_pick(folded) and picked(folded, len(context.options)) is not None


def _begun_by(reply: Reply, turn: Turn) -> str | None:
    """The procedure whose dossier can be begun after an answer on what it takes."""
    wanted = reply.intent in _OFFERS and reply.outcome is Outcome.ANSWERED and turn.as_of is None
    return reply.procedure_code if wanted else None


def _another(reply: Reply, turn: Turn, prepared: str | None, catalogue: Catalogue) -> tuple[Button, ...]:
    """A button that begins another dossier than the one being prepared."""
    code = _begun_by(reply, turn)
    if code is None or code == prepared or code not in catalogue.procedures:
        return ()
    title = phrase("utter_guide_button_another", name=heading(catalogue.procedures[code]))
    return (act(title, f"guide:start:{code}"),)


def _offering(reply: Reply, turn: Turn) -> Reply:
    """The same reply with a button that begins the dossier, below an answer on what it takes."""
    code = _begun_by(reply, turn)
    if code is None:
        return reply
    begin = act(phrase("utter_guide_button_begin"), f"guide:start:{code}")
    answers = tuple(
        replace(answer, buttons=(begin, *answer.buttons)) if answer.procedure_code == code else answer
        for answer in reply.answers
    )
    return replace(reply, answers=answers)
