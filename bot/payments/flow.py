"""The flow ``pay``: what is due, where to pay it, whether the money has arrived. Pure.

Acts: ``pay:due:<draft id>``, ``pay:start:<dossier code>`` (the platform, or a transfer where there is none),
``pay:transfer:<dossier code>``, ``pay:state:<reference>``. An act may be typed by anybody: what a dossier
owes is told only as far as ``Dues`` allows.
"""

from dataclasses import dataclass
from enum import Enum

from bot.answers.about import reply
from bot.answers.asked import Asked
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer
from bot.answers.turn import Turn
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Waiting
from bot.dossiers.flow import Told
from bot.payments import sayings
from bot.payments.bill import Dues, Order, Standing, Till
from bot.payments.due import due, lines
from bot.payments.sayings import NAME
from bot.payments.states import OPEN, Way
from bot.payments.words import Word, Words

STATE = "state"
"""``Waiting.topic`` while a payment, whose reference is the subject, may be under way."""
LONGEST_CODE = 40


class Verb(str, Enum):
    """Acts of this flow."""

    DUE = "due"
    START = "start"
    TRANSFER = "transfer"
    STATE = "state"


@dataclass(frozen=True)
class PayFlow:
    """See ``bot.dossiers.flow.Flow``. ``catalogue``: where procedures of drafts are found."""

    catalogue: Catalogue
    dues: Dues
    till: Till
    words: Words

    @property
    def name(self) -> str:
        """See ``Flow``."""
        return NAME

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """Its buttons; words about a payment that is open; the wish to pay for a dossier with its code."""
        if turn.pressed is not None:
            return _act(turn) is not None
        word = self._word(turn)
        if word is Word.PAY:
            return bool(turn.mentioned("dossier")) or self._waits(file)
        return word is not None and self._waits(file)

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        order = _act(turn)
        if order is not None:
            verb, subject = order
            if verb is Verb.DUE:
                return self._due(subject, turn, file, context)
            if verb is Verb.STATE:
                return self._state(subject, file, context)
            return self._start(subject, verb, turn, file, context)
        codes = turn.mentioned("dossier")
        word = self._word(turn)
        if word is Word.PAY and codes:
            return self._start(codes[0], Verb.START, turn, file, context)
        if word is Word.LATER:
            return _told(sayings.later_answer(), file.asking(None), context)
        reference = file.waiting.subject if file.waiting is not None else ""
        return self._state(reference, file, context, sent=word is Word.PAID)

    def _due(self, draft_id: str, turn: Turn, file: CaseFile, context: Context) -> Told:
        """What the procedure of a draft costs by the channel that was chosen."""
        draft = file.draft(draft_id)
        procedure = self.catalogue.procedures.get(draft.procedure) if draft else None
        if draft is None or procedure is None:
            return _told(sayings.gone_answer(), file, context)
        asked = Asked(intent=Intent.ASK_FEE, text="", today=turn.today, as_of=turn.today)
        found = due(procedure, draft.way, turn.today)
        outcome = Outcome.ANSWERED if found.has_data else Outcome.NO_DATA
        return _told(reply.dated(procedure, asked, lines(found), outcome=outcome), file, context)

    def _start(self, code: str, verb: Verb, turn: Turn, file: CaseFile, context: Context) -> Told:
        """Where to pay what a dossier owes."""
        if not 0 < len(code) <= LONGEST_CODE:
            return _told(sayings.gone_answer(), file, context)
        owed = self.dues.of(code, turn.conversation_id)
        if owed.standing is not Standing.OWED:
            return _told(sayings.standing_answer(code, owed), file, context)
        draft = next((draft.id for draft in file.drafts if draft.dossier == code), None)
        order = Order(code, owed, turn.conversation_id, draft)
        ways = self.till.ways
        way = Way.TRANSFER if verb is Verb.TRANSFER or Way.PLATFORM not in ways else Way.PLATFORM
        if way not in ways:
            return _told(sayings.counter_answer(order), file, context)
        bill = self.till.start(order, way)
        if bill is None:
            return _told(sayings.down_answer(order), file, context)
        if bill.state in OPEN:
            file = file.asking(Waiting(NAME, STATE, bill.reference))
        return _told(sayings.bill_answer(bill, ways), file, context)

    def _state(self, reference: str, file: CaseFile, context: Context, sent: bool = True) -> Told:
        """Whether the money has arrived; ``sent``: the citizen says or thinks so."""
        bill = self.till.check(reference)
        if bill is None:
            return _told(sayings.gone_answer(), file, context)
        if bill.state not in OPEN:
            return _told(sayings.bill_answer(bill, self.till.ways), self._closed(file, reference), context)
        file = file.asking(Waiting(NAME, STATE, reference))
        answer = sayings.waiting_answer(bill) if sent else sayings.bill_answer(bill, self.till.ways)
        return _told(answer, file, context)

    @staticmethod
    def _closed(file: CaseFile, reference: str) -> CaseFile:
        ours = file.waiting is not None and file.waiting.flow == NAME and file.waiting.subject == reference
        return file.asking(None) if ours else file

    def _word(self, turn: Turn) -> Word | None:
        """What the message means without the codes in it."""
        text = turn.text
        for mention in sorted(turn.mentions, key=lambda one: -one.start):
            if mention.kind == "dossier":
                text = f"{text[: mention.start]} {text[mention.end :]}"
        return self.words.meaning(text)

    @staticmethod
    def _waits(file: CaseFile) -> bool:
        return file.waiting is not None and file.waiting.flow == NAME


def _act(turn: Turn) -> tuple[Verb, str] | None:
    """``pay:<verb>:<subject>`` of a pressed button; None for anything else."""
    parts = ((turn.pressed.act if turn.pressed else None) or "").split(":", 2)
    if len(parts) != 3 or parts[0] != NAME or not parts[2]:
        return None
    return (Verb(parts[1]), parts[2]) if parts[1] in {verb.value for verb in Verb} else None


def _told(answer: Answer, file: CaseFile, context: Context) -> Told:
    return Told((answer,), file, context, Intent.ASK_FEE)
