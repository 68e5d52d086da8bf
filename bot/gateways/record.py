"""The dossier record of the national exchange (DongBoHoSoMC data) and what it says in our words.

Field names are those of the protocol, in lower case with an underscore between words.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from bot.following.state import DossierState, FeeDue, Supplement
from bot.following.status import DossierStatus, status_of
from bot.gateways.values import LOCAL, number_of, read, text_of, time_of

_UNIT = re.compile(r"^(\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})(?:-|$)")
_LONG_AGO = datetime(1990, 1, 1, tzinfo=LOCAL)
_AT_RETURN = "4"
"""``HinhThucThu`` of a fee that is paid when the result is handed over."""


class FeeRow(msgspec.Struct, frozen=True):
    """A row of ``DanhSachLePhi``."""

    ten_phi_le_phi: str = ""
    ma_phi_le_phi: str = ""
    hinh_thuc_thu: str = ""
    gia: str = ""


class PaperRow(msgspec.Struct, frozen=True):
    """A row of ``DanhSachGiayToBoSung``."""

    ten_giay_to: str = ""


class SupplementRow(msgspec.Struct, frozen=True):
    """A row of ``DanhSachHoSoBoSung``."""

    ho_so_bo_sung_id: str = ""
    noi_dung_bo_sung: str = ""
    ngay_bo_sung: str = ""
    ngay_tiep_nhan_bo_sung: str = ""
    danh_sach_giay_to_bo_sung: tuple[PaperRow, ...] = ()
    danh_sach_le_phi_bo_sung: tuple[FeeRow, ...] = ()


class IdentityRow(msgspec.Struct, frozen=True):
    """A row of ``DinhDanhCHS``."""

    so_dinh_danh: str = ""


class DossierRecord(msgspec.Struct, frozen=True):
    """What is read of a record; names and addresses are not."""

    ma_ho_so: str = ""
    ma_tthc: str = ""
    ten_tthc: str = ""
    so_dien_thoai: str = ""
    so_giay_to_chu_ho_so: str = ""
    thong_tin_khac: str = ""
    ngay_tiep_nhan: str = ""
    ngay_hen_tra: str = ""
    trang_thai_ho_so: str = ""
    ngay_tra: str = ""
    ngay_ket_thuc_xu_ly: str = ""
    ngay_tu_choi: str = ""
    don_vi_xu_ly: str = ""
    ghi_chu: str = ""
    danh_sach_le_phi: tuple[FeeRow, ...] = ()
    danh_sach_ho_so_bo_sung: tuple[SupplementRow, ...] = ()
    dinh_danh_chs: tuple[IdentityRow, ...] = ()


def record_of(raw: Mapping[str, Any]) -> DossierRecord:
    """The record of a JSON object, read tolerantly."""
    return read(raw, DossierRecord)


def state_of(record: DossierRecord, as_of: datetime) -> DossierState:
    """How the dossier stands; ``as_of``: when the record was fetched."""
    status = status_of(record.trang_thai_ho_so)
    request = _open_request(record) if status is DossierStatus.SUPPLEMENT else None
    code = record.ma_ho_so.upper()
    named = _UNIT.match(record.don_vi_xu_ly.upper())
    owner = named or _UNIT.match(code)
    ended = status in (DossierStatus.REFUSED, DossierStatus.STOPPED)
    return DossierState(
        code=code,
        procedure_code=procedure_code(record.ma_tthc),
        status=status,
        as_of=as_of,
        status_text="" if status is not DossierStatus.UNKNOWN else record.trang_thai_ho_so,
        procedure_name=record.ten_tthc,
        received_at=time_of(record.ngay_tiep_nhan),
        due_at=time_of(record.ngay_hen_tra),
        finished_at=time_of(record.ngay_ket_thuc_xu_ly) or time_of(record.ngay_tu_choi),
        returned_at=time_of(record.ngay_tra),
        unit_code=owner[1] if owner else "",
        unit_name="" if named else record.don_vi_xu_ly,
        supplement=_supplement(request) if request else None,
        fees_due=_fees(record, request, status),
        reason=record.ghi_chu if ended else "",
        proofs=_proofs(record),
    )


def procedure_code(text: str) -> str:
    """National part of a procedure code: ``1.001193.000.00.00.H49`` and ``1.001193.H49`` are 1.001193."""
    return ".".join(text_of(text).split(".")[:2])


def _open_request(record: DossierRecord) -> SupplementRow | None:
    """The last request that nothing has been handed in for yet."""
    waiting = [row for row in record.danh_sach_ho_so_bo_sung if time_of(row.ngay_tiep_nhan_bo_sung) is None]
    return max(waiting, key=lambda row: time_of(row.ngay_bo_sung) or _LONG_AGO, default=None)


def _supplement(row: SupplementRow) -> Supplement:
    papers = tuple(paper.ten_giay_to for paper in row.danh_sach_giay_to_bo_sung if paper.ten_giay_to)
    said = (row.noi_dung_bo_sung,) if row.noi_dung_bo_sung else ()
    return Supplement(papers or said, time_of(row.ngay_bo_sung))


def _fees(record: DossierRecord, request: SupplementRow | None, status: DossierStatus) -> tuple[FeeDue, ...]:
    """Fees waited for in this state; in any other a listed fee may have been paid long ago. None at all when
    one of them cannot be read: half of what is owed is worse than being told to ask.
    """
    rows: tuple[FeeRow, ...] = ()
    if status is DossierStatus.PAYMENT:
        rows = record.danh_sach_le_phi
    elif request is not None:
        rows = request.danh_sach_le_phi_bo_sung
    elif status is DossierStatus.DECIDED:
        rows = tuple(row for row in record.danh_sach_le_phi if row.hinh_thuc_thu == _AT_RETURN)
    sums = [(row, number_of(row.gia)) for row in rows if row.gia]
    if any(amount is None for _, amount in sums):
        return ()
    return tuple(FeeDue(row.ten_phi_le_phi, amount, row.ma_phi_le_phi) for row, amount in sums if amount)


def _proofs(record: DossierRecord) -> tuple[str, ...]:
    numbers = (
        record.so_dien_thoai,
        record.so_giay_to_chu_ho_so,
        *(row.so_dinh_danh for row in record.dinh_danh_chs),
    )
    digits = (re.sub(r"\D", "", number) for number in numbers)
    return tuple(dict.fromkeys(number[-4:] for number in digits if len(number) >= 9))
