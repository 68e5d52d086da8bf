"""The payment platform's end point: INIT, QUERY and GET_BILL in one place. Error codes but 00 are assumed."""

import hmac
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.doubles.gov.bill import bill
from tests.doubles.gov.hashes import FIELDS, signature
from tests.doubles.gov.payments import PAID, Payment
from tests.doubles.gov.records import Kind
from tests.doubles.gov.times import read
from tests.doubles.gov.world import World

PATH, PAGE = "/thanh-toan/api", "/thanh-toan/trang"
UNKNOWN, NOT_PAID, BAD_DATA, REPEATED, BAD_HASH = "01", "02", "03", "04", "97"


class PaymentApi:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route(PATH, self.take, methods=["POST"]),
            Route(PATH + "/{rest:path}", self.take, methods=["POST"]),
            Route(PAGE + "/{reference}", self.page),
        ]

    async def page(self, request: Request) -> Response:
        """Where ``UrlThanhToan`` leads."""
        known = request.path_params["reference"] in self._world.payments.held
        return HTMLResponse("<!DOCTYPE html><title>Thanh toán</title>", 200 if known else 404)

    async def take(self, request: Request) -> Response:
        token = self._world.settings.payment_token
        if token and request.headers.get("authorization") != f"Bearer {token}":
            return JSONResponse({"fault": {"code": 900902, "message": "Missing Credentials"}}, 401)
        try:
            message = await request.json()
        except ValueError:
            return _refused("", BAD_DATA, "Không phải JSON")
        with self._world.lock:
            return self._answer(message)

    def _answer(self, message: dict[str, Any]) -> Response:
        kind, settings = str(message.get("LoaiBanTin", "")), self._world.settings
        if kind not in ("INIT", "QUERY", "GET_BILL") or any(name not in message for name in FIELDS[kind]):
            return _refused(kind, BAD_DATA, "Thiếu trường dữ liệu")
        expected = signature(message, settings.secret)
        if not hmac.compare_digest(expected, str(message.get("MaXacThuc", ""))):
            return _refused(kind, BAD_HASH, "Sai mã xác thực")
        try:
            read(str(message["ThoiGianGD"]))
        except ValueError:
            return _refused(kind, BAD_DATA, "ThoiGianGD không đúng định dạng")
        if message["MaDoiTac"] != settings.partner or message["PhienBan"] != "1.0.6":
            return _refused(kind, BAD_DATA, "Sai đối tác hoặc phiên bản")
        return self._init(message) if kind == "INIT" else self._known(kind, message)

    def _init(self, message: dict[str, Any]) -> Response:
        reference, amount = str(message["MaThamChieu"]), str(message["SoTien"])
        if not amount.isdigit() or int(amount) <= 0:
            return _refused("INIT", BAD_DATA, "SoTien không hợp lệ")
        payment = self._world.payments.held.get(reference)
        if payment is None:
            self._world.payments.begin(message)
        else:
            self._world.records.add(Kind.INIT_REPEATED, reference)
            if payment.amount != amount or self._world.settings.repeated_init == "refused":
                return _refused("INIT", REPEATED, "MaThamChieu đã được sử dụng")
        page = {"UrlThanhToan": f"{self._world.url}{PAGE}/{reference}"}
        return JSONResponse({"error_code": "0", "message": json.dumps(page)})

    def _known(self, kind: str, message: dict[str, Any]) -> Response:
        reference = str(message["MaThamChieu"])
        self._world.records.add(Kind.QUERY if kind == "QUERY" else Kind.BILL, reference)
        payment = self._world.payments.held.get(reference)
        if payment is None:
            return _refused(kind, UNKNOWN, "Không tìm thấy giao dịch")
        if kind == "QUERY":
            return JSONResponse(_state(payment, self._world.settings.partner))
        if payment.state != PAID:
            return _refused(kind, NOT_PAID, "Giao dịch chưa thành công")
        return Response(bill(payment), media_type="application/pdf")


def _state(payment: Payment, partner: str) -> dict[str, str]:
    return {
        "MaLoi": "00",
        "MoTaLoi": "Thành công",
        "MaDoiTac": partner,
        "MaThamChieu": payment.reference,
        "TrangThaiGD": payment.state,
        "SoTien": payment.amount,
        "MaTienTe": "VND",
        "MaGiaoDich": payment.transaction,
        "MaNganHang": payment.bank,
        "ThoiGianGD": payment.at,
    }


def _refused(kind: str, code: str, text: str) -> Response:
    if kind == "INIT":
        return JSONResponse({"error_code": code, "message": text})
    return JSONResponse({"MaLoi": code, "MoTaLoi": text})
