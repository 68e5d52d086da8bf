"""The driver over HTTP, for a double in a process of its own: ``POST /_control/<method>`` with arguments."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.doubles.gov.driver import Driver
from tests.doubles.gov.faults import Fault
from tests.doubles.gov.times import read
from tests.doubles.gov.world import World

TIMES = ("at", "due")


class Control:
    """Arguments are a JSON object, times in it ``yyyyMMddHHmmss``. A fault ordered here answers null."""

    def __init__(self, world: World) -> None:
        self._driver = Driver(world)

    def routes(self) -> list[Route]:
        return [Route("/_control/{name}", self.run, methods=["POST"])]

    async def run(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name.startswith("_") or name in ("world", "send") or not hasattr(Driver, name):
            return Response(b'"no such method"', 404, media_type="application/json")
        arguments = msgspec.json.decode(await request.body() or b"{}", type=dict)
        arguments |= {each: read(arguments[each]) for each in TIMES if each in arguments}
        found = getattr(self._driver, name)(**arguments)
        if isinstance(found, Fault):
            found = None
        return Response(msgspec.json.encode(found), media_type="application/json")
