"""The dictionaries of the share end point. Field names beyond MADONVI, TENDONVI, CAPDONVI are assumed."""

from collections.abc import Callable
from typing import Any

from tests.doubles.gov.places import PROCEDURES, UNITS

Rows = list[dict[str, Any]]


def _plain(*pairs: tuple[str, str]) -> Callable[[], Rows]:
    return lambda: [{"MA": code, "TEN": name} for code, name in pairs]


def _agencies() -> Rows:
    top = {"MADONVI": "000.00.00.H49", "TENDONVI": "UBND tỉnh Quảng Ninh", "CAPDONVI": "1"}
    return [top, *({"MADONVI": u.old, "TENDONVI": u.name, "CAPDONVI": u.level} for u in UNITS)]


def _fields() -> Rows:
    fields = {each.field: each.field_name for each in PROCEDURES}
    return [{"MALINHVUC": code, "TENLINHVUC": name} for code, name in fields.items()]


def _wards() -> Rows:
    wards = (("06673", "Phường Bãi Cháy"), ("06652", "Phường Hà Tu"), ("06658", "Phường Cao Xanh"))
    return [{"MAPHUONGXA": code, "TENPHUONGXA": name, "MATINHTHANH": "22"} for code, name in wards]


def _fees() -> Rows:
    return [
        {"MAPHILEPHI": f"LP{each.code}", "TENPHILEPHI": f"Lệ phí {each.name}", "SOTIEN": str(each.fee)}
        for each in PROCEDURES
        if each.fee
    ]


DICTIONARIES: dict[str, Callable[[], Rows]] = {
    "LayDanhMucCoQuan": _agencies,
    "LayDanhMucLinhVuc": _fields,
    "LayDanhMucTinhThanh": lambda: [{"MATINHTHANH": "22", "TENTINHTHANH": "Quảng Ninh"}],
    # There have been no districts since 1 July 2025.
    "LayDanhMucQuanHuyen": list,
    "LayDanhMucPhuongXa": _wards,
    "LayDanhMucLePhi": _fees,
    "LayDanhMucQuocGia": _plain(("VN", "Việt Nam"), ("CN", "Trung Quốc"), ("KR", "Hàn Quốc")),
    "LayDanhMucDanToc": _plain(("01", "Kinh"), ("02", "Tày"), ("09", "Dao"), ("25", "Sán Dìu")),
    "LayDanhMucTonGiao": _plain(("00", "Không"), ("01", "Phật giáo"), ("02", "Công giáo")),
    "LayDanhMucGioiTinh": _plain(("1", "Nam"), ("2", "Nữ"), ("3", "Khác")),
    "LayDanhMucTinhTrangHonNhan": _plain(("1", "Chưa kết hôn"), ("2", "Đã kết hôn"), ("3", "Đã ly hôn")),
    "LayDanhMucDoiTuong": _plain(("1", "Công dân"), ("2", "Doanh nghiệp"), ("3", "Cơ quan"), ("4", "Khác")),
    "LayDanhMucCapThucHien": _plain(("0", "Bộ"), ("1", "Tỉnh"), ("3", "Xã")),
    "LayDanhMucCanCuPhapLy": _plain(("60/2014/QH13", "Luật Hộ tịch"), ("118/2025/NĐ-CP", "Nghị định 118")),
}
"""By service name."""
