"""Citizens who can log in, in the field names of userinfo."""

from typing import Any

from tests.doubles.gov.seed import OWNERS, id_number, phone

Person = dict[str, Any]


def _person(sub: str, name: str, number: str, telephone: str) -> Person:
    return {
        "sub": sub,
        "LoaiTaiKhoan": "1",
        "SoDinhDanh": number,
        "SoCMND": "",
        "HoChieu": "",
        "MaSoThue": "",
        "MaBHXH": "",
        "HoVaTen": name,
        "ThuDienTu": f"{sub}@example.vn",
        "SoDienThoai": telephone,
        "GioiTinh": "1",
        "DanToc": "01",
        "TonGiao": "00",
        "NgayThangNamSinh": "19800115",
        "QueQuan": "Quảng Ninh",
        "ThuongTru": "Phường Bãi Cháy, Quảng Ninh",
        "NoiOHienNay": "Phường Bãi Cháy, Quảng Ninh",
        "QuocTich": "VN",
        "TrangThai": "1",
        "TechID": f"TECH-{sub}",
        "loAs": "LoA2",
        "MaSoDoanhNghiep": "",
        "TenDoanhNghiep": "",
        "DiaChi": "",
    }


class People:
    """One owner per status of the seed (variant 0); ``present`` is who sits at the browser.

    ``present`` None: the citizen presses "cancel".
    """

    def __init__(self) -> None:
        self.known = {
            f"cd{status}": _person(
                f"cd{status}", OWNERS[status % len(OWNERS)], id_number(status, 0), phone(status, 0)
            )
            for status in range(1, 11)
        }
        self.present: str | None = "cd1"
