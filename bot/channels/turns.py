"""Takes messages out of the inbox and answers them: one at a time for each citizen, many citizens at once."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from bot.channels import inbox
from bot.channels.adapter import Adapter
from bot.channels.bell import Bell
from bot.channels.brain import BrainError
from bot.channels.inbox import Waiting
from bot.channels.message import Reply
from bot.channels.metrics import TURNS
from bot.channels.recording import facts_of, record
from bot.channels.response import Response, outcome_of
from bot.channels.rules import Rules
from bot.channels.saying import Adapters, say
from bot.channels.states import InboxState
from bot.channels.store import Store
from bot.channels.tasks import finish, insist, trace
from bot.channels.words import Words
from bot.conversations import log, people
from bot.conversations.people import Person

logger = logging.getLogger(__name__)

Respond = Callable[[Waiting], Awaitable[Response]]
Pending = Callable[[Connection, Person, float], tuple[Reply, ...]]
"""What could not be told to somebody before they wrote; told in the transaction that ends their message."""
Settle = Callable[[Connection, Waiting, Person, Response, float], Response]
"""Where a person comes in, an answer may become another one; in the transaction that ends the message."""
_IDLE_SECONDS = 1.0
_LONGEST_PAUSE = 10.0


class Turns:
    """The worker of the inbox. ``words``: has the apology for a message that could not be answered at all."""

    def __init__(
        self,
        store: Store,
        bell: Bell,
        respond: Respond,
        words: Words,
        adapters: Adapters,
        rules: Rules,
        now: Callable[[], float],
        pending: Pending,
        settle: Settle,
    ) -> None:
        self._pending, self._settle = pending, settle
        self._store, self._bell, self._respond, self._words = store, bell, respond, words
        self._adapters, self._rules, self._now = adapters, rules, now
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; turns in progress are then finished."""
        with self._bell.listen(Bell.INBOX) as ring:
            try:
                while True:
                    await ring.wait(await self._try_to_start())
            finally:
                await finish(self._running, self._rules.turn_timeout)

    async def _try_to_start(self) -> float:
        """As ``_start_turns``; a database that is away for a while must not end the work for good."""
        try:
            return await self._start_turns()
        except Exception as error:
            logger.error("no turn could be started, trying again: %s", trace(error))
            await asyncio.sleep(_IDLE_SECONDS)
            return 0.0

    async def _start_turns(self) -> float:
        """Start what is due and there is room for; seconds until there may be more."""
        room = self._rules.turns_at_once - len(self._running)
        if room <= 0:
            return _IDLE_SECONDS
        begun, due = await self._store.run(self._take_up, room)
        for message in begun:
            task = asyncio.create_task(self._answer_all(message))
            self._running.add(task)
            task.add_done_callback(self._ended)
        return _IDLE_SECONDS if due is None else min(max(due - self._now(), 0.01), _IDLE_SECONDS)

    def _take_up(self, connection: Connection, room: int) -> tuple[list[Waiting], float | None]:
        """The first messages of so many conversations, and when there may be more."""
        rules, now = self._rules, self._now()
        claimed = inbox.claim(connection, rules.owner, now, rules.lease, room)
        begun = [self._begin(connection, conversation_id, claimed=True) for conversation_id in claimed]
        return [message for message in begun if message], inbox.next_due(connection)

    def _begin(self, connection: Connection, conversation_id: str, claimed: bool = False) -> Waiting | None:
        """The next message of a conversation. One that cannot even be read must not keep others waiting, nor
        the answer before it from being kept.
        """
        rules, now = self._rules, self._now()
        try:
            return inbox.begin(connection, conversation_id, rules.owner, now, rules.lease, claimed)
        except DBAPIError:
            raise
        except Exception as error:
            logger.error("a conversation was left for another try: %s", trace(error))
            inbox.leave(connection, conversation_id, rules.owner, now + _LONGEST_PAUSE)
            return None

    def _ended(self, task: asyncio.Task[None]) -> None:
        full = len(self._running) >= self._rules.turns_at_once
        self._running.discard(task)
        if full:
            # Only now there is room: whoever was woken before this found none and sleeps on.
            self._bell.wake(Bell.INBOX)

    def _said(self, message: Waiting) -> None:
        """Tell who reads along, and who carries it where there is something to carry."""
        # On platforms a message after this one may still wait for one sent before it.
        on_platform = message.incoming.channel in self._adapters
        self._bell.ring(message.conversation_id, (Bell.INBOX, Bell.OUTBOX) if on_platform else ())

    async def _answer_all(self, first: Waiting) -> None:
        message: Waiting | None = first
        try:
            while message:
                message = await self._answer(message)
        except Exception as error:
            logger.error("a conversation was left for another try: %s", trace(error))
            # Not at once: what failed so badly would fail again and again without a pause.
            later = self._now() + _LONGEST_PAUSE
            leave = partial(inbox.leave, conversation_id=first.conversation_id, owner=self._rules.owner)
            await insist(partial(self._store.run, partial(leave, due_at=later)))

    async def _answer(self, message: Waiting) -> Waiting | None:
        """The message after it, begun where it was ended."""
        adapter = self._adapters.get(message.incoming.channel)
        typing = asyncio.create_task(self._show_typing(adapter, message)) if adapter else None
        try:
            began = time.monotonic()
            response = await asyncio.wait_for(self._respond(message), self._rules.turn_timeout + 5)
            elapsed_ms = (time.monotonic() - began) * 1000
            outcome, following = await self._store.run(
                self._end, message, response, InboxState.ANSWERED, elapsed_ms
            )
        except Exception as error:
            return await self._failed(message, error)
        finally:
            if typing is not None:
                typing.cancel()
                with suppress(asyncio.CancelledError):
                    await typing
        if outcome is not None:
            if response.after:
                await insist(response.after)
            TURNS.labels(message.incoming.channel.value, outcome or "none").inc()
        self._said(message)
        return following

    async def _failed(self, message: Waiting, error: Exception) -> Waiting | None:
        if not isinstance(error, (BrainError, asyncio.TimeoutError)):
            logger.error("a turn failed: %s", trace(error))
        if self._is_hopeless(message, error):
            response = Response(replies=(self._words.apology,))
            _, following = await self._store.run(self._end, message, response, InboxState.FAILED)
            TURNS.labels(message.incoming.channel.value, "failed").inc()
            self._said(message)
            return following
        now, rules = self._now(), self._rules
        away = isinstance(error, BrainError) and error.away
        if away:
            pause = rules.pause_away(now - message.received_at, random.random())
        else:
            pause = min(rules.pause(message.attempt, random.random()), _LONGEST_PAUSE)
        # An absence says nothing about the message: it keeps its tries for afterwards.
        following = await self._store.run(self._postpone, message, now + pause, not away)
        self._bell.ring(message.conversation_id, (Bell.INBOX,))
        return following

    def _postpone(
        self, connection: Connection, message: Waiting, due_at: float, counts: bool
    ) -> Waiting | None:
        inbox.postpone(connection, message, due_at, counts)
        return self._begin(connection, message.conversation_id)

    def _is_hopeless(self, message: Waiting, error: Exception) -> bool:
        if isinstance(error, BrainError) and error.away:
            return self._now() - message.received_at > self._rules.patience
        for_good = isinstance(error, BrainError) and not error.retryable
        return for_good or message.attempt >= self._rules.attempts

    def _end(
        self,
        connection: Connection,
        message: Waiting,
        response: Response,
        state: InboxState,
        elapsed_ms: float = 0.0,
    ) -> tuple[str | None, Waiting | None]:
        """The outcome of ``_commit``; the conversation goes on or is let go in the same transaction."""
        outcome = self._commit(connection, message, response, state, elapsed_ms)
        return outcome, self._begin(connection, message.conversation_id)

    def _commit(
        self,
        connection: Connection,
        message: Waiting,
        response: Response,
        state: InboxState,
        elapsed_ms: float,
    ) -> str | None:
        """The end of a message and everything said about it, or nothing of both. Its outcome; None when
        another worker has taken it over.
        """
        now = self._now()
        if not inbox.finish(connection, message, state, response.outcome, now):
            return None
        first = response.outcome
        person = people.person(connection, message.identity_id)
        if state is InboxState.ANSWERED:
            response = self._settle(connection, message, person, response, now)
        said: tuple[Reply, ...] = ()
        if response.effect:
            person, said = response.effect(connection, person)
        if response.greets:
            people.mark_greeted(connection, person.id, now)
        if response.files:
            log.attach(connection, person.conversation_id, message.incoming.message_id, response.files)
        replies = (*said, *response.replies)
        outcome = outcome_of(replies) if said else response.outcome
        if outcome != first:
            inbox.note_outcome(connection, message.id, outcome)
        # To somebody who has just been erased nothing more than the last word is tied.
        inbox_id = message.id if person.id == message.identity_id else None
        if response.effect is None and not response.silent and state is InboxState.ANSWERED:
            replies = (*self._pending(connection, person, now), *replies)
        answer_seq = say(connection, self._adapters, person, replies, now, inbox_id)
        if inbox_id is not None:
            facts = replace(response.facts or facts_of(replies), elapsed_ms=elapsed_ms)
            record(connection, message, person, facts, answer_seq, now)
        return outcome

    async def _show_typing(self, adapter: Adapter, message: Waiting) -> None:
        await asyncio.sleep(self._rules.typing_after)
        while True:
            await adapter.typing(message.incoming.external_id)
            await asyncio.sleep(self._rules.typing_every)


def nothing_pending(_connection: Connection, _person: Person, _now: float) -> tuple[Reply, ...]:
    """Where nobody is written to on our own account."""
    return ()


def settled_as_is(
    _connection: Connection, _message: Waiting, _person: Person, response: Response, _now: float
) -> Response:
    """Where no person ever comes in."""
    return response
