"""What the flow needs to be given."""

from collections.abc import Iterable
from typing import Protocol

from bot.conversations.channel import Channel
from bot.notices.purpose import Consent, Purpose


class Procedures(Protocol):
    """The procedures of the catalogue as it is now; ``bot.notices.procedures.KnownProcedures``."""

    @property
    def revision(self) -> int:
        """Of the catalogue."""

    def name(self, code: str) -> str | None:
        """As it stands in an answer; None when the catalogue does not have it."""

    def find(self, text: str) -> tuple[str, ...]:
        """The one procedure the text surely names, else those it may mean, the likeliest first."""


class Book(Protocol):
    """Consents and reminders of all conversations; ``NoticeDesk`` over a database. Every call is safe to
    repeat.
    """

    def give(self, conversation_id: str, purpose: Purpose, channel: Channel, message_id: str) -> None:
        """The citizen agreed in this message, on this channel, to the text in force."""

    def withdraw(self, conversation_id: str, purposes: Iterable[Purpose], message_id: str) -> int:
        """Take consents back on every channel; how many there were."""

    def standing(self, conversation_id: str) -> tuple[Consent, ...]:
        """Consents to the texts in force, the newest first."""

    def wish(self, conversation_id: str, subject: str, due_at: float) -> bool:
        """Remind when the citizen said; False when there are too many already."""

    def wishes(self, conversation_id: str) -> tuple[float, ...]:
        """When the citizen wants to be reminded, POSIX seconds in order."""

    def draft_prepared(self, conversation_id: str, draft: str) -> None:
        """A dossier is ready but not handed in: ask about it some days from now."""

    def watch(self, conversation_id: str, code: str, revision: int) -> bool:
        """Tell of changes of this procedure; False when there are too many already."""

    def unwatch(self, conversation_id: str, code: str) -> bool:
        """Tell no more of this one; whether it was told of."""

    def watched(self, conversation_id: str) -> tuple[str, ...]:
        """Codes of the procedures whose changes are told, in the order they were asked for."""

    def judged(self, conversation_id: str) -> bool:
        """Whether the citizen has judged an answer or the visit."""
