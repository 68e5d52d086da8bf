"""60 dossiers, always the same: six in each of the ten statuses, half with codes of the old pattern."""

from datetime import datetime, timedelta

from tests.doubles.gov import officer
from tests.doubles.gov.dossiers import Record, Status
from tests.doubles.gov.places import PROCEDURES, UNITS
from tests.doubles.gov.times import VIETNAM, written

TODAY = datetime(2026, 11, 22, 9, tzinfo=VIETNAM)
PER_STATUS = 6
ASKED_DAYS_AGO = (1, 3, 7, 12, 14, 16)
"""Supplements by variant: the last is past the 15 days after which a dossier is closed."""
OWNERS = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Quốc Cường", "Phạm Thị Dung", "Hoàng Văn Giang", "Vũ Thị Hà")


def seed() -> list[Record]:
    """Status 1 first; within a status, variants 0–5. Variants 3–5 of status 4 are late."""
    return [_dossier(status, variant) for status in Status for variant in range(PER_STATUS)]


def code_of(status: int, variant: int) -> str:
    """``variant`` 0–5: even ones have the old pattern, odd ones the new."""
    unit = UNITS[variant]
    begun = TODAY - timedelta(days=20 + 3 * variant)
    head = unit.old if variant % 2 == 0 else unit.new
    return f"{head}-{begun:%y%m%d}-{status:03d}{variant + 1}"


def id_number(status: int, variant: int) -> str:
    """12 digits that no person has (serial numbers run below 900 000)."""
    return f"0222990{status:02d}{variant}{(status * 7 + variant * 3) % 100:02d}"


def phone(status: int, variant: int) -> str:
    return f"0900{status:02d}{variant}{(status * 13 + variant * 17) % 1000:03d}"


def registered(status: int, variant: int) -> Record:
    """The dossier as it was when it was sent."""
    unit, procedure = UNITS[variant], PROCEDURES[(status + variant) % len(PROCEDURES)]
    owner = OWNERS[(status + variant) % len(OWNERS)]
    sent = TODAY - timedelta(days=20 + 3 * variant)
    papers = [
        {"TepDinhKemId": str(n), "TenTepDinhKem": f"{paper}.pdf", "IsDeleted": "False"}
        for n, paper in enumerate(procedure.papers, 1)
    ]
    return {
        "MaHoSo": code_of(status, variant),
        "MaTTHC": procedure.code,
        "TenTTHC": procedure.name,
        "MaLinhVuc": procedure.field,
        "TenLinhVuc": procedure.field_name,
        "ChuHoSo": owner,
        "LoaiDoiTuong": "1",
        "MaDoiTuong": f"TECH{status:02d}{variant}",
        "SoDienThoai": phone(status, variant),
        "Email": "",
        "TrichYeuHoSo": f"{procedure.name} – {owner}",
        "NgayNopHoSo": written(sent),
        "NgayTiepNhan": "",
        "NgayHenTra": "",
        "NgayTra": "",
        "NgayKetThucXuLy": "",
        "TrangThaiHoSo": "1",
        "HinhThuc": "1",
        "KenhThucHien": "2",
        "NoiNopHoSo": "1",
        "DonViXuLy": unit.name,
        "GhiChu": "",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": id_number(status, variant)}],
        "TaiLieuNop": papers,
        "DanhSachLePhi": [],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
    }


def _dossier(status: Status, variant: int) -> Record:
    record = registered(status, variant)
    if status is Status.REGISTERED:
        return record
    sent = TODAY - timedelta(days=20 + 3 * variant)
    taken, done = sent + timedelta(hours=3), TODAY - timedelta(days=2 + variant)
    if status is Status.REFUSED:
        return record | officer.refuse(record, taken, "Hồ sơ không thuộc thẩm quyền của đơn vị tiếp nhận")
    # Variants 3 to 5 were due some days ago.
    due = (TODAY + timedelta(days=(9, 5, 1, -2, -6, -10)[variant])).replace(hour=17)
    record |= officer.accept(record, taken, due)
    if status is Status.ACCEPTED:
        return record
    record |= officer.process(record, taken + timedelta(days=1))
    if status is Status.SUPPLEMENT:
        asked = TODAY - timedelta(days=ASKED_DAYS_AGO[variant])
        paper = PROCEDURES[(status + variant) % len(PROCEDURES)].papers[0]
        record |= officer.ask_supplement(record, asked, f"Nộp lại bản rõ nét: {paper}", [paper])
    elif status is Status.FEE:
        record |= officer.ask_fee(record, done, (15000, 50000, 75000, 100000, 135000, 8000)[variant])
    elif status is Status.WITHDRAWN:
        record |= officer.withdraw(record, done)
    elif status is Status.STOPPED:
        record |= officer.stop(record, done, "Quá hạn bổ sung giấy tờ")
    elif status is Status.DONE:
        record |= officer.finish(record, done)
    elif status is Status.RETURNED:
        record |= officer.finish(record, done) | officer.hand_over(record, done + timedelta(days=1))
    return record
