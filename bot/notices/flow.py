"""The conversation about reminders: asking consent, setting a day, switching off, telling what is on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.answers import asking_back
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.memory import TEXTS
from bot.answers.phrase import Answer
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.conversations.channel import Channel
from bot.dossiers.casefile import OPEN, CaseFile, Waiting
from bot.dossiers.flow import Told
from bot.notices import telling
from bot.notices.change_wish import ChangeWords, read_change_wish
from bot.notices.changes_talk import ChangesTalk
from bot.notices.ports import Book, Procedures
from bot.notices.purpose import PROACTIVE, Purpose, Versions
from bot.notices.quiet import QuietHours
from bot.notices.reading import Wish, Words, before_wish, read_consent, read_wish, withdrawn
from bot.notices.subject import changes_of, procedure_in, purpose_of
from bot.notices.suggesting import Suggesting
from bot.notices.when import Times, read_when

NAME = "notice"
LONGEST_AHEAD = 180 * 86_400.0
_CONSENT, _WHEN = "consent", "when"
_LONGEST_TIME = 8
"""Words of an answer to when; a longer message is about something else."""
_CHANNELS = {channel.value: channel for channel in Channel}


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a text says whenever it is said. ``changes``: the procedure whose changes are wished for, if any;
    ``before``: what stands before a wish to be reminded.
    """

    changes: str | None
    wish: Wish | None
    before: str


