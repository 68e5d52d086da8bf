"""The sink of the monitoring system: takes what is posted and writes it down."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.gov.records import Kind
from tests.doubles.gov.routing import body_of
from tests.doubles.gov.world import World

NEEDED = "CodeProfile SiteId CodeTTHC NameTTHC MaHoSo Status FormsReception FormsPayments Level".split()


class Emc:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [Route("/TrackingMCDT", self.track, methods=["POST"])]

    async def track(self, request: Request) -> Response:
        post = body_of(request.headers.get("content-type", ""), await request.body())
        missing = [name for name in NEEDED if name not in post]
        if missing:
            return JSONResponse({"error": f"missing: {', '.join(missing)}"}, 400)
        with self._world.lock:
            self._world.records.add(Kind.TRACKED, str(post["MaHoSo"]), post)
        return JSONResponse({"success": True})
