"""Rasa's tracker store over one small row a conversation."""

from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.aside import working
from bot.conversations import sessions
from bot.database import connect
from bot.engine.events import events_of
from bot.engine.tracker import Tracker
from bot.engine.trimming import trimmed

P = ParamSpec("P")
T = TypeVar("T")


class SessionTrackerStore(TrackerStore):  # type: ignore[misc]
    """One row read and one written a turn, each by its key.

    Rasa's SQL store reads and counts all events of the session and adds a row for each: its turns cost more
    the longer a conversation is. ``url``: of the database,
    as in ``endpoints.yml``.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        # After a power cut the last turn's thread may be missing; what was said is in the gateway's tables.
        self._engine = connect(url or host or "", kept_open=True)
        sessions.create(self._engine)
        # Others go on while a server works; a file is read at once.
        self._asked = _at_once if self._engine.dialect.name == "sqlite" else working

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as far as it decides the next turn; None for a new conversation."""
        events = await self._asked(sessions.load, self._engine, sender_id)
        if events is None:
            return None
        return Tracker.from_events(sender_id, events_of(events), self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what decides the next turn."""
        await self.stream_events(tracker)
        await self._asked(sessions.save, self._engine, tracker.sender_id, trimmed(tracker))

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A tracker of a new conversation; it is kept when its first turn is over."""
        tracker = Tracker(sender_id, self.domain.slots)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        with self._engine.connect() as connection:
            return sessions.known(connection)


async def _at_once(ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return ask(*args, **kwargs)
