"""Login and the one call end point of the national adapter."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.gov.codes import Code, RefusedError, written
from tests.doubles.gov.services import serve
from tests.doubles.gov.settings import Settings
from tests.doubles.gov.world import World

LOGIN, CALL, SHARE = "/mapi/login", "/mapi/g", "/mapi/share"


def reply(settings: Settings, code: Code, message: str, result: list[dict[str, Any]]) -> dict[str, Any]:
    """As the settings say: numbers or strings, plain or with ``result`` inside ``message``."""
    number = written(code, settings.codes)
    if settings.encoded:
        inner = {"error_code": number, "message": message, "result": result}
        return {"error_code": number, "message": json.dumps(inner, ensure_ascii=False)}
    return {"error_code": number, "message": message, "result": result}


def check_headers(settings: Settings, request: Request) -> None:
    if not settings.strict_headers:
        return
    if request.headers.get("dstcode") != settings.destination:
        raise RefusedError(Code.HEADER, "Thiếu hoặc sai dstcode")
    declared = request.headers.get("content-type", "").lower().replace(" ", "")
    if declared != "application/json;charset=utf-8" or request.headers.get("charset", "").lower() != "utf-8":
        raise RefusedError(Code.HEADER, "Thiếu khai báo bộ mã UTF-8")


class OneStop:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        calls = [Route(path, self.call, methods=["POST"]) for path in (CALL, SHARE)]
        return [Route(LOGIN, self.login, methods=["POST"]), *calls]

    async def login(self, request: Request) -> Response:
        world = self._world
        try:
            check_headers(world.settings, request)
            given = await _json(request)
            with world.lock:
                session = world.sessions.open(
                    world.settings, str(given.get("username")), str(given.get("password"))
                )
        except RefusedError as error:
            return JSONResponse(reply(world.settings, error.code, str(error), []))
        return JSONResponse({"error_code": written(Code.OK, world.settings.codes), "session": session})

    async def call(self, request: Request) -> Response:
        world = self._world
        try:
            check_headers(world.settings, request)
            given = await _json(request)
            with world.lock:
                world.sessions.use(world.settings, str(given.get("session", "")))
                if given.get("madonvi") != world.settings.unit:
                    raise RefusedError(Code.INVALID, "Sai mã đơn vị")
                result = serve(world, given)
        except RefusedError as error:
            status = world.settings.session_status if error.code is Code.SESSION else 200
            return JSONResponse(reply(world.settings, error.code, str(error), []), status)
        return JSONResponse(reply(world.settings, Code.OK, "Thành công", result))


async def _json(request: Request) -> dict[str, Any]:
    try:
        given = await request.json()
    except ValueError as error:
        raise RefusedError(Code.INVALID, "Không phải JSON") from error
    if not isinstance(given, dict):
        raise RefusedError(Code.INVALID, "Không phải một đối tượng JSON")
    return given
