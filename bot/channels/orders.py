"""Commands of citizens to the gateway: link, unlink, privacy, erase, help."""

from collections.abc import Awaitable, Callable
from functools import partial

from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.channels import linking
from bot.channels.commands import Command, Order
from bot.channels.erasing import erase
from bot.channels.message import Choice, Reply
from bot.channels.response import Response
from bot.channels.words import Words
from bot.conversations import people
from bot.conversations.linking import LIFETIME, Linked, Refused, is_linked, issue
from bot.conversations.people import Person

_ERASE, _KEEP = "erase:yes", "erase:no"
_LINK, _APART = "link:", "apart"

Told = tuple[Person, tuple[Reply, ...]]


class Orders:
    """``forget`` deletes what Rasa keeps of a conversation; ``key``: of ``bot.channels.erasing``;
    ``chat_days`` and ``file_days``: how long things are kept.
    """

    def __init__(
        self,
        words: Words,
        forget: Callable[[str], Awaitable[None]],
        key: bytes,
        chat_days: int,
        file_days: int,
        now: Callable[[], float],
    ) -> None:
        self._words, self._forget, self._key, self._now = words, forget, key, now
        self._days = {"days": str(chat_days), "file_days": str(file_days)}

    def response(self, order: Order) -> Response:
        """What a command gets."""
        if order.command is Command.LINK:
            return Response(effect=self._issue)
        if order.command is Command.REDEEM:
            return Response(effect=partial(self._redeem, order.code))
        if order.command is Command.UNLINK:
            return Response(effect=self._unlink)
        if order.command is Command.ERASE:
            choices = (
                Choice(self._words.text("erase_yes"), _ERASE),
                Choice(self._words.text("erase_no"), _KEEP),
            )
            ask = self._say("erase_ask")
            return Response(replies=(Reply(ask.text, choices, None, ask.outcome),))
        if order.command is Command.PRIVACY:
            return Response(replies=(self._say("privacy", **self._days),))
        return Response(replies=(self._say("help"),))

    def ask_to_link(self, order: Order) -> Reply:
        """Whether to join the conversation a deep link names."""
        return self._ask("join", f"{_LINK}{order.code}", _APART)

    def confirmed(self, payload: str) -> Response | None:
        """What the button under a question of ours gets; None for any other button."""
        if payload in (_KEEP, _APART):
            return Response(replies=(self._say("kept"),))
        if payload.startswith(_LINK):
            return Response(effect=partial(self._redeem, payload.removeprefix(_LINK)))
        if payload != _ERASE:
            return None
        erased: list[str] = []

        async def forget() -> None:
            for conversation_id in erased:
                await self._forget(conversation_id)

        return Response(effect=partial(self._erase, erased), after=forget)

    def _say(self, name: str, **values: str) -> Reply:
        return self._words.reply(name, Outcome.GUIDED, None, **values)

    def _ask(self, name: str, yes: str, no: str) -> Reply:
        say = self._words.text
        choices = (Choice(say(f"{name}_yes"), yes), Choice(say(f"{name}_no"), no))
        return Reply(say(f"{name}_ask"), choices, None, Outcome.ASKED_BACK.value)

    def _issue(self, connection: Connection, person: Person) -> Told:
        code = issue(connection, person.conversation_id, self._now())
        return person, (self._say("link_code", code=code, minutes=_MINUTES),)

    def _redeem(self, code: str, connection: Connection, person: Person) -> Told:
        moved = linking.redeem(connection, code, person.id, self._now())
        if isinstance(moved, Linked):
            return people.person(connection, person.id), (self._say("linked"),)
        minutes = {"minutes": _MINUTES} if moved in (Refused.EXPIRED, Refused.THROTTLED) else {}
        return person, (self._say(f"link_{moved.value}", **minutes),)

    def _unlink(self, connection: Connection, person: Person) -> Told:
        if not is_linked(connection, person.id):
            return person, (self._say("not_linked"),)
        linking.unlink(connection, person.id, self._now())
        return people.person(connection, person.id), (self._say("unlinked"),)

    def _erase(self, erased: list[str], connection: Connection, person: Person) -> Told:
        now = self._now()
        erased.extend(erase(connection, person.conversation_id, now, self._key).conversations)
        # The address was wiped with everything else: the last word goes to a stranger of the same name.
        fresh = people.meet(connection, person.channel, person.external_id, now)
        people.mark_greeted(connection, fresh.id, now)
        return fresh, (self._say("erased"),)


_MINUTES = str(int(LIFETIME // 60))
