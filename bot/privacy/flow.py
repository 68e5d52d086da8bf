"""The conversation about one's own data: what may be asked for, confirming it, its number and day. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial

from bot.answers.contact import Contact
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.memory import TEXTS
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.conversations.channel import Channel
from bot.dossiers.casefile import CaseFile
from bot.dossiers.flow import Told
from bot.privacy.asking import OFFERED, About, Asked, AskingWords, Desk, Unasked, read_asking
from bot.privacy.kinds import ACKNOWLEDGE_DAYS, ANSWER_DAYS, RequestKind

NAME = "privacy"
_CHANNELS = frozenset(channel.value for channel in Channel)
_KINDS = {kind.value: kind for kind in OFFERED}


class PrivacyFlow:
    """A ``Flow``. Its acts: ``privacy:menu``, ``privacy:mine``, ``privacy:no``, ``privacy:ask:<kind>``,
    ``privacy:open:<kind>``, ``privacy:cancel:<number>``. Nothing is asked for without a button pressed.
    """

    name = NAME

    def __init__(self, desk: Desk, words: AskingWords, contact: Contact) -> None:
        self._desk, self._contact = desk, contact
        # Every message is read for what hardly any says.
        self._wanted = lru_cache(maxsize=TEXTS)(partial(read_asking, words=words))
        self._acts: Mapping[str, Callable[[Turn, str], Answer]] = {
            "menu": lambda _turn, _: _menu(),
            "mine": lambda turn, _: self._mine(turn),
            "no": lambda _turn, _: _say("utter_data_kept"),
            "ask": self._ask,
            "open": self._open,
            "cancel": self._cancel,
        }

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """See ``Flow``."""
        if turn.pressed is not None:
            return (turn.pressed.act or "").startswith(f"{NAME}:")
        return self._wanted(turn.text) is not None

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        intent = Intent.SELECT_OPTION if turn.pressed is not None else Intent.PRIVACY_REQUEST
        return Told((self._answer(turn),), file, context, intent)

    def added(self, turn: Turn, reply: Reply, file: CaseFile) -> tuple[Reply, CaseFile]:
        """See ``Epilogue``: below what is told of these rights, a button that uses them."""
        if reply.intent is not Intent.PRIVACY_REQUEST or reply.buttons or not _is_kept(turn):
            return reply, file
        *before, last = reply.answers
        button = act(phrase("utter_data_button_menu"), f"{NAME}:menu")
        return replace(reply, answers=(*before, replace(last, buttons=(button,)))), file

    def _answer(self, turn: Turn) -> Answer:
        if not _is_kept(turn):
            return self._unavailable()
        if turn.pressed is not None:
            _, verb, subject = ((turn.pressed.act or "") + "::").split(":", 2)
            return self._acts.get(verb, self._acts["menu"])(turn, subject.rstrip(":"))
        wanted = self._wanted(turn.text)
        if wanted is About.MINE:
            return self._mine(turn)
        return self._ask(turn, wanted.value) if isinstance(wanted, RequestKind) else _menu()

    def _ask(self, turn: Turn, named: str) -> Answer:
        kind = _KINDS.get(named)
        if kind is None:
            return _menu()
        known = next((one for one in self._desk.running(turn.conversation_id) if one.kind is kind), None)
        if known is not None:
            return self._received("utter_data_already", known)
        days = {"within": ACKNOWLEDGE_DAYS, "days": ANSWER_DAYS[kind]}
        said = [phrase("utter_data_ask", what=_what(kind), **days)]
        if kind is RequestKind.ERASE:
            said.append(phrase("utter_data_erase_at_once"))
        send = act(phrase("utter_data_button_send"), f"{NAME}:open:{kind.value}")
        keep = act(phrase("utter_data_button_no"), f"{NAME}:no")
        return Answer(Outcome.ASKED_BACK, tuple(said), (send, keep))

    def _open(self, turn: Turn, named: str) -> Answer:
        kind = _KINDS.get(named)
        if kind is None:
            return _menu()
        made = self._desk.open(turn.conversation_id, kind, turn.channel)
        if isinstance(made, Asked):
            return self._received("utter_data_received", made)
        return self._unavailable() if made is Unasked.UNAVAILABLE else self._too_many()

    def _received(self, response: str, asked: Asked) -> Answer:
        said = phrase(
            response,
            what=_what(asked.kind),
            number=asked.number,
            acknowledge=asked.acknowledge_by.strftime("%d/%m/%Y"),
            answer=asked.answer_by.strftime("%d/%m/%Y"),
            contact=self._contact.line(),
        )
        more = (phrase("utter_data_correct_what"),) if asked.kind is RequestKind.CORRECT else ()
        return Answer(Outcome.GUIDED, (said, *more), (_back(asked, phrase("utter_data_button_cancel")),))

    def _mine(self, turn: Turn) -> Answer:
        running = self._desk.running(turn.conversation_id)
        if not running:
            menu = act(phrase("utter_data_button_menu"), f"{NAME}:menu")
            return Answer(Outcome.GUIDED, (phrase("utter_data_none"),), (menu,))
        lines = tuple(
            phrase(
                "utter_data_line",
                number=one.number,
                what=_what(one.kind),
                state=phrase(f"utter_data_state_{one.state.value}"),
                answer=one.answer_by.strftime("%d/%m/%Y"),
            )
            for one in running
        )
        title = "utter_data_button_cancel_one"
        buttons = tuple(_back(one, phrase(title, number=one.number)) for one in running)
        return Answer(Outcome.GUIDED, (phrase("utter_data_head"), *lines), buttons)

    def _cancel(self, turn: Turn, number: str) -> Answer:
        if number.isdecimal() and self._desk.cancel(turn.conversation_id, int(number)):
            return _say("utter_data_cancelled", number=number)
        return _say("utter_data_over")

    def _too_many(self) -> Answer:
        return Answer(Outcome.GUIDED, (phrase("utter_data_too_many", contact=self._contact.line()),))

    def _unavailable(self) -> Answer:
        return Answer(Outcome.GUIDED, (phrase("utter_privacy_request", contact=self._contact.line()),))


def _is_kept(turn: Turn) -> bool:
    return turn.channel in _CHANNELS and bool(turn.conversation_id and turn.message_id)


def _menu() -> Answer:
    buttons = (act(phrase(f"utter_data_button_{kind.value}"), f"{NAME}:ask:{kind.value}") for kind in OFFERED)
    return Answer(Outcome.ASKED_BACK, (phrase("utter_data_menu"),), tuple(buttons))


def _back(asked: Asked, title: Phrase) -> Button:
    return act(title, f"{NAME}:cancel:{asked.number}")


def _what(kind: RequestKind) -> Phrase:
    return phrase(f"utter_data_kind_{kind.value}")


def _say(response: str, **values: str) -> Answer:
    return Answer(Outcome.GUIDED, (phrase(response, **values),))
