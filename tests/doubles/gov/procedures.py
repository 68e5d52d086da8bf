"""The procedures as LayThuTuc and LayDanhSachTTHC tell them."""

from typing import Any

from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.places import PROCEDURES, UNITS, Procedure


def listed() -> list[dict[str, Any]]:
    return [{"MATTHC": each.code, "TENTTHC": each.name} for each in PROCEDURES]


def by_code(code: str) -> Procedure:
    """National code or a localised one (``1.001193.000.00.00.H49``, ``2.002621.H49``)."""
    national = ".".join(code.split(".")[:2])
    for each in PROCEDURES:
        if each.code == national:
            return each
    raise RefusedError(Code.MISSING, f"Không tìm thấy thủ tục {code}")


def detail(code: str) -> dict[str, Any]:
    """The whole record; raises ``RefusedError`` for an unknown code."""
    procedure = by_code(code)
    fees = (
        [
            {
                "MAPHILEPHI": f"LP{procedure.code}",
                "SOTIEN": str(procedure.fee),
                "DONVI": "Đồng",
                "MOTA": "Lệ phí",
            }
        ]
        if procedure.fee
        else []
    )
    time = {
        "THOIGIANGIAIQUYET": str(procedure.days),
        "DONVITINH": "Ngày làm việc",
        "MOTA": f"{procedure.days} ngày làm việc kể từ khi nhận đủ hồ sơ hợp lệ",
        "PHILEPHI": fees,
    }
    papers = [
        {"MAGIAYTO": f"GT{n}", "TENGIAYTO": paper, "SOBANCHINH": "1", "SOBANSAO": "0", "Url": ""}
        for n, paper in enumerate(procedure.papers, 1)
    ]
    units = [{"TENDONVI": unit.name} for unit in UNITS if unit.level == procedure.level]
    return {
        "ID": str(400000 + PROCEDURES.index(procedure)),
        "MATTHC": procedure.code,
        "TENTTHC": procedure.name,
        "LOAITTHC": "0",
        "TRANGTHAI": "1",
        "MACOQUANCONGBO": "000.00.00.H49",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": procedure.field, "TENLINHVUC": procedure.field_name}],
        "COQUANTHUCHIEN": units,
        "CAPTHUCHIEN": [{"CAPTHUCHIEN": procedure.level, "MOTACOQUANTHUCHIEN": ""}],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ và nhận kết quả"}]}],
        "CACHTHUCTHUCHIEN": [{"KENH": channel, "THOIGIAN": [time]} for channel in ("1", "2", "3")],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": papers}],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ1", "TENKETQUA": f"Kết quả: {procedure.name}"}],
        "YEUCAU": "Không",
        "DOITUONGTHUCHIEN": "1",
        "MOTADOITUONGTHUCHIEN": "Công dân Việt Nam",
    }
