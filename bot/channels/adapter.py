"""What the queues need to know of a channel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.message import Choice, Reply
from bot.channels.states import Fate
from bot.conversations.channel import Channel, Reach
from bot.conversations.said import FileRef

Payload = dict[str, Any]
"""One call to a platform as JSON, complete but for credentials; stored in the outbox."""


@dataclass(frozen=True)
class Sent:
    """Fate of one call. ``external_id``: the platform's id of the message; ``retry_after`` in seconds;
    ``reach``: how the citizen can be reached after ``Fate.UNREACHABLE``.
    """

    fate: Fate
    external_id: str | None = None
    error: str = ""
    retry_after: float | None = None
    reach: Reach = Reach.BLOCKED


class RefusedError(Exception):
    """A file that is not taken; ``str()`` is a ``Refusal`` value."""


class Adapter(Protocol):
    """A channel to which replies have to be carried (the web reads them by itself)."""

    @property
    def channel(self) -> Channel: ...

    @property
    def echoes(self) -> bool:
        """Whether the platform tells us what it delivered: that settles an interrupted call."""

    def parts(self, external_id: str, reply: Reply, token: Callable[[Choice], str]) -> Sequence[Payload]:
        """The calls that say ``reply``, in order: text split by the channel's limits, buttons on the last.
        Pure. ``token`` gives the opaque id of a choice that has a payload.
        """

    async def send(self, payload: Payload) -> Sent:
        """Make one call. Never raises for what the platform or the network does; logs no text, no URL."""

    async def typing(self, external_id: str) -> None:
        """Show that an answer is being made, where the channel can; failures are ignored."""

    async def download(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        """Name and bytes of a file named in ``Incoming.fetch``. Raises ``RefusedError`` or ``OSError``."""

    async def close(self) -> None:
        """Give back connections."""


class Files(Protocol):
    """Where attachments go."""

    def put(self, conversation_id: str, name: str, data: bytes) -> FileRef:
        """Check, strip and store; raises ``RefusedError``."""
