"""Consents and reminders behind the flow: each call is a transaction of its own."""

from collections.abc import Callable, Iterable

from sqlalchemy.engine import Engine

from bot.conversations import feedback
from bot.conversations.channel import Channel
from bot.dossiers.casefile import CaseFile
from bot.notices import consent, reminders, watching
from bot.notices.kinds import Kind
from bot.notices.progress import Change, changes
from bot.notices.purpose import Consent, Purpose, Versions
from bot.notices.quiet import QuietHours
from bot.notices.reminders import MOST_WISHES, Reminders


class NoticeDesk:
    """``versions``: of the texts in force; ``now``: POSIX seconds."""

    def __init__(
        self, engine: Engine, versions: Versions, hours: QuietHours, now: Callable[[], float]
    ) -> None:
        self._engine, self._versions, self._hours, self._now = engine, versions, hours, now
        self._reminders = Reminders(hours)

    def give(self, conversation_id: str, purpose: Purpose, channel: Channel, message_id: str) -> None:
        """The citizen agreed in this message, on this channel, to the text in force."""
        agreed = Consent(purpose, channel, self._versions[purpose], self._now())
        with self._engine.begin() as connection:
            consent.give(connection, conversation_id, agreed, message_id)

    def withdraw(self, conversation_id: str, purposes: Iterable[Purpose], message_id: str) -> int:
        """Take consents back on every channel; how many there were. Their reminders end at once."""
        with self._engine.begin() as connection:
            return consent.withdraw(connection, conversation_id, purposes, message_id, self._now())

    def standing(self, conversation_id: str) -> tuple[Consent, ...]:
        """Consents to the texts in force, the newest first."""
        with self._engine.connect() as connection:
            return consent.standing(connection, conversation_id, self._versions)

    def agreed(self, conversation_id: str, purpose: Purpose) -> bool:
        """Whether the citizen agreed to this on any channel."""
        return any(one.purpose is purpose for one in self.standing(conversation_id))

    def wish(self, conversation_id: str, subject: str, due_at: float) -> bool:
        """Remind when the citizen said; False when there are too many already."""
        with self._engine.begin() as connection:
            known = reminders.wishes(connection, conversation_id)
            if len(known) >= MOST_WISHES and due_at not in known:
                return False
            now = self._now()
            self._reminders.plan(connection, conversation_id, Kind.CITIZEN_SET, subject, due_at, now)
            return True

    def wishes(self, conversation_id: str) -> tuple[float, ...]:
        """When the citizen wants to be reminded, in order."""
        with self._engine.connect() as connection:
            return reminders.wishes(connection, conversation_id)

    def watch(self, conversation_id: str, code: str, revision: int) -> bool:
        """Tell of changes of this procedure after ``revision``; False when there are too many already."""
        with self._engine.begin() as connection:
            return watching.watch(connection, conversation_id, code, revision, self._now())

    def unwatch(self, conversation_id: str, code: str) -> bool:
        """Tell no more of this one; whether it was told of."""
        with self._engine.begin() as connection:
            return watching.unwatch(connection, conversation_id, code, self._now())

    def watched(self, conversation_id: str) -> tuple[str, ...]:
        """Codes of the procedures whose changes are told, in the order they were asked for."""
        return watching.watched_now(self._engine, conversation_id)

    def judged(self, conversation_id: str) -> bool:
        """Whether the citizen has judged an answer or the visit."""
        return feedback.has_judged(self._engine, conversation_id)

    def draft_prepared(self, conversation_id: str, draft: str) -> None:
        """A dossier is ready but not handed in: ask 2 and 7 days from now."""
        with self._engine.begin() as connection:
            self._reminders.draft_prepared(connection, conversation_id, draft, self._now())

    def keep_up(self, conversation_id: str, before: CaseFile, after: CaseFile) -> None:
        """Plan and cancel what a turn made necessary or pointless. A draft is asked about only where the
        citizen has agreed; a missing code is asked for at their next visit otherwise.
        """
        found = tuple(changes(before, after))
        if not found or not conversation_id:
            return
        now, agreed = self._now(), self.agreed(conversation_id, Purpose.REMINDERS)
        with self._engine.begin() as connection:
            for change, draft in found:
                if change is Change.LEFT and agreed:
                    self._reminders.draft_prepared(connection, conversation_id, draft, now)
                elif change is Change.CODE_ASKED:
                    self._reminders.told_submitted(connection, conversation_id, draft, now)
                elif change is Change.OVER:
                    reminders.cancel(connection, conversation_id, draft, now)
