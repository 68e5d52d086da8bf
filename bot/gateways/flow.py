"""The conversation about handing a prepared dossier in: at a counter or through the one-stop system. Pure."""

from collections.abc import Callable, Mapping

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.turn import Turn
from bot.answers.working_days import WorkCalendar
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Phase, Waiting
from bot.dossiers.flow import Told
from bot.gateways import after_acts, counter_acts, onestop_acts, telling
from bot.gateways.ports import Handover, Register
from bot.gateways.scene import Means, Said, Scene
from bot.gateways.telling import NAME, Addresses
from bot.gateways.words import Word, Words
from bot.text import find_date

_ACTS: Mapping[str, Callable[[Scene], Said]] = {
    counter_acts.REGISTER: counter_acts.ask_register,
    "register-yes": counter_acts.register,
    counter_acts.DAY: counter_acts.choose_day,
    onestop_acts.ONESTOP: onestop_acts.ask,
    "onestop-yes": onestop_acts.prepare,
    after_acts.WITHDRAW: after_acts.ask_withdraw,
    "withdraw-yes": after_acts.withdraw,
    after_acts.STATE: after_acts.state,
    "no": after_acts.leave,
}
_INTENTS = {
    "withdraw": Intent.WITHDRAW_DOSSIER,
    "withdraw-yes": Intent.WITHDRAW_DOSSIER,
    "state": Intent.DOSSIER_STATUS,
}
_FROM_ANYWHERE = frozenset({Word.STATE, Word.WITHDRAW, Word.REGISTER})
_LONGEST_DAY = 6
"""Words of an answer to which day; a longer message is about something else."""


class SubmitFlow:
    """A ``Flow``. ``register``, ``handover``: None where that way is closed.

    Its acts, each with a draft id: ``submit:register``, ``register-yes``, ``day`` (then ``yyyy-mm-dd``,
    ``any`` or ``ask``), ``onestop``, ``onestop-yes``, ``withdraw``, ``withdraw-yes``, ``state``, ``no``.
    """

    name = NAME

    def __init__(
        self,
        catalogue: Catalogue,
        register: Register | None,
        handover: Handover | None,
        addresses: Addresses,
        words: Words,
        calendar: WorkCalendar,
    ) -> None:
        self._means = Means(catalogue, register, handover, addresses, calendar)
        self._words = words

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """See ``Flow``."""
        return bool(self._wanted(turn, file)[0])

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        verb, id, argument = self._wanted(turn, file)
        intent = _INTENTS.get(verb, Intent.START_DOSSIER)
        draft = file.draft(id)
        procedure = self._means.catalogue.procedures.get(draft.procedure) if draft else None
        act = _ACTS.get(verb)
        if act is None or draft is None or procedure is None or draft.phase is Phase.CANCELLED:
            return Told((telling.plain("gone"),), file.asking(None), context, intent)
        if not turn.conversation_id:
            return Told((telling.plain("no_conversation"),), file.asking(None), context, intent)
        answer, file = act(Scene(self._means, turn, file, draft, procedure, context, argument))
        return Told((answer,), file, context, intent)

    def _wanted(self, turn: Turn, file: CaseFile) -> tuple[str, str, str]:
        """Verb, draft and argument; no verb for a message about something else."""
        pressed = turn.pressed
        if pressed is not None and pressed.act is not None:
            name, verb, id, argument = [*pressed.act.split(":"), "", "", ""][:4]
            return (verb or after_acts.STATE, id, argument) if name == NAME else ("", "", "")
        waiting = file.waiting
        mine = waiting if waiting is not None and waiting.flow == NAME else None
        if mine is not None and mine.topic == counter_acts.UNIT and (unit := _unit_of(turn)):
            return (counter_acts.REGISTER, mine.subject, unit)
        if pressed is not None:
            return ("", "", "")
        meaning = self._words.meaning(turn.text)
        if mine is not None:
            verb, argument = self._answered(turn, mine, meaning)
            if verb:
                return (verb, mine.subject, argument)
        if meaning in _FROM_ANYWHERE and file.active:
            return (meaning.value, file.active, "")
        return ("", "", "")

    def _answered(self, turn: Turn, waiting: Waiting, meaning: Word | None) -> tuple[str, str]:
        """What typed words say to the open question; nothing when they are about something else."""
        if waiting.topic == counter_acts.DAY:
            return self._day_said(turn, meaning)
        if meaning is Word.NO:
            return ("no", "")
        asked = f"{waiting.topic}-yes"
        return (asked, "") if meaning is Word.YES and asked in _ACTS else ("", "")

    def _day_said(self, turn: Turn, meaning: Word | None) -> tuple[str, str]:
        if meaning in (Word.ANY_DAY, Word.NO):
            return (counter_acts.DAY, counter_acts.ANY)
        weekday = self._words.weekday(turn.text)
        offered = self._means.days(turn.today)
        day = next((day for day in offered if day.weekday() == weekday), None)
        if day is None and len(turn.text.split()) <= _LONGEST_DAY:
            # "25/11" alone is a day here, elsewhere it may be anything.
            day = find_date(turn.text, turn.today) or find_date(f"ngay {turn.text}", turn.today)
        return (counter_acts.DAY, day.isoformat()) if day else ("", "")


def _unit_of(turn: Turn) -> str | None:
    if turn.pressed is not None:
        return turn.pressed.unit
    return next(iter(turn.mentioned("unit")), None)
