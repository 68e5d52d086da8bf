"""The guide: takes a citizen from a wish to a complete dossier handed in. Pure.

What was said is turned into a move (``moves``) on the draft; what comes next the draft tells (``step``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec

from bot.answers.about.lines import inline
from bot.answers.about_flow import place_of
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.turn import Turn
from bot.dossiers import carrying, starting
from bot.dossiers.casefile import OPEN, CaseFile
from bot.dossiers.dwelling import located
from bot.dossiers.flow import Told
from bot.dossiers.hearing import Heard, Sense
from bot.dossiers.meaning import meant
from bot.dossiers.orders import NAME, Order, Verb, order_of
from bot.dossiers.page import Extras, Page
from bot.dossiers.readiness import Readiness
from bot.dossiers.reading import Reading, in_words_asked_for, misheard, read
from bot.dossiers.step import Kind
from bot.dossiers.vocabulary import Vocabulary, Word, words_of

LEAST_SURE = 0.3
PATIENCE = 2
"""So often the same question is asked again before a person is named."""


@dataclass(frozen=True)
class Guide:
    """The flow ``guide``. ``new_id``: 12 hexadecimal digits nobody can guess."""

    knowledge: Knowledge
    vocabulary: Vocabulary
    readiness: Readiness
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
        if self._read(turn, file) is not None or starting.picked_one(turn, file):
            return True
        if self._wants_to_resume(turn):
            return any(draft.phase in OPEN for draft in file.drafts)
        return self._wants_to_begin(turn) or misheard(turn, file)

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        turn = located(turn, file, self.knowledge.catalogue, self.vocabulary)
        page = Page(self.knowledge.catalogue, self.readiness, self.extras, turn, file, context)
        order = order_of(turn)
        if order is not None:
            return self._carried_out(page, order)
        if turn.pressed is not None:
            return self._place(page)
        if code := starting.picked_one(turn, file):
            return starting.start(page, code, self.new_id)
        reading = self._read(turn, file)
        if reading is not None:
            return self._answered(page, reading)
        if self._wants_to_resume(turn):
            return starting.resume(page)
        if misheard(turn, file) and not self._wants_to_begin(turn):
            return self._asked_again(page)
        return starting.wish(page, self.knowledge, self.new_id)

    def again(self, turn: Turn, file: CaseFile, context: Context) -> Answer | None:
        """The open question once more, after something else was answered; None when none is open."""
        return Page(self.knowledge.catalogue, self.readiness, self.extras, turn, file, context).again()

    def reopened(self, turn: Turn, file: CaseFile, context: Context) -> CaseFile:
        """The file waiting for the guide again, after another flow has come to its end."""
        page = Page(self.knowledge.catalogue, self.readiness, self.extras, turn, file, context)
        return file.asking(page.waiting())

    def hears(self, turn: Turn, file: CaseFile, wholly: bool) -> bool:
        """Whether a message answers the open question; ``wholly``: in no other words than were asked for."""
        reading = self._read(turn, file)
        if reading is None:
            return False
        return not wholly or in_words_asked_for(turn, reading, self.vocabulary)

    def _read(self, turn: Turn, file: CaseFile) -> Reading | None:
        catalogue = self.knowledge.catalogue
        placed = located(turn, file, catalogue, self.vocabulary)
        return read(placed, file, catalogue, self.vocabulary)

    def _asked_again(self, page: Page) -> Told:
        """The question once more; whoever is not understood again is shown the way to a person."""
        waiting, again = page.file.waiting, page.again()
        assert waiting is not None
        misheard = waiting.misheard + 1
        contact = self.knowledge.contact.line()
        stuck = Answer(Outcome.GUIDED, (phrase("utter_guide_stuck", contact=contact),))
        unclear = stuck if misheard > PATIENCE else page.say("utter_guide_unclear")
        file = page.file.asking(msgspec.structs.replace(waiting, misheard=misheard))
        return page.told(*(answer for answer in (unclear, again) if answer), file=file)

    def _wants_to_resume(self, turn: Turn) -> bool:
        said = Word.RESUME in self.vocabulary.meanings(turn.text)
        return said or (turn.intent is Intent.RESUME_DOSSIER and turn.confidence >= LEAST_SURE)

    def _wants_to_begin(self, turn: Turn) -> bool:
        said = Word.BEGIN in self.vocabulary.meanings(turn.text)
        return said or (turn.intent is Intent.START_DOSSIER and turn.confidence >= LEAST_SURE)

    def _answered(self, page: Page, reading: Reading) -> Told:
        heard = reading.heard
        if heard.sense is Sense.UNCLEAR:
            return self._asked_again(page)
        if heard.sense is Sense.UNIT:
            return self._place(page)
        if heard.sense in (Sense.WORD, Sense.POSITION, Sense.OPTION):
            order = meant(heard, reading.kind, reading.draft, reading.step)
            return _echoed(self._carried_out(page, order), heard, page.turn)
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


def _echoed(told: Told, heard: Heard, turn: Turn) -> Told:
    """Say which option was understood when other words were typed: a slip is seen at once."""
    label = heard.option.label if heard.option else ""
    if not label or words_of(turn.text) == words_of(label):
        return told
    first, *others = told.answers
    echo = phrase("utter_guide_understood", answer=inline(label))
    return replace(told, answers=(replace(first, phrases=(echo, *first.phrases)), *others))
