"""The dossiers that the processing system holds, in the field names of DongBoHoSoMC."""

import re
from copy import deepcopy
from enum import IntEnum
from typing import Any

from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.records import Kind, Records
from tests.doubles.gov.times import read

Record = dict[str, Any]

CODE = re.compile(r"(\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(\.\d{1,3}){0,3})-\d{6}-\d{4,6}")
DATES = ("NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "NgayNopHoSo", "NgayTuChoi")
SUPPLEMENTS = "DanhSachHoSoBoSung"


class Status(IntEnum):
    """TrangThaiHoSo."""

    REGISTERED = 1
    ACCEPTED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    FEE = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    RETURNED = 10


class Dossiers:
    """Created and updated by clients, changed by officers; ``records`` tells who did what."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._held: dict[str, Record] = {}
        self.steps: dict[str, list[Record]] = {}
        """Progress by dossier, as sent to CapNhatTienDoHoSoMC."""
        self.hidden: set[str] = set()
        """Codes that look-ups do not find yet although they are taken."""
        self.refusal = ""
        """Why no new dossier is taken; "": they are."""

    def load(self, record: Record) -> None:
        """Hold a dossier that was there before anything was received."""
        self._held[record["MaHoSo"]] = deepcopy(record)

    def get(self, code: str) -> Record | None:
        """A copy."""
        return deepcopy(self._held.get(code))

    def codes(self) -> list[str]:
        return list(self._held)

    def create(self, record: Record) -> None:
        code = _checked(record)
        if self.refusal:
            raise RefusedError(Code.INVALID, self.refusal)
        if code in self._held:
            self._records.add(Kind.EXISTED, code)
            raise RefusedError(Code.EXISTS, f"Hồ sơ {code} đã tồn tại")
        self._held[code] = self._records.add(Kind.CREATED, code, record).data

    def update(self, record: Record) -> None:
        """Fields that are not sent keep their values, also those of a supplement (assumed)."""
        code = _checked(record)
        if code not in self._held:
            raise RefusedError(Code.MISSING, f"Không tìm thấy hồ sơ {code}")
        after = {**self._held[code], **record}
        if SUPPLEMENTS in record:
            after[SUPPLEMENTS] = _merged(self._held[code].get(SUPPLEMENTS, []), record[SUPPLEMENTS])
        self._held[code] = self._records.add(Kind.UPDATED, code, after).data

    def move(self, code: str, **changes: Any) -> None:
        """What an officer does; raises ``KeyError`` for an unknown code."""
        self._held[code] = self._records.add(Kind.MOVED, code, {**self._held[code], **changes}).data

    def step(self, step: Record) -> None:
        code = str(step.get("MaHoSo", ""))
        if code not in self._held:
            raise RefusedError(Code.MISSING, f"Không tìm thấy hồ sơ {code}")
        self.steps.setdefault(code, []).append(self._records.add(Kind.PROGRESS, code, step).data)

    def restore(self) -> None:
        """Bring the dossiers to where the records, read from a file, left them."""
        for entry in self._records.of(Kind.CREATED, Kind.UPDATED, Kind.MOVED):
            self._held[entry.key] = entry.data
        for entry in self._records.of(Kind.PROGRESS):
            self.steps.setdefault(entry.key, []).append(entry.data)


def _checked(record: Record) -> str:
    code = str(record.get("MaHoSo", ""))
    if not CODE.fullmatch(code):
        raise RefusedError(Code.INVALID, f"Mã hồ sơ không đúng định dạng: {code}")
    if len(str(record.get("TrichYeuHoSo", ""))) > 1000:
        raise RefusedError(Code.INVALID, "Trích yếu hồ sơ dài quá 1000 ký tự")
    if str(record.get("TrangThaiHoSo", "1")) not in {str(int(each)) for each in Status}:
        raise RefusedError(Code.INVALID, "Trạng thái hồ sơ không hợp lệ")
    for name in DATES:
        try:
            read(str(record[name])) if record.get(name) else None
        except ValueError as error:
            raise RefusedError(Code.INVALID, f"{name} không đúng định dạng") from error
    return code


def _merged(held: list[Record], sent: list[Record]) -> list[Record]:
    """Requests by ``HoSoBoSungId``."""
    merged = {row.get("HoSoBoSungId"): row for row in held}
    for row in sent:
        number = row.get("HoSoBoSungId")
        merged[number] = {**merged.get(number, {}), **row}
    return list(merged.values())
