"""What an officer enters: each act gives the fields of a dossier that change.

Meaning of ``TrangThaiBoSung`` (0 asked, 1 received) and the place of reasons (``GhiChu``) are assumed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tests.doubles.gov.dossiers import Record, Status
from tests.doubles.gov.times import written

Changes = dict[str, Any]


def _status(status: Status) -> str:
    return str(int(status))


def accept(record: Record, at: datetime, due: datetime) -> Changes:
    """``due``: the appointment on the receipt."""
    return {
        "TrangThaiHoSo": _status(Status.ACCEPTED),
        "NgayTiepNhan": written(at),
        "NgayHenTra": written(due),
    }


def refuse(record: Record, at: datetime, reason: str) -> Changes:
    return {"TrangThaiHoSo": _status(Status.REFUSED), "NgayTuChoi": written(at), "GhiChu": reason}


def process(record: Record, at: datetime) -> Changes:
    return {"TrangThaiHoSo": _status(Status.PROCESSING)}


def ask_supplement(record: Record, at: datetime, content: str, papers: Sequence[str]) -> Changes:
    earlier = list(record.get("DanhSachHoSoBoSung", []))
    asked = {
        "HoSoBoSungId": f"{record['MaHoSo']}-BS{len(earlier) + 1}",
        "NguoiYeuCauBoSung": "Cán bộ một cửa",
        "NoiDungBoSung": content,
        "NgayBoSung": written(at),
        "NguoiTiepNhanBoSung": "",
        "ThongTinTiepNhan": "",
        "NgayTiepNhanBoSung": "",
        "TrangThaiBoSung": "0",
        "DanhSachGiayToBoSung": [{"TenGiayTo": paper, "SoLuong": "1", "LoaiGiayTo": "1"} for paper in papers],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": record.get("NgayHenTra", ""),
        "NgayHenTraMoi": "",
    }
    return {"TrangThaiHoSo": _status(Status.SUPPLEMENT), "DanhSachHoSoBoSung": [*earlier, asked]}


def receive_supplement(record: Record, at: datetime, due: datetime) -> Changes:
    """The clock starts anew; ``due`` is the new appointment. Raises ``IndexError`` if nothing was asked."""
    asked = [dict(each) for each in record.get("DanhSachHoSoBoSung", [])]
    asked[-1] |= {
        "NguoiTiepNhanBoSung": "Cán bộ một cửa",
        "ThongTinTiepNhan": "Đã nhận đủ",
        "NgayTiepNhanBoSung": written(at),
        "TrangThaiBoSung": "1",
        "NgayHenTraMoi": written(due),
    }
    return {
        "TrangThaiHoSo": _status(Status.PROCESSING),
        "NgayHenTra": written(due),
        "DanhSachHoSoBoSung": asked,
    }


def ask_fee(record: Record, at: datetime, amount: int, name: str = "Lệ phí") -> Changes:
    """``amount`` in đồng; collected on returning (``HinhThucThu`` 4)."""
    fee = {
        "TenPhiLePhi": name,
        "MaPhiLePhi": f"LP{record['MaTTHC']}",
        "HinhThucThu": "4",
        "Gia": str(amount),
        "LoaiPhiLePhi": "2",
    }
    return {
        "TrangThaiHoSo": _status(Status.FEE),
        "DanhSachLePhi": [fee],
        "DuocThanhToanTrucTuyen": "1",
        "GhiChu": f"Đề nghị nộp {name.lower()} trước khi nhận kết quả",
    }


def receive_fee(record: Record, at: datetime) -> Changes:
    return {"TrangThaiHoSo": _status(Status.PROCESSING), "GhiChu": f"Đã nộp phí ngày {at:%d/%m/%Y}"}


def withdraw(record: Record, at: datetime) -> Changes:
    return {"TrangThaiHoSo": _status(Status.WITHDRAWN), "GhiChu": f"Công dân xin rút ngày {at:%d/%m/%Y}"}


def stop(record: Record, at: datetime, reason: str) -> Changes:
    return {"TrangThaiHoSo": _status(Status.STOPPED), "NgayKetThucXuLy": written(at), "GhiChu": reason}


def finish(record: Record, at: datetime) -> Changes:
    return {"TrangThaiHoSo": _status(Status.DONE), "NgayKetThucXuLy": written(at)}


def hand_over(record: Record, at: datetime) -> Changes:
    result = {
        "TenGiayTo": f"Kết quả: {record['TenTTHC']}",
        "MaThanhPhanHoSo": "KQ1",
        "GiayToId": f"{record['MaHoSo']}-KQ1",
        "DuongDanTepTinKetQua": "",
        "MaGiayToKetQua": "KQ1",
    }
    return {
        "TrangThaiHoSo": _status(Status.RETURNED),
        "NgayTra": written(at),
        "NgayKetThucXuLy": record.get("NgayKetThucXuLy") or written(at),
        "ThongTinTra": "Đã trả tại bộ phận một cửa",
        "DanhSachGiayToKetQua": [result],
    }
