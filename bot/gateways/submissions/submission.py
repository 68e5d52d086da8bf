"""A dossier for the one-stop system, and the record it is sent as."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from bot.gateways.described import Described, ListedPaper
from bot.gateways.record import DossierRecord, procedure_code
from bot.gateways.states import SubmissionState
from bot.gateways.submissions.applicant import Applicant
from bot.gateways.values import LOCAL, written

PATH = "/nop-ho-so"
"""Where the citizen completes a submission."""
_LONGEST_SUMMARY = 1000


@dataclass(frozen=True)
class Submission:
    """A row as others see it. ``code``: the dossier code, once it is in use; ``error``: a ``Cause``, a
    ``Trouble`` or the code of a refusal; ``said``: the refusal in the system's words, masked.
    ``trying``: a call was made that did not go through.
    """

    draft_id: str
    conversation_id: str
    state: SubmissionState
    described: Described
    token: str | None = None
    code: str | None = None
    error: str | None = None
    said: str | None = None
    trying: bool = False
    withdraw: bool = False
    created_at: float = 0.0


def submission_of(row: Any) -> Submission:
    """The submission of a row."""
    state = SubmissionState(row.state)
    waiting = state in (SubmissionState.PENDING, SubmissionState.UNKNOWN, SubmissionState.WITHDRAWING)
    return Submission(
        draft_id=row.draft_id,
        conversation_id=row.conversation_id,
        state=state,
        described=described_of(row),
        token=row.token,
        code=row.code,
        error=row.error,
        said=row.said,
        trying=waiting and row.error is not None,
        withdraw=row.withdraw,
        created_at=row.created_at,
    )


def handover_url(gateway_url: str, submission: Submission) -> str:
    """Address of the page that completes a submission."""
    return f"{gateway_url}{PATH}/{submission.token}"


def described_of(row: Any) -> Described:
    """What was handed in."""
    return Described(
        procedure_code=row.procedure_code,
        procedure_name=row.procedure_name,
        unit="",
        unit_name=row.agency_name,
        cases=tuple(row.cases),
        papers=tuple(msgspec.convert(row.papers, list[ListedPaper])),
        agency=row.agency,
    )


def new_reference() -> str:
    """Our own key inside a record: unguessable, so that a record that bears it is ours."""
    return f"QN-{secrets.token_hex(16)}"


def key_hash(reference: str) -> str:
    """What is kept of a reference when everything else is erased."""
    return hashlib.sha256(reference.encode()).hexdigest()


def new_code(agency: str, now: float, random: Callable[[int], int] = secrets.randbelow) -> str:
    """A dossier code of today (Thông tư 01/2018/TT-VPCP Điều 19) with a six-digit serial from 900000 on,
    where the agencies' own four and five digits never come.
    """
    return f"{agency}-{datetime.fromtimestamp(now, LOCAL):%y%m%d}-{900_000 + random(100_000)}"


def outgoing(row: Any, applicant: Applicant) -> dict[str, Any]:
    """The record of DongBoHoSoMC: a citizen's dossier handed in online through the local system."""
    summary = "; ".join((row.procedure_name, *row.cases))
    return {
        "MaHoSo": row.code,
        "MaTTHC": row.procedure_code,
        "TenTTHC": row.procedure_name,
        "ChuHoSo": applicant.name,
        "LoaiDoiTuong": "1",
        "SoDienThoai": applicant.phone,
        "ThongTinKhac": f"{row.reference}; {applicant.address}",
        "TrichYeuHoSo": summary[:_LONGEST_SUMMARY],
        "NgayNopHoSo": written(datetime.fromtimestamp(row.handed_in_at, LOCAL)),
        "TrangThaiHoSo": "1",
        "HinhThuc": "1",
        "KenhThucHien": "2",
        "NoiNopHoSo": "2",
        "DonViXuLy": row.agency_name,
        "DanhSachTepDinhKemKhac": [
            {"TenGiayTo": paper["name"], "SoLuong": "1"} for paper in row.papers if paper["ticked"]
        ],
    }


def is_ours(record: DossierRecord, row: Any) -> bool:
    """Whether the dossier under our code is the one we sent. Fields a system does not give back say nothing
    against it.
    """
    if record.ma_tthc and procedure_code(record.ma_tthc) != procedure_code(row.procedure_code):
        return False
    return row.reference in record.thong_tin_khac or "QN-" not in record.thong_tin_khac