class NoticeFlow:
    """A ``Flow``. ``watch``: looks after the dossier of this code for a conversation; False when it was never
    found there. ``now``: POSIX seconds. Its acts: ``notice:ask:<subject>``, ``yes`` and ``no`` with the
    same, ``notice:off``, ``notice:withdraw``, ``notice:list``, ``notice:unwatch:<code of a procedure>``; a
    subject is the id of a draft, the code of a dossier, a ``Purpose`` or ``changes/<code of a procedure>``.
    """

    name = NAME

    def __init__(
        self,
        book: Book,
        words: Words,
        changes: ChangeWords,
        times: Times,
        versions: Versions,
        hours: QuietHours,
        watch: Callable[[str, str], bool],
        procedures: Procedures,
        now: Callable[[], float],
    ) -> None:
        self._watch, self._changes = watch, changes
        self._procedures, self._talk = procedures, ChangesTalk(procedures)
        self._suggesting = Suggesting(book, self._talk, versions, hours)
        self._book, self._words, self._times, self._versions = book, words, times, versions
        self._hours, self._now = hours, now
        # Every message is read for what hardly any says.
        self._heard = lru_cache(maxsize=TEXTS)(self._hear)
        self._acts: Mapping[str, Callable[[Turn, CaseFile, str], tuple[Answer, CaseFile]]] = {
            "ask": self._ask,
            "yes": self._yes,
            "no": self._no,
            "off": lambda turn, file, _: self._end(turn, file, PROACTIVE),
            "withdraw": lambda turn, file, _: self._end(turn, file, frozenset(Purpose)),
            "list": lambda turn, file, _: self._list(turn, file),
            "unwatch": self._unwatch,
        }

    _ends: Mapping[Wish | None, frozenset[Purpose]] = {
        Wish.STOP: PROACTIVE,
        Wish.STOP_CHANGES: frozenset({Purpose.CHANGES}),
        Wish.STOP_IMPROVE: frozenset({Purpose.IMPROVE}),
    }

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """See ``Flow``."""
        if turn.pressed is not None:
            return (turn.pressed.act or "").startswith(f"{NAME}:")
        if self._heard(turn.text).changes is not None:
            return True
        wish = self._wish(turn.text)
        if wish is Wish.REMIND:
            return self._when(turn.text) is not None
        return wish is not None or self._is_awaited(turn, file)

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """See ``Flow``."""
        answer, file = self._answer(turn, file, context)
        intent = Intent.SELECT_OPTION if turn.pressed is not None else Intent.PRIVACY_REQUEST
        return Told((answer,), file, context, intent)

    def added(self, turn: Turn, reply: Reply, file: CaseFile) -> tuple[Reply, CaseFile]:
        """See ``Epilogue``."""
        return self._suggesting.added(turn, reply, file)

    def _answer(self, turn: Turn, file: CaseFile, context: Context) -> tuple[Answer, CaseFile]:
        if turn.channel not in _CHANNELS or not turn.conversation_id or not turn.message_id:
            return telling.unavailable(), file.asking(None)
        if turn.pressed is not None:
            _, verb, subject = ((turn.pressed.act or "") + "::").split(":", 2)
            act = self._acts.get(verb, self._acts["list"])
            return act(turn, file, subject.rstrip(":"))
        named = self._heard(turn.text).changes
        if named is not None:
            return self._changes_of(turn, file, named, context)
        wish = self._wish(turn.text)
        if wish in self._ends:
            return self._end(turn, file, self._ends[wish])
        if wish is Wish.WITHDRAW:
            return self._end(turn, file, withdrawn(turn.text, self._words))
        if wish is Wish.IMPROVE:
            return self._ask(turn, file, Purpose.IMPROVE.value)
        if wish is Wish.LIST:
            return self._list(turn, file)
        awaited = self._mine(file)
        if awaited is not None and awaited.topic != _WHEN:
            agreed = read_consent(turn.text, self._words)
            if agreed is not None:
                answer = self._yes if agreed else self._no
                return answer(turn, file, f"{awaited.subject}:{self._version(awaited.subject)}")
        return self._set(turn, file)

    def _ask(
        self, turn: Turn, file: CaseFile, subject: str, due_at: float | None = None
    ) -> tuple[Answer, CaseFile]:
        """Explain what is kept, and ask; say it is on where it is."""
        draft = file.draft(subject)
        if draft is not None and draft.dossier:
            subject = draft.dossier
        purpose, code = purpose_of(subject), procedure_in(subject)
        if code and self._procedures.name(code) is None:
            return asking_back.gone(), file.asking(None)
        if self._agreed(turn, purpose):
            if code:
                return self._follow_changes(turn, file, code)
            looks = self._begin(turn, file, purpose, subject)
            return telling.on_already(purpose, looks), file.asking(None)
        topic = _CONSENT if due_at is None else f"{due_at:.0f}"
        answer = telling.ask(
            purpose, f"{subject}:{self._versions[purpose]}", self._hours, self._talk.about(code)
        )
        return answer, file.asking(Waiting(NAME, topic, subject))

    def _yes(self, turn: Turn, file: CaseFile, agreed: str) -> tuple[Answer, CaseFile]:
        subject, version = _split(agreed)
        if version != self._version(subject):
            # An old button, or one without a text: nobody agrees to what they have not read.
            return self._ask(turn, file, subject)
        purpose = purpose_of(subject)
        self._book.give(turn.conversation_id, purpose, _CHANNELS[turn.channel], turn.message_id)
        if code := procedure_in(subject):
            return self._follow_changes(turn, file, code)
        looks = self._begin(turn, file, purpose, subject)
        awaited = self._mine(file)
        if awaited is not None and awaited.subject == subject and awaited.topic.isdigit():
            due_at = float(awaited.topic)
            if due_at <= self._now():
                # They took longer to agree than to the time they had named.
                return telling.past(due_at, self._hours), file.asking(Waiting(NAME, _WHEN, subject))
            return self._plan(turn, file, subject, due_at)
        return telling.on_now(purpose, looks), file.asking(None)

    def _no(self, _turn: Turn, file: CaseFile, refused: str) -> tuple[Answer, CaseFile]:
        return telling.refused(purpose_of(_split(refused)[0])), file.asking(None)

    def _end(self, turn: Turn, file: CaseFile, purposes: frozenset[Purpose]) -> tuple[Answer, CaseFile]:
        had = self._book.withdraw(turn.conversation_id, purposes, turn.message_id)
        return telling.ended(purposes, had), file.asking(None)

    def _list(self, turn: Turn, file: CaseFile) -> tuple[Answer, CaseFile]:
        standing = self._book.standing(turn.conversation_id)
        wishes = self._book.wishes(turn.conversation_id)
        watched = self._talk.lines(self._book.watched(turn.conversation_id))
        return telling.listed(standing, wishes, watched, self._hours), file.asking(None)

    def _changes_of(
        self, turn: Turn, file: CaseFile, named: str, context: Context
    ) -> tuple[Answer, CaseFile]:
        """Of the procedure named, or of the one spoken of where none is."""
        spoken_of = (context.procedure,) if context.procedure else ()
        codes = self._procedures.find(named) if named else spoken_of
        if len(codes) != 1:
            return self._talk.which(codes), file.asking(None)
        return self._ask(turn, file, changes_of(codes[0]))

    def _follow_changes(self, turn: Turn, file: CaseFile, code: str) -> tuple[Answer, CaseFile]:
        if self._procedures.name(code) is None:
            return asking_back.gone(), file.asking(None)
        if self._book.watch(turn.conversation_id, code, self._procedures.revision):
            return self._talk.watching(code), file.asking(None)
        return self._talk.too_many(self._book.watched(turn.conversation_id)), file.asking(None)

    def _unwatch(self, turn: Turn, file: CaseFile, code: str) -> tuple[Answer, CaseFile]:
        self._book.unwatch(turn.conversation_id, code)
        return self._talk.unwatched(code), file.asking(None)

    def _set(self, turn: Turn, file: CaseFile) -> tuple[Answer, CaseFile]:
        """A day was named, or is asked for."""
        due_at = self._when(turn.text)
        if due_at is None:
            return telling.ask_when(), file.asking(Waiting(NAME, _WHEN, self._subject(file)))
        now = self._now()
        if due_at <= now or due_at > now + LONGEST_AHEAD:
            answer = telling.past(due_at, self._hours) if due_at <= now else telling.too_far(LONGEST_AHEAD)
            return answer, file.asking(Waiting(NAME, _WHEN, self._subject(file)))
        subject = self._subject(file)
        due_at = self._hours.next_allowed(due_at)
        if not self._agreed(turn, Purpose.REMINDERS):
            return self._ask(turn, file, subject or Purpose.REMINDERS.value, due_at)
        return self._plan(turn, file, subject, due_at)

    def _plan(self, turn: Turn, file: CaseFile, subject: str, due_at: float) -> tuple[Answer, CaseFile]:
        about = subject if file.draft(subject) is not None else ""
        if not self._book.wish(turn.conversation_id, about, due_at):
            return telling.too_many(self._book.wishes(turn.conversation_id), self._hours), file.asking(None)
        return telling.planned(due_at, self._hours), file.asking(None)

    def _begin(self, turn: Turn, file: CaseFile, purpose: Purpose, subject: str) -> str:
        """Start what was agreed to; the code of a dossier that has to be looked up before."""
        draft = file.draft(subject)
        if purpose is Purpose.REMINDERS and draft is not None and draft.phase in OPEN:
            self._book.draft_prepared(turn.conversation_id, draft.id)
        if purpose is Purpose.FOLLOW and subject != purpose.value:
            return "" if self._watch(turn.conversation_id, subject) else subject
        return ""

    def _agreed(self, turn: Turn, purpose: Purpose) -> bool:
        """On this channel: a consent counts for the channel it was given on."""
        standing = self._book.standing(turn.conversation_id)
        return any(one.purpose is purpose and one.channel.value == turn.channel for one in standing)

    def _is_awaited(self, turn: Turn, file: CaseFile) -> bool:
        awaited = self._mine(file)
        if awaited is None:
            return False
        if awaited.topic == _WHEN:
            return len(turn.text.split()) <= _LONGEST_TIME and self._when(turn.text) is not None
        return read_consent(turn.text, self._words) is not None

    def _wish(self, text: str) -> Wish | None:
        heard = self._heard(text)
        return Wish.REMIND if heard.before and self._when(heard.before) is not None else heard.wish

    def _hear(self, text: str) -> _Heard:
        wish = read_wish(text, self._words)
        before = before_wish(text, self._words) if wish is None else ""
        return _Heard(read_change_wish(text, self._changes), wish, before)

    def _when(self, text: str) -> float | None:
        return read_when(text, self._now(), self._hours, self._times)

    def _version(self, subject: str) -> str:
        return self._versions[purpose_of(subject)]

    @staticmethod
    def _mine(file: CaseFile) -> Waiting | None:
        return file.waiting if file.waiting is not None and file.waiting.flow == NAME else None

    @staticmethod
    def _subject(file: CaseFile) -> str:
        """What a wish without a subject is about: the draft worked on."""
        draft = file.current
        return draft.id if draft is not None and draft.phase in OPEN else ""


def _split(answered: str) -> tuple[str, str]:
    """Subject and version of the text of an answer; the version is empty where none is told."""
    subject, mark, version = answered.rpartition(":")
    return (subject, version) if mark else (answered, "")
