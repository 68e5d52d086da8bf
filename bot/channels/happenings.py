"""What happened to dossiers, registrations and payments, as reminders that are due now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from bot.notices.kinds import Kind
from bot.notices.reminders import Reminders


@dataclass(frozen=True)
class Happening:
    """Something to tell. ``subject``: id of a draft or code of a dossier; ``mark`` tells it from other news
    of the same subject.
    """

    conversation_id: str
    kind: Kind
    subject: str
    mark: str = ""


Source = Callable[[Connection, float], Iterable[Happening]]
"""Takes news, each once, in the transaction of the caller."""


class Happenings:
    """All ``sources`` of news together."""

    def __init__(self, reminders: Reminders, sources: Iterable[Source]) -> None:
        self._reminders, self._sources = reminders, tuple(sources)

    def take(self, connection: Connection, now: float) -> list[str]:
        """Take the news of all sources and plan to tell them now; the conversations they belong to."""
        touched = []
        for source in self._sources:
            for one in source(connection, now):
                self._reminders.plan(
                    connection, one.conversation_id, one.kind, one.subject, now, now, one.mark
                )
                touched.append(one.conversation_id)
        return touched
