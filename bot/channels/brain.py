"""The road to the assistant: one message in, its replies out."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Protocol

import aiohttp
import msgspec
from sqlalchemy import Column, MetaData, String, Table, create_engine, delete, inspect, text
from sqlalchemy.engine import Engine

from bot.channels.assistants import Assistants
from bot.channels.message import Choice, Reply
from bot.channels.shares import Shares
from bot.conversations import sessions
from bot.conversations.channel import Channel
from bot.conversations.said import Card
from bot.conversations.turns import Dated, Facts, Scored
from bot.settings import Settings

# Rasa closes an idle connection after 5 s; ours must be given up first.
KEEP_ALIVE_SECONDS = 3.0
PROBE_SECONDS = 2.0
# A machine that was switched off refuses nothing; whoever is there answers within a round trip.
_CONNECT_SECONDS = 2.0
# How many assistants are asked for a turn while they are away.
_ASKED = 3
MODEL_HEADER = "X-Model"
"""In which Rasa's local channel names the model that answered."""

# The table of Rasa's own tracker store, where it was ever used; as far as it is needed here.
_events = Table("events", MetaData(), Column("sender_id", String(255)))


class BrainError(Exception):
    """A turn without an answer. ``retryable``: the same message may well be answered a moment later;
    ``away``: the assistant is not there (it restarts), which says nothing about the message.
    """

    def __init__(self, cause: str, retryable: bool, away: bool = False) -> None:
        super().__init__(cause)
        self.retryable = retryable
        self.away = away


class Brain(Protocol):
    """What answers a message of a conversation."""

    async def reply(self, conversation_id: str, channel: Channel, message_id: str, text: str) -> list[Reply]:
        """The replies to one cleaned message or button payload, at least one; raises ``BrainError``."""


class _Custom(msgspec.Struct, frozen=True):
    outcome: str = ""
    card: Card | None = None
    intent: str = ""
    confidence: float = 0.0
    procedure_code: str | None = None
    candidates: tuple[Scored, ...] = ()
    sources: tuple[Dated, ...] = ()
    revision: int = 0

    def facts(self, model: str) -> Facts | None:
        """None where the action says nothing of the turn."""
        if not self.intent:
            return None
        return Facts(
            self.intent,
            self.confidence,
            self.outcome,
            self.procedure_code,
            self.candidates,
            self.sources,
            self.revision,
            model,
        )


class _Item(msgspec.Struct, frozen=True):
    text: str = ""
    buttons: tuple[Choice, ...] = ()
    custom: _Custom = _Custom()


_ITEMS = msgspec.json.Decoder(list[_Item])


