"""The middle of the gateway: what channels hand messages to and read conversations from."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy.engine import Connection

from bot.channels.bell import Ring
from bot.channels.message import Incoming

T = TypeVar("T")


@dataclass(frozen=True)
class Accepted:
    """``new`` is false for a repeat. ``seq``: number of the citizen's message in its conversation."""

    new: bool
    conversation_id: str
    seq: int


Admit = Callable[[Connection, Incoming], Incoming]
"""Looks at a message in the transaction that stores it: what is to be stored, or an error."""


def admitted_as_is(_connection: Connection, incoming: Incoming) -> Incoming:
    """Where a channel has nothing to ask the database about."""
    return incoming


class Hub(Protocol):
    """Seen by the channels. All methods may be called from any task of the gateway's event loop."""

    async def accept(self, incoming: Incoming, admit: Admit = admitted_as_is) -> Accepted:
        """Store a message for good, once; a repeat gives the row of the first time. Returns after commit.
        Raises what ``admit`` raises; then nothing is stored.
        """

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """``work(connection, *args)`` in one transaction, off the event loop."""

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """The same for work that only reads, and whose statements need not all see the same moment."""

    def watch(self, conversation_id: str, ring: Ring | None = None) -> AbstractContextManager[Ring]:
        """Hear of changes in a conversation for as long as the context is open. Loop: read, then ``await
        wait(…)``. ``ring``: one that tells of other things, too.
        """

    def now(self) -> float:
        """POSIX seconds."""

    @property
    def channels(self) -> Sequence[str]:
        """Names of the channels that are switched on."""
