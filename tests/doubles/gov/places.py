"""Units and procedures of the double, real in name and code so that a catalogue knows them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """``number``: its part of the unit code, 000.00.<number>.H49 or H49.<number>."""

    number: str
    name: str
    level: str

    @property
    def old(self) -> str:
        return f"000.00.{self.number}.H49"

    @property
    def new(self) -> str:
        return f"H49.{self.number}"


@dataclass(frozen=True)
class Procedure:
    """``days``: working days; ``fee``: đồng, 0 for none; ``level``: CAPTHUCHIEN 1 province, 3 commune."""

    code: str
    name: str
    field: str
    field_name: str
    days: int
    fee: int
    level: str
    papers: tuple[str, ...]


UNITS = (
    Unit("22", "UBND phường Bãi Cháy", "3"),
    Unit("24", "UBND phường Hà Tu", "3"),
    Unit("25", "UBND phường Cao Xanh", "3"),
    Unit("31", "UBND phường Việt Hưng", "3"),
    Unit("14", "Công an tỉnh Quảng Ninh", "1"),
    Unit("12", "Sở Xây dựng", "1"),
)
BIRTH = ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh")
PROCEDURES = (
    Procedure("1.001193", "Đăng ký khai sinh", "HT", "Hộ tịch", 1, 0, "3", BIRTH),
    Procedure(
        "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "HT", "Hộ tịch", 3, 15000, "3", ("Tờ khai",)
    ),
    Procedure(
        "1.001612",
        "Đăng ký thành lập hộ kinh doanh",
        "HKD",
        "Hộ kinh doanh",
        3,
        100000,
        "3",
        ("Giấy đề nghị",),
    ),
    Procedure("2.000635", "Cấp bản sao trích lục hộ tịch", "HT", "Hộ tịch", 1, 8000, "3", ("Tờ khai",)),
    Procedure("3.000347", "Đổi giấy phép lái xe", "GPLX", "Đường bộ", 5, 135000, "1", ("Đơn đề nghị", "Ảnh")),
    Procedure(
        "1.013225",
        "Cấp giấy phép xây dựng mới",
        "XD",
        "Hoạt động xây dựng",
        7,
        75000,
        "3",
        ("Đơn đề nghị cấp giấy phép xây dựng", "Giấy tờ về đất đai", "Bản vẽ thiết kế"),
    ),
)
