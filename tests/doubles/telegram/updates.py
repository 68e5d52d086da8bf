"""Updates on their way to the bot, until it has taken them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.errors import bad_request

KINDS = (
    "message edited_message channel_post edited_channel_post inline_query callback_query my_chat_member poll "
    "chat_member message_reaction chat_join_request"
).split()
ON_REQUEST = frozenset({"chat_member", "message_reaction"})
"""Kinds that come only when asked for by name."""
LIFETIME_SECONDS = 23 * 3600.0


@dataclass
class Hook:
    """The webhook as set by the bot. An empty ``url``: none."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class Update:
    id: int
    body: dict[str, Any]
    expires_at: float
    forgotten: bool = False
    """Taken by polling: it is not to be delivered any more."""


@dataclass
class Updates:
    """Pending updates by id, oldest first; ids grow by one."""

    now: Callable[[], float]
    pending: dict[int, Update] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    """Kinds the bot asked for; empty: all but those on request."""
    listeners: list[Callable[[Update], None]] = field(default_factory=list)
    _next: int = 700001

    def allow(self, kinds: Any) -> None:
        """``None`` keeps what was said last; an empty list: the usual kinds. Unknown ones are ignored."""
        if kinds is None:
            return
        if not isinstance(kinds, list) or any(not isinstance(kind, str) for kind in kinds):
            raise bad_request("can't parse allowed updates JSON object")
        self.allowed = frozenset(kind.lower() for kind in kinds) & frozenset(KINDS)

    def wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Id of the new update; ``None`` when the bot did not ask for its kind."""
        if not self.wanted(kind):
            return None
        update = Update(self._next, {"update_id": self._next, kind: content}, self.now() + LIFETIME_SECONDS)
        self._next += 1
        self.pending[update.id] = update
        for listener in self.listeners:
            listener(update)
        return update.id

    def confirm(self, update_id: int) -> None:
        self.pending.pop(update_id, None)

    def after(self, offset: int) -> list[Update]:
        """``getUpdates``: those from ``offset`` on; all before are forgotten. Negative: the last so many."""
        if offset < 0:
            offset = min(list(self.pending)[offset:], default=self._next)
        for update_id in [known for known in self.pending if known < offset]:
            self.pending[update_id].forgotten = True
            self.confirm(update_id)
        return list(self.pending.values())
