"""Small stand-ins for the gateway's middle."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from bot.channels.bell import Ring
from bot.channels.hub import Accepted, Admit, admitted_as_is
from bot.channels.message import Incoming
from bot.settings import Settings
from tests.channels.zalo.bodies import APP, AT, OA, SECRET

T = TypeVar("T")


def settings(**more: Any) -> Settings:
    return Settings(
        zalo_app_id=APP, zalo_oa_id=OA, zalo_oa_secret=SECRET, zalo_app_secret="app-secret", **more
    )


class MemoryHub:
    """Keeps what it accepted, once per message id."""

    channels: Sequence[str] = ("zalo",)

    def __init__(self, engine: Engine | None = None) -> None:
        self.accepted: dict[str, Incoming] = {}
        self.time = AT
        self.broken = False
        self._engine = engine

    async def accept(self, incoming: Incoming, admit: Admit = admitted_as_is) -> Accepted:
        if self.broken:
            raise RuntimeError(f"no database for {incoming.text}")
        new = incoming.message_id not in self.accepted
        self.accepted.setdefault(incoming.message_id, incoming)
        return Accepted(new, "c1", 1)

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        assert self._engine is not None
        with self._engine.begin() as connection:
            return work(connection, *args)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        return await self.run(work, *args)

    def watch(self, conversation_id: str, ring: Ring | None = None) -> AbstractContextManager[Ring]:
        raise NotImplementedError

    def now(self) -> float:
        return self.time


class Settled:
    """Remembers what it was asked; ``ours`` is its answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.ours = True

    async def __call__(self, external_id: str, message_id: str, text: str) -> bool:
        self.asked.append((external_id, message_id, text))
        return self.ours