class RasaBrain:
    """Rasa, or the short engine, behind the local channel. Use within one event loop; ``close()`` at the end.

    ``rasa_urls``: see ``Assistants``. ``action_url``: of the action server, where there is one.
    ``timeout``: seconds for a whole turn. ``at_once``: connections to Rasa. ``tracker_url``: the database in
    which Rasa keeps its conversations.
    """

    def __init__(
        self,
        rasa_urls: Sequence[str],
        action_url: str,
        tracker_url: str,
        secret: str = "",
        timeout: float = 20.0,
        at_once: int = 16,
    ) -> None:
        self._assistants, self._shares = Assistants(rasa_urls), Shares()
        self._action_url, self._tracker_url = action_url, tracker_url
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self._timeout, self._at_once = timeout, at_once
        self._session: aiohttp.ClientSession | None = None
        self._engine: Engine | None = None

    async def reply(self, conversation_id: str, channel: Channel, message_id: str, text: str) -> list[Reply]:
        """One turn. Not retryable: what Rasa refuses or answers wrongly, and a turn that takes too long."""
        call: dict[str, Any] = {
            "sender": conversation_id,
            "message": text,
            "input_channel": channel.value,
            "metadata": {},
            "message_id": message_id,
        }
        replies = _replies(*await self._post(call))
        if not replies:
            raise BrainError("silent turn", retryable=True)
        return replies

    async def ready(self) -> bool:
        """Whether an assistant has its model, and the action server answers. One of several is enough: it
        stands in for those that are away.
        """
        rasas = [f"{url}/webhooks/local/" for url in await self._assistants.all()]
        actions = [f"{self._action_url}/health"] if self._action_url else []
        answers = await asyncio.gather(*map(self._answers, [*rasas, *actions]))
        return any(answers[: len(rasas)]) and all(answers[len(rasas) :])

    async def forget(self, conversation_id: str) -> None:
        """Delete what Rasa remembers of a conversation; no turn of it may be running."""
        await asyncio.to_thread(_forget, self._tracker(), conversation_id)

    async def close(self) -> None:
        """Give back connections."""
        if self._session:
            await self._session.close()
        if self._engine:
            self._engine.dispose()

    async def _post(self, call: dict[str, Any]) -> tuple[bytes, str]:
        """The reply and the id of the model it comes from. A conversation has one assistant that knows its
        texts; another one answers only while that one is away or has too much to do.
        """
        ends, away = time.monotonic() + self._timeout, BrainError("no assistant is known", True, away=True)
        who = call["sender"]
        for url in self._shares.order(who, await self._assistants.ranked(who))[:_ASKED]:
            try:
                with self._shares.turn(url):
                    answer = await self._ask(url, call, max(ends - time.monotonic(), 0.1))
            except BrainError as error:
                if not error.away:
                    self._shares.unanswered(who, url)
                    raise
                away = error
            else:
                self._shares.answered(who)
                return answer
        raise away

    async def _ask(self, url: str, call: dict[str, Any], seconds: float) -> tuple[bytes, str]:
        limit = aiohttp.ClientTimeout(total=seconds, sock_connect=_CONNECT_SECONDS)
        post = self._open().post(
            f"{url}/webhooks/local/webhook", json=call, headers=self._headers, timeout=limit
        )
        try:
            async with post as response:
                if response.status != 200:
                    failed, away = response.status >= 500, response.status == 503
                    raise BrainError(f"status {response.status}", failed, away)
                return await response.read(), response.headers.get(MODEL_HEADER, "")
        except aiohttp.ClientError as error:
            raise BrainError(f"no connection: {type(error).__name__}", True, away=True) from error
        except asyncio.TimeoutError:
            raise BrainError("turn took too long", retryable=True) from None

    async def _answers(self, url: str) -> bool:
        try:
            async with self._open().get(url, timeout=aiohttp.ClientTimeout(total=PROBE_SECONDS)) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._at_once, keepalive_timeout=KEEP_ALIVE_SECONDS)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session

    def _tracker(self) -> Engine:
        if self._engine is None:
            self._engine = create_engine(
                self._tracker_url, future=True, pool_pre_ping=True, hide_parameters=True
            )
        return self._engine


def open_brain(settings: Settings) -> RasaBrain:
    """The configured Rasa."""
    # Assistants elsewhere bring their actions along.
    actions = settings.action_url if settings.engine == "rasa" and not settings.assistant_urls else ""
    return RasaBrain(
        settings.assistants,
        actions,
        settings.tracker_url,
        settings.relay_secret,
        settings.turn_timeout_seconds,
        settings.turns_at_once,
    )


def _replies(body: bytes, model: str) -> list[Reply]:
    try:
        items = _ITEMS.decode(body)
    except msgspec.DecodeError as error:
        raise BrainError("reply is not in Rasa's shape", retryable=False) from error
    return [
        Reply(item.text, item.buttons, item.custom.card, item.custom.outcome, item.custom.facts(model))
        for item in items
        if item.text or item.buttons or item.custom.card
    ]


def _forget(engine: Engine, conversation_id: str) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # Deleted rows are overwritten, not left in free pages.
            connection.execute(text("PRAGMA secure_delete=ON"))
        there = inspect(connection)
        if there.has_table(sessions.session.name):
            sessions.forget(connection, conversation_id)
        if there.has_table(_events.name):
            connection.execute(delete(_events).where(_events.c.sender_id == conversation_id))
