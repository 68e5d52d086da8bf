"""The conversation about a dossier that was handed in. Pure over its ports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.answers.about.lines import heading
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Waiting
from bot.dossiers.flow import Told
from bot.following import codes, factor, offers, receipt, replies
from bot.following.codes import Candidates, Exact, Fault
from bot.following.deadline import Clock, Limit
from bot.following.limits import limit_of
from bot.following.page import Page
from bot.following.ports import (
    Ask,
    Followed,
    FollowedDossier,
    Found,
    Lookups,
    Result,
    TooMany,
    Unavailable,
    WrongFactor,
)
from bot.following.replies import Subject
from bot.following.words import Words, is_little_else
from bot.text.working_time import find_working_days

NAME = factor.NAME
CODE, DATE = "code", "date"
"""Topics of ``Waiting`` beside ``factor.TOPIC``."""
LEAST_SURE = 0.3
_WITH_A_CODE = frozenset(
    {Intent.DOSSIER_STATUS, Intent.EXPLAIN_STATUS, Intent.ASK_DEADLINE, Intent.WITHDRAW_DOSSIER}
)
_SILENCE = frozenset({Intent.DOSSIER_STATUS, Intent.SUBMISSION_PROBLEM})


@dataclass(frozen=True)
class Setting:
    """What the flow knows besides its ports. ``now``: local time without zone."""

    catalogue: Catalogue
    clock: Clock
    words: Words
    portal_url: str
    now: Callable[[], datetime]


class FollowFlow:
    """A ``Flow``. Its acts: ``follow:<verb>:<code>`` with the verbs ``code``, ``details``, ``watch``,
    ``stop``, ``date`` and ``withdraw``, and ``follow:list``.
    """

    name = NAME

    def __init__(self, lookups: Lookups, followed: Followed, setting: Setting) -> None:
        self._lookups, self._followed, self._setting = lookups, followed, setting
        self._acts: Mapping[str, Callable[[Page, str], Told]] = {
            "code": self._state,
            "details": self._ask_factor,
            "watch": self._watch,
            "stop": self._stop,
            "date": self._ask_date,
            "withdraw": self._withdraw,
        }

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """Its buttons, answers to its questions, codes, and questions about a dossier handed in."""
        if turn.pressed is not None:
            return (turn.pressed.act or "").startswith(f"{NAME}:")
        if not turn.conversation_id:
            return False
        if self._is_awaited(turn, file) or self._setting.words.lists(turn.text):
            return True
        sure = turn.confidence >= LEAST_SURE
        if turn.intent is Intent.DOSSIER_STATUS and sure:
            return True
        if turn.intent in _SILENCE and self._setting.words.complains_of_silence(turn.text):
            return True
        if codes.read(turn.text, turn.today) != codes.NOTHING:
            return turn.intent in _WITH_A_CODE or is_little_else(turn.text)
        if turn.intent is Intent.WITHDRAW_DOSSIER:
            return sure and bool(self._known(turn, file))
        if turn.intent is Intent.ASK_DEADLINE and find_working_days(turn.text) is None:
            return sure and bool(self._known(turn, file))
        return False

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        page = Page(turn, file, context)
        if turn.pressed is not None:
            _, verb, code = ((turn.pressed.act or "") + "::").split(":", 2)
            code = code.rstrip(":")
            wanted = self._acts.get(verb)
            return wanted(page, code) if wanted and codes.is_code(code) else self._list(page)
        waiting = file.waiting
        if waiting is not None and waiting.flow == NAME and self._is_awaited(turn, file):
            return self._answered(page, waiting)
        if self._setting.words.lists(turn.text):
            return self._list(page)
        return self._about(page)

    def _is_awaited(self, turn: Turn, file: CaseFile) -> bool:
        """Whether a typed message answers the open question of this flow."""
        waiting = file.waiting
        if waiting is None or waiting.flow != NAME:
            return False
        if self._setting.words.stops(turn.text):
            return True
        if waiting.topic == factor.TOPIC:
            return factor.digits(turn.text) is not None
        if not is_little_else(turn.text):
            return False
        if waiting.topic == DATE:
            return receipt.names_a_day(turn.text, turn.today)
        return sum(letter.isdecimal() for letter in turn.text) >= 4

    def _answered(self, page: Page, waiting: Waiting) -> Told:
        turn, code = page.turn, waiting.subject
        if self._setting.words.stops(turn.text):
            said = Answer(Outcome.COURTESY, (phrase("utter_follow_set_aside"),))
            return page.told(said)
        if waiting.topic == factor.TOPIC:
            return self._opened(page, code, factor.digits(turn.text) or "")
        if waiting.topic == DATE:
            answer = receipt.answer(turn.text, turn.today, self._limit(page, code), self._setting.clock)
            open_ = waiting if answer.outcome is Outcome.ASKED_BACK else None
            return page.told(answer, waiting=open_, intent=Intent.ASK_DEADLINE)
        return self._about(page)

    def _about(self, page: Page) -> Told:
        """A question about a dossier: which one, and what of it."""
        turn = page.turn
        known = self._known(turn, page.file)
        reading = codes.read(turn.text, turn.today, tuple(dossier.code for dossier in known))
        withdrawing = turn.intent is Intent.WITHDRAW_DOSSIER
        if isinstance(reading, Exact):
            return (self._withdraw if withdrawing else self._state)(page, reading.code)
        verb = "withdraw" if withdrawing else "code"
        if isinstance(reading, Candidates):
            buttons = tuple(act(code, f"{NAME}:{verb}:{code}") for code in reading.codes)
            return page.asked(phrase("utter_follow_candidates"), buttons, Waiting(NAME, CODE))
        if reading.fault is Fault.NONE_FOUND:
            return self._without_code(page, known, verb)
        said = phrase(f"utter_follow_wrong_{reading.fault.value}", unit=reading.unit)
        portal = (offers.portal(self._setting.portal_url),) if reading.fault is Fault.OTHER_PROVINCE else ()
        return page.asked(said, portal, Waiting(NAME, CODE))

    def _without_code(self, page: Page, known: tuple[FollowedDossier, ...], verb: str) -> Told:
        turn = page.turn
        awaited = page.file.waiting is not None and page.file.waiting.flow == NAME
        if awaited and any(letter.isdecimal() for letter in turn.text):
            return page.asked(phrase("utter_follow_wrong_none_found"), (), Waiting(NAME, CODE))
        if self._setting.words.complains_of_silence(turn.text) and len(known) != 1:
            connected = self._lookups.connected
            answer = replies.silence(turn.text, turn.today, self._setting.clock, connected)
            return page.told(answer, waiting=Waiting(NAME, CODE))
        if len(known) == 1:
            return self._acts[verb](page, known[0].code)
        if known:
            buttons = tuple(self._offer(page, dossier.code, verb) for dossier in known[: offers.MOST])
            return page.asked(phrase("utter_follow_which"), buttons, Waiting(NAME, CODE))
        if not self._lookups.connected:
            portal = (offers.portal(self._setting.portal_url),)
            said = Answer(Outcome.NO_DATA, (phrase("utter_dossier_status"),), portal)
            return page.told(said, waiting=Waiting(NAME, CODE))
        return page.asked(phrase("utter_follow_ask_code"), (), Waiting(NAME, CODE))

    def _state(self, page: Page, code: str) -> Told:
        result = self._find(page, code)
        answer = replies.of(result, self._subject(page, code, result))
        draft = page.draft(code)
        return page.told(answer, procedure=draft.procedure if draft else None)

    def _opened(self, page: Page, code: str, digits: str) -> Told:
        result = self._find(page, code, digits)
        subject = self._subject(page, code, result)
        stale = isinstance(result, Found) and not result.opened
        answer = replies.not_opened(subject) if stale else replies.of(result, subject)
        # Who is told to wait and try again sends the digits alone: they are still waited for, and hidden.
        again = stale or isinstance(result, (Unavailable, TooMany))
        again = again or (isinstance(result, WrongFactor) and result.left > 0)
        return page.told(answer, waiting=factor.waiting_for(code) if again else None)

    def _ask_factor(self, page: Page, code: str) -> Told:
        if not self._lookups.connected:
            return self._state(page, code)
        return page.asked(phrase("utter_follow_ask_factor", code=code), (), factor.waiting_for(code))

    def _withdraw(self, page: Page, code: str) -> Told:
        result = self._find(page, code)
        return page.told(replies.withdrawal(result), intent=Intent.WITHDRAW_DOSSIER)

    def _watch(self, page: Page, code: str) -> Told:
        if not self._followed.watch(page.turn.conversation_id, code):
            return self._state(page, code)
        buttons = (offers.consent(code), offers.stop(code))
        return page.told(Answer(Outcome.GUIDED, (phrase("utter_follow_watching", code=code),), buttons))

    def _stop(self, page: Page, code: str) -> Told:
        self._followed.stop(page.turn.conversation_id, code)
        return page.told(Answer(Outcome.GUIDED, (phrase("utter_follow_stopped", code=code),)))

    def _ask_date(self, page: Page, code: str) -> Told:
        return page.asked(phrase("utter_follow_ask_date"), (), Waiting(NAME, DATE, code), Intent.ASK_DEADLINE)

    def _list(self, page: Page) -> Told:
        known = self._known(page.turn, page.file)
        if not known:
            return page.asked(phrase("utter_follow_list_empty"), (), Waiting(NAME, CODE))
        lines = tuple(
            replies.line(dossier, self._title(page, dossier.code)) for dossier in known[: offers.MOST]
        )
        buttons = tuple(self._offer(page, dossier.code, "code") for dossier in known[: offers.MOST])
        return page.told(Answer(Outcome.LISTED, (phrase("utter_follow_list"), *lines), buttons))

    def _find(self, page: Page, code: str, digits: str | None = None) -> Result:
        turn, draft = page.turn, page.draft(code)
        ask = Ask(
            conversation_id=turn.conversation_id,
            person=f"{turn.channel}:{turn.conversation_id}",
            message_id=turn.message_id,
            code=code,
            factor=digits,
            draft_id=draft.id if draft else None,
            procedure_code=draft.procedure if draft else None,
        )
        return self._lookups.find(ask)

    def _subject(self, page: Page, code: str, result: Result) -> Subject:
        """What is told with a result. The procedure is the citizen's own word, or proved."""
        known = self._followed.all(page.turn.conversation_id)
        dossier = next((one for one in known if one.code == code), FollowedDossier(code))
        limit = self._limit(page, code)
        if limit is None and isinstance(result, Found) and result.opened:
            procedure = self._setting.catalogue.procedures.get(result.state.procedure_code)
            limit = limit_of(procedure, None) if procedure else None
        return Subject(
            code,
            dossier,
            len(known),
            limit,
            self._setting.clock,
            self._setting.now(),
            self._setting.portal_url,
        )

    def _known(self, turn: Turn, file: CaseFile) -> tuple[FollowedDossier, ...]:
        """Dossiers of this conversation: looked up here, or handed in from a draft; the last one first."""
        seen = self._followed.all(turn.conversation_id) if turn.conversation_id else ()
        codes_seen = {dossier.code for dossier in seen}
        told = (draft.dossier for draft in reversed(file.drafts))
        new = (code for code in told if code and code not in codes_seen and codes.is_code(code))
        return (*(FollowedDossier(code) for code in new), *seen)

    def _limit(self, page: Page, code: str) -> Limit | None:
        draft = page.draft(code)
        procedure = self._setting.catalogue.procedures.get(draft.procedure) if draft else None
        return limit_of(procedure, draft.way) if procedure and draft else None

    def _title(self, page: Page, code: str) -> Phrase | str:
        draft = page.draft(code)
        procedure = self._setting.catalogue.procedures.get(draft.procedure) if draft else None
        return phrase("utter_follow_name", name=heading(procedure), code=code) if procedure else code

    def _offer(self, page: Page, code: str, verb: str) -> Button:
        return act(self._title(page, code), f"{NAME}:{verb}:{code}")
