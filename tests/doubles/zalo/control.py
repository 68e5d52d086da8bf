"""The test's side of the platform: ``/_ctl/…``, JSON in and out; 400 with ``error`` for a wrong wish."""

import asyncio
import json
from typing import Any

import aiohttp
import msgspec
from aiohttp import web
from aiohttp.typedefs import Handler

from tests.doubles.zalo import forgery
from tests.doubles.zalo.actions import Actions
from tests.doubles.zalo.cdn import Cdn
from tests.doubles.zalo.outgoing import Outgoing
from tests.doubles.zalo.world import World

LONGEST_WAIT = 60.0


class Control:
    """Every call answers an object."""

    def __init__(self, world: World, outgoing: Outgoing, actions: Actions, cdn: Cdn) -> None:
        self._world = world
        self._outgoing = outgoing
        self._actions = actions
        self._cdn = cdn
        self._verbs = {name: getattr(actions, name) for name in vars(Actions) if not name.startswith("_")}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/_ctl/user/{user}/{verb}", self._act),
            web.get("/_ctl/user/{user}", self._person),
            web.post("/_ctl/say_many", self._say_many),
            web.get("/_ctl/sent", self._sent),
            web.get("/_ctl/state", self._state),
            web.get("/_ctl/records/{kind:events|attempts|calls}", self._records),
            web.post("/_ctl/fault", self._fault),
            web.delete("/_ctl/fault", self._no_faults),
            web.post("/_ctl/configure", self._configure),
            web.get("/_ctl/settings", self._settings),
            web.post("/_ctl/advance", self._advance),
            web.post("/_ctl/tokens", self._tokens),
            web.delete("/_ctl/tokens", self._revoke),
            web.post("/_ctl/settle", self._settle),
            web.post("/_ctl/replay", self._replay),
            web.post("/_ctl/forge", self._forge),
            web.post("/_ctl/probe", self._probe),
        ]

    @web.middleware
    async def explain(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith("/_ctl/"):
            return await handler(request)
        try:
            return await handler(request)
        except (LookupError, TypeError, ValueError) as wrong:
            return web.json_response({"error": f"{type(wrong).__name__}: {wrong}"}, status=400)

    async def _act(self, request: web.Request) -> web.Response:
        verb = self._verbs.get(request.match_info["verb"])
        if verb is None:
            raise LookupError(f"no such act; there are {sorted(self._verbs)}")
        return _json(verb(request.match_info["user"], **await _wish(request)))

    async def _person(self, request: web.Request) -> web.Response:
        person = self._world.people.meet(self._world.settings, request.match_info["user"])
        return _json(
            {
                "user_id": person.user_id,
                "follows": person.follows,
                "blocked": person.blocked,
                "last_interaction": person.last_interaction,
            }
        )

    async def _say_many(self, request: web.Request) -> web.Response:
        pairs = (await _wish(request))["messages"]
        done = [self._actions.say(user, text)["msg_id"] for user, text in pairs]
        return _json({"msg_ids": done})

    async def _sent(self, request: web.Request) -> web.Response:
        query = request.query
        user, after = query.get("user", ""), int(query.get("after", 0))
        count, wait = int(query.get("count", 0)), min(float(query.get("wait", 0)), LONGEST_WAIT)
        found = await self._outgoing.wait(user, after, count, wait)
        return _json({"sent": found})

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        return _json(
            {
                "now": world.clock.now(),
                "people": len(world.people),
                "sent": len(world.sent),
                "events": len(world.events),
                "attempts": len(world.hook.attempts),
                "busy": world.hook.busy,
                "waiting": world.hook.waiting,
                "undelivered": sum(not event.delivered for event in world.events),
                "given_up": sum(event.given_up == event.copies for event in world.events),
                "fetched": self._cdn.fetched,
            }
        )

    async def _records(self, request: web.Request) -> web.Response:
        kind, user = request.match_info["kind"], request.query.get("user", "")
        world = self._world
        source: dict[str, list[Any]] = {
            "events": world.events,
            "attempts": world.hook.attempts,
            "calls": world.calls,
        }
        return _json({kind: [record for record in source[kind] if user in ("", record.user)]})

    async def _fault(self, request: web.Request) -> web.Response:
        return _json(self._world.faults.order(await _wish(request)))

    async def _no_faults(self, _: web.Request) -> web.Response:
        self._world.faults.clear()
        return _json({})

    async def _configure(self, request: web.Request) -> web.Response:
        self._world.configure(await _wish(request))
        return _json({})

    async def _settings(self, _: web.Request) -> web.Response:
        return _json(self._world.settings)

    async def _advance(self, request: web.Request) -> web.Response:
        self._world.advance(float((await _wish(request))["seconds"]))
        return _json({"now": self._world.clock.now()})

    async def _tokens(self, _: web.Request) -> web.Response:
        return _json(self._world.tokens.mint())

    async def _revoke(self, request: web.Request) -> web.Response:
        self._world.tokens.revoke(refresh_too=request.query.get("refresh") == "1")
        return _json({})

    async def _settle(self, request: web.Request) -> web.Response:
        wish = await _wish(request)
        work = self._world.hook.settle(bool(wish.get("retries", False)))
        try:
            await asyncio.wait_for(work, float(wish.get("timeout", 10.0)))
        except asyncio.TimeoutError:
            return _json({"settled": False})
        return _json({"settled": True})

    async def _replay(self, request: web.Request) -> web.Response:
        msg_id = (await _wish(request))["msg_id"]
        event = next((each for each in self._world.events if each.msg_id == msg_id), None)
        if event is None:
            raise LookupError(f"no event {msg_id}")
        self._world.hook.replay(event)
        return _json({"event": event.seq})

    async def _forge(self, request: web.Request) -> web.Response:
        return await _status(forgery.forge(self._world, **await _wish(request)))

    async def _probe(self, request: web.Request) -> web.Response:
        return await _status(forgery.probe(self._world, **await _wish(request)))


async def _wish(request: web.Request) -> dict[str, Any]:
    raw = await request.read()
    wish = json.loads(raw) if raw else {}
    if not isinstance(wish, dict):
        raise TypeError("an object is expected")
    return wish


async def _status(work: Any) -> web.Response:
    """Status 0: the hook did not answer."""
    try:
        return _json({"status": await work})
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return _json({"status": 0})


def _json(data: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(data), content_type="application/json")
