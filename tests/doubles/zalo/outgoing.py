"""Messages to citizens: accepted, recorded, echoed."""

import asyncio
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from typing import Any

from tests.doubles.zalo import events, seeded
from tests.doubles.zalo.bodies import Draft, Reader
from tests.doubles.zalo.codes import Code, RefusedError
from tests.doubles.zalo.people import Person
from tests.doubles.zalo.records import Sent
from tests.doubles.zalo.world import World

VIETNAM = timezone(timedelta(hours=7))


class Outgoing:
    """Every method that sends raises ``RefusedError`` and then has changed nothing."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiters: defaultdict[str, list[asyncio.Future[None]]] = defaultdict(list)
        self._known: dict[str, str] = {}
        self._anonymous: set[tuple[str, str]] = set()

    def knows(self, message_id: str, user: str) -> None:
        """A message of the citizen that may be quoted or answered."""
        self._known[message_id] = user

    def meets_anonymous(self, anonymous_id: str, conversation_id: str) -> None:
        self._anonymous.add((anonymous_id, conversation_id))

    def consult(self, body: object) -> Sent:
        """``message/cs``."""
        world = self._world
        if not isinstance(body, dict) or set(body) != {"recipient", "message"}:
            raise RefusedError(Code.PARAMETER, "recipient or message is missing")
        draft = Reader(world.settings, world.uploads).read(body["message"])
        person = self._recipient(body["recipient"])
        if draft.quote and self._known.get(draft.quote) != person.user_id:
            raise RefusedError(Code.PARAMETER, "quote_message_id is invalid")
        billable = person.check_window(world.clock.now(), world.settings.free_replies)
        person.replies += 1
        return self._send(person, draft, billable, "cs")

    def template(self, body: object) -> Sent:
        """``message/template``: at any time, from an approved template; by day if it advertises."""
        world = self._world
        if not isinstance(body, dict) or set(body) != {"user_id", "template_id", "template_data"}:
            raise RefusedError(Code.PARAMETER, "user_id, template_id or template_data is missing")
        wanted = world.settings.templates.get(str(body["template_id"]))
        if wanted is None:
            raise RefusedError(Code.TEMPLATE, "Template is invalid")
        data = body["template_data"]
        if not isinstance(data, dict) or not data:
            raise RefusedError(Code.TEMPLATE_EMPTY, "Template data is empty")
        if set(data) != set(wanted) or not all(isinstance(value, str) for value in data.values()):
            raise RefusedError(Code.TEMPLATE_DATA, "Template data does not match the template")
        hour = datetime.fromtimestamp(world.clock.now(), VIETNAM).hour
        if body["template_id"] in world.settings.promotions and (hour >= 22 or hour < 6):
            raise RefusedError(Code.NIGHT, "Promotion is not allowed at night")
        person = world.people.find(body["user_id"])
        if person.blocked or person.gone:
            raise RefusedError(Code.BLOCKED if person.blocked else Code.NOT_FOLLOWED)
        text = "\n".join(f"{name}: {data[name]}" for name in wanted)
        content = {"template_id": body["template_id"], "template_data": data}
        return self._send(person, Draft("template", text, attachment=content), True, "template")

    def by_operator(self, user: str, text: str, admin_id: str) -> Sent:
        """A person writes in the account's manager."""
        return self._send(self._world.people.find(user), Draft("text", text), False, "operator", admin_id)

    def to(self, user: str, after: int = 0) -> list[Sent]:
        """What reached the phone after the message ``after``; all phones for an empty ``user``."""
        source = self._world.sent_to[user] if user else self._world.sent
        return [sent for sent in source if sent.seq > after]

    async def wait(self, user: str, after: int, count: int, seconds: float) -> list[Sent]:
        """The same, as soon as there are ``count`` or ``seconds`` have passed."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while len(found := self.to(user, after)) < count and loop.time() < deadline:
            waiter = loop.create_future()
            self._waiters[user].append(waiter)
            await asyncio.wait([waiter], timeout=deadline - loop.time())
        return found

    def _recipient(self, recipient: object) -> Person:
        people = self._world.people
        if not isinstance(recipient, dict):
            raise RefusedError(Code.PARAMETER, "recipient is invalid")
        if set(recipient) == {"user_id"}:
            if not isinstance(recipient["user_id"], str):
                raise RefusedError(Code.PARAMETER, "user_id is not a text")
            return people.find(recipient["user_id"])
        if set(recipient) == {"message_id"}:
            return people.find(self._known.get(str(recipient["message_id"])))
        if set(recipient) == {"anonymous_id", "conversation_id"}:
            pair = (str(recipient["anonymous_id"]), str(recipient["conversation_id"]))
            return people.find(pair[0] if pair in self._anonymous else None)
        raise RefusedError(Code.PARAMETER, "recipient is invalid")

    def _send(self, person: Person, draft: Draft, billable: bool, via: str, admin_id: str = "") -> Sent:
        world = self._world
        user = person.user_id
        sent = Sent(
            seq=len(world.sent) + 1,
            user=user,
            kind=draft.kind,
            text=draft.text,
            buttons=draft.buttons,
            attachment=draft.attachment,
            message_id=world.message_id("sent", user),
            at=world.clock.now(),
            billable=billable,
            via=via,
        )
        world.sent.append(sent)
        world.sent_to[user].append(sent)
        self.knows(sent.message_id, user)
        self._echo(person, sent, admin_id)
        for key in (user, ""):
            for waiter in self._waiters.pop(key, []):
                if not waiter.done():
                    waiter.set_result(None)
        return sent

    def _echo(self, person: Person, sent: Sent, admin_id: str) -> None:
        world = self._world
        content: dict[str, Any] = {"msg_id": sent.message_id}
        if sent.text:
            content["text"] = sent.text
        if sent.attachment is not None:
            content["attachments"] = [sent.attachment]
        if world.settings.echo and self._echo_survives(sent):
            sent.echo = self._announce(person, f"oa_send_{sent.kind}", content, admin_id).seq
        if world.settings.receipts:
            self._announce(person, "user_received_message", {"msg_id": sent.message_id})

    def _echo_survives(self, sent: Sent) -> bool:
        settings = self._world.settings
        dice = seeded.rng(settings.seed, "echo", sent.message_id)
        return dice.random() < settings.echo_chance

    def _announce(self, person: Person, name: str, content: dict[str, Any], admin_id: str = "") -> Any:
        world = self._world
        ends = [world.settings.oa_id, person.user_id]
        if name.startswith("user_"):
            ends.reverse()
        stamp = person.stamp(world.clock.now())
        body = events.message(name, world.settings.app_id, ends[0], ends[1], content, stamp, person.by_app)
        if admin_id:
            body["sender"]["admin_id"] = admin_id
        return world.announce(person, body, str(content["msg_id"]))
