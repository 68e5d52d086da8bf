"""``/_ctl/…``: the phones and the switches over HTTP, for tests that run the double as its own process."""

import asyncio
import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec
from aiohttp import web

from tests.doubles.telegram.answering import Answering
from tests.doubles.telegram.chats import Json
from tests.doubles.telegram.errors import ApiError
from tests.doubles.telegram.faults import Fault, FaultKind
from tests.doubles.telegram.phones import MEDIA, NoSuchThingError, Phones
from tests.doubles.telegram.state import State

Act = Callable[[int, Json], Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Control:
    """Bodies and answers are JSON; wrong use is 400 with ``{"error": …}``."""

    def __init__(self, state: State, answering: Answering) -> None:
        self._state = state
        self._answering = answering
        self.phones = Phones(state)
        phones = self.phones
        self._acts: dict[str, Act] = {
            "say": lambda chat, body: {"message_ids": phones.say(chat, body["text"], body.get("user", 0))},
            "start": self._start,
            "tap": lambda chat, body: {"query_id": phones.tap(chat, **_named(body, "user"))},
            "edit": lambda chat, body: {"message_id": phones.edit(chat, **_named(body, "user"))},
            "location": lambda chat, body: {"message_id": phones.send_location(chat, **_named(body, "user"))},
            "contact": lambda chat, body: {"message_id": phones.send_contact(chat, **_named(body, "user"))},
            "block": lambda chat, body: phones.block(chat, body.get("user", 0)),
            "unblock": lambda chat, body: phones.block(chat, body.get("user", 0), blocked=False),
            "name": self._name,
            **{kind: self._media(kind) for kind in MEDIA},
        }

    def routes(self) -> list[web.RouteDef]:
        world = self._state
        return [
            web.get("/_ctl/state", self._json(self._overview)),
            web.post("/_ctl/configure", self._json(self._configure)),
            web.post("/_ctl/advance", self._json(self._advance)),
            web.post("/_ctl/fault", self._json(self._fault)),
            web.delete("/_ctl/fault", self._json(lambda request, body: world.faults.clear())),
            web.post("/_ctl/release", self._json(lambda request, body: self._answering.release())),
            web.post("/_ctl/update", self._json(self._raw)),
            web.post("/_ctl/say_many", self._json(self._say_many)),
            web.get("/_ctl/sent", self._sent),
            web.get("/_ctl/outbox", self._sent),
            web.get("/_ctl/records/calls", self._json(lambda request, body: world.calls)),
            web.get("/_ctl/records/attempts", self._json(lambda request, body: world.deliveries.log)),
            web.get("/_ctl/{chat:-?\\d+}", self._json(self._look)),
            web.post("/_ctl/{chat:-?\\d+}/{act}", self._json(self._act)),
        ]

    def _json(self, work: Callable[[web.Request, Json], Any]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            try:
                raw = await request.read()
                result = work(request, json.loads(raw) if raw else {})
            except (NoSuchThingError, ApiError, ValueError, KeyError, TypeError, binascii.Error) as error:
                return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
            return _answer({} if result is None else result)

        return handle

    def _act(self, request: web.Request, body: Json) -> Any:
        act = self._acts.get(request.match_info["act"])
        if act is None:
            raise ValueError(f"no act {request.match_info['act']!r}")
        return act(int(request.match_info["chat"]), body)

    def _start(self, chat: int, body: Json) -> Json:
        return {"message_ids": self.phones.say(chat, f"/start {body.get('payload', '')}".strip())}

    def _name(self, chat: int, body: Json) -> None:
        known = self._state.chats.chat(chat)
        known.name, known.username = body["name"], body.get("username", "")

    def _media(self, kind: str) -> Act:
        def act(chat: int, body: Json) -> Json:
            data = base64.b64decode(body.pop("data", ""), validate=True)
            return {"message_id": self.phones.send_media(chat, kind, data, **_named(body, "user"))}

        return act

    def _say_many(self, request: web.Request, body: Json) -> Json:
        return {"message_ids": [self.phones.say(chat, text)[0] for chat, text in body["messages"]]}

    def _overview(self, request: web.Request, body: Json) -> Json:
        """Numbers that tell whether all has come to rest."""
        deliveries = self._state.deliveries
        return {
            "now": self._state.clock.now(),
            "pending": len(self._state.updates.pending),
            "waiting": deliveries.waiting,
            "in_flight": deliveries.in_flight,
            "most_in_flight": deliveries.most_in_flight,
            "sent": len(self._state.sent),
            "calls": len(self._state.calls),
            "commands": self._state.commands,
            "hook": vars(self._state.hook),
        }

    def _configure(self, request: web.Request, body: Json) -> Json:
        self._state.options.change(body)
        return self._state.options.values()

    def _advance(self, request: web.Request, body: Json) -> Json:
        self._state.clock.advance(float(body["seconds"]))
        return {"now": self._state.clock.now()}

    def _fault(self, request: web.Request, body: Json) -> None:
        self._state.faults.add(Fault(**{**body, "kind": FaultKind(str(body["kind"]))}))

    def _raw(self, request: web.Request, body: Json) -> Json:
        """An update of any kind, such as a ``channel_post``."""
        return {"update_id": self._state.updates.add(body["kind"], body["content"])}

    def _look(self, request: web.Request, body: Json) -> Json:
        chat = self._state.chats.chat(int(request.match_info["chat"]))
        queries = [query for query in self._state.chats.queries.values() if query.chat_id == chat.id]
        shown = [message for message in chat.messages.values() if not message.deleted]
        return {
            "blocked": chat.blocked,
            "typing": chat.typing_until > self._state.clock.now(),
            "messages": [
                {"author": "bot" if message.from_bot else "citizen", **msgspec.to_builtins(message.shown())}
                for message in shown
            ],
            "spinning": [query.id for query in queries if query.answer is None],
            "toasts": {query.id: query.answer for query in queries if query.answer is not None},
        }

    async def _sent(self, request: web.Request) -> web.Response:
        """What reached the phones of chat ``user`` (0: all) after the message ``seq`` = ``after``; waits
        ``wait`` seconds at most until there are ``count``.
        """
        query = request.query
        user, after, count = (int(query.get(name, "0")) for name in ("user", "after", "count"))
        loop = asyncio.get_running_loop()
        end = loop.time() + float(query.get("wait", "0"))
        log = self._state.sent_to[user] if user else self._state.sent
        while True:
            arrived = self._state.arrived
            found = log[bisect_right(log, after, key=lambda sent: sent.seq) :]
            if len(found) >= count or loop.time() >= end:
                return _answer(found)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(arrived.wait(), end - loop.time())


def _answer(result: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(result), content_type="application/json")


def _named(body: Json, *short: str) -> Json:
    """``user`` and the like under the names of the Python methods."""
    return {f"{name}_id" if name in short else name: value for name, value in body.items()}
