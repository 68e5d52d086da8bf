"""``MaXacThuc`` of the payment platform: SHA-256 of fields joined by ``|``, the secret last."""

import hashlib
from collections.abc import Mapping
from typing import Any

INIT = (
    "LoaiBanTin PhienBan MaDoiTac MaThamChieu SoTien LoaiHinhThanhToan MaKenhThanhToan MaThietBi NgonNgu "
    "MaTienTe MaNganHang ThongTinGiaoDich ThoiGianGD Ip"
).split()
QUERY = "LoaiBanTin PhienBan MaDoiTac MaThamChieu ThoiGianGD".split()
CONFIRM = (
    "LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD ThongTinGiaoDich"
).split()
FIELDS = {"INIT": INIT, "QUERY": QUERY, "GET_BILL": QUERY, "CONFIRM": CONFIRM}


def signature(message: Mapping[str, Any], secret: str) -> str:
    """Lower-case hexadecimal digits; a missing field raises ``KeyError``, as does an unknown message."""
    values = [str(message[name]) for name in FIELDS[message["LoaiBanTin"]]]
    return hashlib.sha256("|".join([*values, secret]).encode()).hexdigest()
