"""Wrappers of a provincial system around the national services: a token, and JSON inside ``message``."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.services import serve
from tests.doubles.gov.world import World

READING, SYNCHRONISING = "/KetNoiMotCuaQuocGia", "/api/SynsTTHCC"


class Province:
    """Codes are strings here, whatever the settings say: "0", "3", "-3"."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route(READING + "/{service}", self.read),
            Route(SYNCHRONISING + "/DongBoHoSoMC", self.synchronise, methods=["POST"]),
        ]

    async def read(self, request: Request) -> Response:
        """LayDanhSachTTHC and LayThuTuc, without a token, as seen."""
        service = request.path_params["service"]
        if service not in ("LayDanhSachTTHC", "LayThuTuc"):
            return JSONResponse({"message": "Not found"}, 404)
        return self._reply({"service": service, **request.query_params}, inside=True)

    async def synchronise(self, request: Request) -> Response:
        """``MaDinhDanhDV`` (unit) and ``isUpdating`` in the query; the body: records, or ``data`` of them."""
        if request.headers.get("authorization") != f"Bearer {self._world.settings.province_token}":
            return JSONResponse({"Message": "Authorization has been denied for this request."}, 401)
        try:
            given: Any = await request.json()
        except ValueError:
            given = None
        data = given.get("data") if isinstance(given, dict) else given
        query = request.query_params
        if not query.get("MaDinhDanhDV"):
            return JSONResponse({"error_code": "-3", "message": "Thiếu MaDinhDanhDV"})
        call = {"service": "DongBoHoSoMC", "isUpdating": query.get("isUpdating"), "data": data}
        return self._reply(call, inside=False)

    def _reply(self, call: dict[str, Any], *, inside: bool) -> Response:
        code, message, result = Code.OK, "Thành công", []
        try:
            with self._world.lock:
                result = serve(self._world, call)
        except RefusedError as error:
            code, message = error.code, str(error)
        if inside:
            within = {"error_code": str(int(code)), "result": result}
            return JSONResponse({"message": json.dumps(within, ensure_ascii=False)})
        return JSONResponse({"error_code": str(int(code)), "message": message})
