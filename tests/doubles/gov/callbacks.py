"""CONFIRM messages to the partner, right and wrong ones."""

from dataclasses import dataclass
from typing import Any

import requests

from tests.doubles.gov.hashes import signature
from tests.doubles.gov.payments import Payment
from tests.doubles.gov.settings import Settings


@dataclass(frozen=True)
class Reply:
    """What the partner answered. ``body``: empty if it was no JSON object."""

    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str:
        """``MaLoi``; "" without one."""
        return str(self.body.get("MaLoi", ""))


def confirm(payment: Payment, settings: Settings, at: str, **changes: Any) -> dict[str, Any]:
    """A signed message. ``changes``: fields that differ from the truth and are signed all the same."""
    message: dict[str, Any] = {
        "LoaiBanTin": "CONFIRM",
        "PhienBan": "1.0.6",
        "MaLoi": "00" if payment.state == "1" else "99",
        "MoTaLoi": "Thành công" if payment.state == "1" else "Giao dịch không thành công",
        "MaDoiTac": settings.partner,
        "MaThamChieu": payment.reference,
        "SoTien": payment.amount,
        "MaTienTe": "VND",
        "MaGiaoDich": payment.transaction,
        "MaNganHang": payment.bank,
        "ThoiGianGD": at,
        "ThongTinGiaoDich": payment.init["ThongTinGiaoDich"],
        **changes,
    }
    return {**message, "MaXacThuc": signature(message, settings.secret)}


def send(url: str, message: Any, timeout: float = 10.0) -> Reply:
    """``message``: an object, or bytes to be sent as they are."""
    content = {"data": message} if isinstance(message, bytes) else {"json": message}
    response = requests.post(url, timeout=timeout, headers={"Content-Type": "application/json"}, **content)
    try:
        body = response.json()
    except ValueError:
        body = {}
    return Reply(response.status_code, body if isinstance(body, dict) else {})
