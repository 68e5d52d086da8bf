"""What citizens lose when these fail: the state, dates and fees of their dossier, or their secrecy."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from bot.following.state import FeeDue
from bot.following.status import DossierStatus
from bot.gateways.record import procedure_code, record_of, state_of
from bot.gateways.values import LOCAL

AS_OF = datetime(2026, 11, 22, 10, tzinfo=LOCAL)
RECORD: dict[str, Any] = {
    "MaHoSo": "000.00.14.H49-230905-0001",
    "MaTTHC": "1.004873.000.00.00.H49",
    "TenTTHC": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "ChuHoSo": "Nguyễn Văn Thử",
    "SoDienThoai": "0912345678",
    "NgayTiepNhan": "20230905101500",
    "NgayHenTra": "20230908170000",
    "TrangThaiHoSo": "4",
    "DonViXuLy": "UBND phường Hà Tu",
    "GhiChu": "Ghi chú nội bộ",
    "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP1", "HinhThucThu": "4", "Gia": "15.000"}],
    "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "022089001234"}],
    "KhongBiet": {"a": [1]},
}


def test_a_dossier_in_process() -> None:
    state = state_of(record_of(RECORD), AS_OF)
    assert (state.code, state.procedure_code) == ("000.00.14.H49-230905-0001", "1.004873")
    assert state.status is DossierStatus.PROCESSING and state.status_text == ""
    assert state.received_at == datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)
    assert state.due_at == datetime(2023, 9, 8, 17, tzinfo=LOCAL)
    assert (state.unit_code, state.unit_name) == ("000.00.14.H49", "UBND phường Hà Tu")
    assert state.fees_due == () and state.reason == "" and state.supplement is None
    assert state.as_of == AS_OF


def test_the_second_factor_is_kept_out_of_sight() -> None:
    state = state_of(record_of(RECORD), AS_OF)
    assert set(state.proofs) == {"5678", "1234"}
    assert "5678" not in repr(state) and "Nguyễn" not in repr(state)


@pytest.mark.parametrize("status", [4, "4", " 4 ", "04", 4.0])
def test_a_status_as_text_or_number(status: object) -> None:
    assert state_of(record_of({**RECORD, "TrangThaiHoSo": status}), AS_OF).status is DossierStatus.PROCESSING


def test_a_state_of_a_local_system_keeps_its_words() -> None:
    state = state_of(record_of({**RECORD, "TrangThaiHoSo": "Chờ liên thông thuế"}), AS_OF)
    assert (state.status, state.status_text) == (DossierStatus.UNKNOWN, "Chờ liên thông thuế")


def test_only_the_open_request_for_more_papers_counts() -> None:
    old = {"NgayBoSung": "20230906080000", "NgayTiepNhanBoSung": "20230907080000", "NoiDungBoSung": "cũ"}
    new = {
        "HoSoBoSungId": "2",
        "NgayBoSung": "20230908080000",
        "NoiDungBoSung": "Nộp lại bản rõ",
        "DanhSachGiayToBoSung": '[{"TenGiayTo":"Giấy chứng sinh"}]',
        "DanhSachLePhiBoSung": [{"TenPhiLePhi": "Phí", "Gia": 5000}],
    }
    raw = {**RECORD, "TrangThaiHoSo": 5, "DanhSachHoSoBoSung": [old, new]}
    state = state_of(record_of(raw), AS_OF)
    assert state.supplement is not None
    assert state.supplement.items == ("Giấy chứng sinh",)
    assert state.supplement.noticed_at == datetime(2023, 9, 8, 8, tzinfo=LOCAL)
    assert state.fees_due == (FeeDue("Phí", 5000),)
    answered = state_of(record_of({**raw, "DanhSachHoSoBoSung": [old]}), AS_OF)
    assert answered.supplement is None


def test_the_newest_request_counts_however_its_day_is_written() -> None:
    """Lost: the last day to answer, taken from an older request; or the request, by a day that is none."""
    old = {"NgayBoSung": "15/11/2026", "NoiDungBoSung": "cũ"}
    new = {"NgayBoSung": "01/12/2026", "NgayTiepNhanBoSung": "0001-01-01T00:00:00", "NoiDungBoSung": "mới"}
    raw = {**RECORD, "TrangThaiHoSo": 5, "DanhSachHoSoBoSung": [old, new]}
    state = state_of(record_of(raw), AS_OF)
    assert state.supplement is not None and state.supplement.items == ("mới",)


def test_half_of_what_is_owed_is_not_told() -> None:
    """Lost: money, paid in part for a dossier that then stays where it is."""
    rows = [{"TenPhiLePhi": "Lệ phí", "Gia": "15.000"}, {"TenPhiLePhi": "Phí", "Gia": "5.000 - 8.000"}]
    assert state_of(record_of({**RECORD, "TrangThaiHoSo": 6, "DanhSachLePhi": rows}), AS_OF).fees_due == ()


@pytest.mark.parametrize(("status", "owed"), [("6", True), ("9", True), ("4", False), ("10", False)])
def test_a_fee_is_owed_only_while_it_is_waited_for(status: str, owed: bool) -> None:
    """The fee of the record is paid when the result is handed over (HinhThucThu 4)."""
    state = state_of(record_of({**RECORD, "TrangThaiHoSo": status}), AS_OF)
    assert state.fees_due == ((FeeDue("Lệ phí", 15_000, "LP1"),) if owed else ())


@pytest.mark.parametrize(("status", "reason"), [("3", "Sai nơi nộp"), ("8", "Sai nơi nộp"), ("4", "")])
def test_why_it_was_refused_or_stopped(status: str, reason: str) -> None:
    raw = {**RECORD, "TrangThaiHoSo": status, "GhiChu": "Sai nơi nộp"}
    assert state_of(record_of(raw), AS_OF).reason == reason


def test_capital_names_and_nothing_at_all() -> None:
    upper = {name.upper(): value for name, value in RECORD.items()}
    assert state_of(record_of(upper), AS_OF) == state_of(record_of(RECORD), AS_OF)
    empty = state_of(record_of({}), AS_OF)
    assert (empty.status, empty.received_at, empty.unit_code) == (DossierStatus.UNKNOWN, None, "")


def test_a_unit_code_in_place_of_a_name() -> None:
    raw = msgspec.json.decode(msgspec.json.encode({**RECORD, "DonViXuLy": "H49.24"}))
    state = state_of(record_of(raw), AS_OF)
    assert (state.unit_code, state.unit_name) == ("H49.24", "")


@pytest.mark.parametrize("code", ["1.001193", "1.001193.000.00.00.H49", "1.001193.H49"])
def test_national_part_of_procedure_codes(code: str) -> None:
    assert procedure_code(code) == "1.001193"
