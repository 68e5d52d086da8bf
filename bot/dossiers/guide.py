"""The guide: takes a citizen from a wish to a complete dossier handed in. Pure.

What was said is turned into a move (``moves``) on the draft; what comes next the draft tells (``step``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.about_flow import place_of
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Answer
from bot.answers.turn import Turn
from bot.dossiers import carrying, starting
from bot.dossiers.casefile import OPEN, CaseFile
from bot.dossiers.checks import Check
from bot.dossiers.flow import Told
from bot.dossiers.hearing import Heard, Sense, hear
from bot.dossiers.meaning import meant
from bot.dossiers.orders import NAME, Order, Verb, order_of
from bot.dossiers.page import Extras, Page
from bot.dossiers.starting import WHICH
from bot.dossiers.step import Kind, step_of
from bot.dossiers.vocabulary import Vocabulary, Word

LEAST_SURE = 0.3
_SHORT_ANSWERS = frozenset({Intent.SELECT_OPTION, Intent.AFFIRM, Intent.DENY})


@dataclass(frozen=True)
class Guide:
    """The flow ``guide``. ``new_id``: 12 hexadecimal digits nobody can guess."""

    knowledge: Knowledge
    vocabulary: Vocabulary
    extras: Extras
    new_id: Callable[[], str]

    @property
    def name(self) -> str:
        """See ``Flow``."""
        return NAME

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """Its buttons, answers to its questions, and the wish to begin or to go on."""
        if turn.pressed is not None:
            return order_of(turn) is not None or self._place_pressed(turn, file)
        if self._heard(turn, file) is not None or starting.picked_one(turn, file):
            return True
        if self._misheard(turn, file):
            return True
        if self._wants_to_resume(turn):
            return any(draft.phase in OPEN for draft in file.drafts)
        return turn.intent is Intent.START_DOSSIER and turn.confidence >= LEAST_SURE

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        page = Page(self.knowledge.catalogue, self.extras, turn, file, context)
        order = order_of(turn)
        if order is not None:
            return self._carried_out(page, order)
        if turn.pressed is not None:
            return self._place(page)
        if code := starting.picked_one(turn, file):
            return starting.start(page, code, self.new_id)
        heard = self._heard(turn, file)
        if heard is not None:
            return self._answered(page, heard)
        if self._misheard(turn, file):
            return self._asked_again(page)
        if self._wants_to_resume(turn):
            return starting.resume(page)
        return starting.wish(page, self.knowledge, self.new_id)

    def again(self, turn: Turn, file: CaseFile, context: Context) -> Answer | None:
        """The open question once more, after something else was answered; None when none is open."""
        return Page(self.knowledge.catalogue, self.extras, turn, file, context).again()

    def _heard(self, turn: Turn, file: CaseFile) -> Heard | None:
        """The message as an answer to the open question; None when it is none, or nothing is open."""
        waiting = file.waiting
        if waiting is None or waiting.flow != NAME or waiting.topic == WHICH:
            return None
        draft = file.draft(waiting.subject)
        procedure = self.knowledge.catalogue.procedures.get(draft.procedure) if draft else None
        if draft is None or procedure is None:
            return None
        step = step_of(procedure, draft, turn.today)
        heard = hear(turn, step, Kind(waiting.topic), self.vocabulary)
        of_place = heard is not None and heard.sense is Sense.UNIT
        return None if of_place and step.check is not Check.UNIT else heard

    @staticmethod
    def _misheard(turn: Turn, file: CaseFile) -> bool:
        """Something short that can only be meant for the open question, but is no answer to it."""
        return file.waiting is not None and file.waiting.flow == NAME and turn.intent in _SHORT_ANSWERS

    def _asked_again(self, page: Page) -> Told:
        again = page.again()
        unclear = page.say("utter_guide_unclear")
        return page.told(*(answer for answer in (unclear, again) if answer))

    def _wants_to_resume(self, turn: Turn) -> bool:
        said = Word.RESUME in self.vocabulary.meanings(turn.text)
        return said or (turn.intent is Intent.RESUME_DOSSIER and turn.confidence >= LEAST_SURE)

    def _answered(self, page: Page, heard: Heard) -> Told:
        if heard.sense is Sense.UNIT:
            return self._place(page)
        waiting = page.file.waiting
        assert waiting is not None
        draft = page.file.draft(waiting.subject)
        procedure = page.procedure(draft) if draft else None
        if draft and procedure and heard.sense in (Sense.WORD, Sense.POSITION, Sense.OPTION):
            step = step_of(procedure, draft, page.turn.today)
            order = meant(heard, Kind(waiting.topic), draft, step)
            return self._carried_out(page, order)
        return carrying.hear_out(page, heard)

    def _carried_out(self, page: Page, order: Order) -> Told:
        if order.verb in (Verb.START, Verb.NEW):
            return starting.start(page, order.subject, self.new_id, anew=order.verb is Verb.NEW)
        return carrying.carry_out(page, order)

    def _place_pressed(self, turn: Turn, file: CaseFile) -> bool:
        waiting = file.waiting
        asked = waiting is not None and waiting.flow == NAME and waiting.topic == Kind.CHECK.value
        return asked and turn.pressed is not None and turn.pressed.unit is not None

    def _place(self, page: Page) -> Told:
        """The commune was named or pressed; an old one that was split is asked about."""
        pressed = page.turn.pressed
        if pressed is not None and pressed.unit is not None:
            return carrying.live_in(page, pressed.unit)
        unit, question = place_of(page.turn, Context(), self.knowledge)
        if question is not None:
            return page.told(question)
        if unit is None:
            return page.told(page.say("utter_guide_unit_unknown"))
        return carrying.live_in(page, unit.code)
