"""Decides what each message of a citizen gets: a word of the gateway itself or the assistant's answer."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels import buttons, outbox
from bot.channels.brain import Brain
from bot.channels.commands import Command, Spellings, recognise, started
from bot.channels.files import Fetcher
from bot.channels.inbox import Waiting
from bot.channels.message import Incoming, Kind, Refusal, Reply
from bot.channels.orders import Orders
from bot.channels.response import Response
from bot.channels.staff import contacts
from bot.channels.staff.citizen import CitizenOrders
from bot.channels.staff.settling import silent
from bot.channels.sweeper import RESEND
from bot.channels.words import Words
from bot.conversations import people
from bot.conversations.channel import Channel, Reach
from bot.conversations.people import Person
from bot.conversations.turns import Facts

_ONE_GREETING_SECONDS = 30.0

T = TypeVar("T")
Run = Callable[..., Awaitable[T]]


class Responder:
    """``run`` makes short transactions of its own; whatever changes something is left to the response."""

    def __init__(
        self,
        run: Run[Person],
        brain: Brain,
        words: Words,
        orders: Orders,
        citizen: CitizenOrders,
        fetcher: Fetcher,
        spellings: Spellings,
        now: Callable[[], float],
    ) -> None:
        self._run, self._brain, self._words, self._orders = run, brain, words, orders
        self._citizen, self._fetcher, self._spellings, self._now = citizen, fetcher, spellings, now

    async def respond(self, message: Waiting) -> Response:
        """What the message gets. Raises ``BrainError`` and ``OSError`` when another try may do better."""
        person, incoming = message.situation.person, message.incoming
        if incoming.kind is Kind.GOODBYE:
            return Response(effect=self._leave)
        if message.situation.held:
            return await self._beside_a_person(message, person)
        if incoming.kind is Kind.HELLO:
            return self._hello(incoming, person)
        response = await self._answer(message, person)
        if person.greeted_at is not None or incoming.channel is Channel.WEB or _is_group(incoming):
            return response
        return replace(response, replies=(self._greeting(incoming), *response.replies), greets=True)

    def _hello(self, incoming: Incoming, person: Person) -> Response:
        greeting = Response(replies=(self._greeting(incoming),), greets=True)
        order = started(incoming.text)
        if order is None:
            # Telegram tells of an unblocking twice, by itself and by its start button.
            just_greeted = self._now() - (person.greeted_at or 0.0) < _ONE_GREETING_SECONDS
            return Response() if just_greeted else greeting
        # Somebody may have been sent a link of someone else: pressing start is not yet a wish to join.
        asked = self._orders.ask_to_link(order)
        return replace(greeting, replies=(*greeting.replies, asked))

    def _greeting(self, incoming: Incoming) -> Reply:
        return self._words.reply("greeting", Outcome.COURTESY, incoming.channel)

    async def _answer(self, message: Waiting, person: Person) -> Response:
        incoming = message.incoming
        if incoming.kind is Kind.UNREADABLE:
            return Response(replies=(self._words.refusal(Refusal(incoming.text)),))
        if incoming.kind is Kind.FILES:
            return await self._files(message, person)
        if incoming.kind is Kind.BUTTON:
            return await self._pressed(message, person)
        if incoming.leaves_contact:
            return self._citizen.contact_left()
        return await self._ordered(person, incoming.text) or Response(
            replies=await self._ask(message, person, incoming.text)
        )

    async def _ordered(self, person: Person, text: str) -> Response | None:
        order = recognise(text, self._spellings)
        if order is None:
            return None
        if order.command is Command.BACK:
            return self._citizen.back()
        if order.command is not Command.ALONE:
            return self._orders.response(order)
        # A short word that means this only where it was asked for.
        awaited = await self._look(contacts.is_awaited, person.conversation_id)
        return self._citizen.decline() if awaited else None

    async def _beside_a_person(self, message: Waiting, person: Person) -> Response:
        """A person has the conversation: only what the gateway itself is told is answered."""
        incoming, silence = message.incoming, silent(Facts())
        if incoming.kind is Kind.UNREADABLE and incoming.text != Refusal.STICKER.value:
            return Response(replies=(self._words.refusal(Refusal(incoming.text)),))
        if incoming.kind is Kind.FILES:
            fetched = await self._fetcher.fetch(message, person.conversation_id)
            refusals = tuple(self._words.refusal(why) for why in dict.fromkeys(fetched.refusals))
            return replace(silence, replies=refusals, files=fetched.files)
        if incoming.kind is Kind.BUTTON:
            choice = await self._choice(person.conversation_id, incoming.text) or ""
            return self._confirmed(choice) or silence
        if incoming.kind is Kind.TEXT:
            order = recognise(incoming.text, self._spellings)
            # "Trợ giúp" is said to the person.
            if order is not None and order.command is not Command.HELP:
                return await self._ordered(person, incoming.text) or silence
        return silence

    async def _look(self, work: Callable[..., Any], *args: Any) -> Any:
        return await self._run(work, *args)

    async def _ask(self, message: Waiting, person: Person, text: str) -> tuple[Reply, ...]:
        return tuple(
            await self._brain.reply(person.conversation_id, person.channel, message.incoming.message_id, text)
        )

    async def _pressed(self, message: Waiting, person: Person) -> Response:
        token = message.incoming.text
        choice = await self._choice(person.conversation_id, token)
        if choice is None:
            return Response(replies=(self._words.refusal(Refusal.MENU_EXPIRED),))
        if choice.startswith(RESEND):
            return Response(effect=partial(self._repeat, int(choice.removeprefix(RESEND))))
        return self._confirmed(choice) or Response(replies=await self._ask(message, person, choice))

    def _confirmed(self, choice: str) -> Response | None:
        return self._orders.confirmed(choice) or self._citizen.confirmed(choice)

    async def _choice(self, conversation_id: str, token: str) -> str | None:
        def look(connection: Connection) -> str | None:
            found = buttons.resolve(connection, conversation_id, token, self._now())
            return found.payload if found else None

        payload: str | None = await self._look(look)
        return payload

    def _repeat(
        self, part_id: int, connection: Connection, person: Person
    ) -> tuple[Person, tuple[Reply, ...]]:
        if outbox.repeat(connection, part_id, person, self._now()):
            return person, ()
        return person, (self._words.refusal(Refusal.MENU_EXPIRED),)

    async def _files(self, message: Waiting, person: Person) -> Response:
        fetched = await self._fetcher.fetch(message, person.conversation_id)
        replies = fetched.replies(self._words)
        if message.incoming.text:
            replies += await self._ask(message, person, message.incoming.text)
        return Response(replies=replies, files=fetched.files)

    def _leave(self, connection: Connection, person: Person) -> tuple[Person, tuple[Reply, ...]]:
        people.mark_reach(connection, person.id, Reach.BLOCKED)
        outbox.give_up(connection, person.id, self._now(), "left")
        return person, ()


def _is_group(incoming: Incoming) -> bool:
    """A crowd is told only that we do not speak there."""
    return incoming.kind is Kind.UNREADABLE and incoming.text == Refusal.GROUP.value
