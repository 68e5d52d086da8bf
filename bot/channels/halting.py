"""On a channel that staff have stopped, one sentence answers instead of the assistant."""

from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy.engine import Connection

from bot.channels import outbox
from bot.channels.inbox import Waiting
from bot.channels.message import Kind, Reply
from bot.channels.response import Response
from bot.channels.saying import Adapters, say
from bot.conversations.people import Person


class Halting:
    """Stands before ``respond``. ``sentence``: what is said."""

    def __init__(
        self,
        respond: Callable[[Waiting], Awaitable[Response]],
        sentence: Callable[[], Reply],
        adapters: Adapters,
        now: Callable[[], float],
    ) -> None:
        self._respond, self._sentence = respond, sentence
        self._adapters, self._now = adapters, now

    async def respond(self, message: Waiting) -> Response:
        """What the message gets; whoever leaves is let go in any case."""
        if message.situation.halted and message.incoming.kind is not Kind.GOODBYE:
            return Response(effect=partial(self._tell, message.id))
        return await self._respond(message)

    def _tell(
        self, inbox_id: int, connection: Connection, person: Person
    ) -> tuple[Person, tuple[Reply, ...]]:
        # Said here and not by whoever ends the message: only this may pass the stop.
        say(connection, self._adapters, person, (self._sentence(),), self._now(), inbox_id)
        outbox.let_pass(connection, inbox_id)
        return person, ()
