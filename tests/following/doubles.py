"""A dossier system in memory and states to put into it."""

from dataclasses import replace
from datetime import datetime

from bot.following.local import VIETNAM
from bot.following.ports import Absence, Ask
from bot.following.state import DossierState, FeeDue, Supplement
from bot.following.status import DossierStatus

CODE = "H49.22-261105-0007"
OTHER = "H49.22-261109-0012"
CONVERSATION = "c" * 32
NOW = datetime(2026, 11, 23, 9, 0)


def at(text: str) -> datetime:
    """An aware local time: "2026-11-23 09:00"."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


def seconds(text: str) -> float:
    """POSIX seconds of a local time."""
    return at(text).timestamp()


PROCESSING = DossierState(
    code=CODE,
    procedure_code="1.004873",
    status=DossierStatus.PROCESSING,
    as_of=at("2026-11-23 09:00"),
    procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
    received_at=at("2026-11-05 09:00"),
    due_at=at("2026-11-27 17:00"),
    unit_name="Ủy ban nhân dân phường Hà Tu",
    proofs=("4321", "0123"),
)
SUPPLEMENT = replace(
    PROCESSING,
    status=DossierStatus.SUPPLEMENT,
    supplement=Supplement(("Bản sao quyết định ly hôn",), at("2026-11-16 10:00")),
)
PAYMENT = replace(PROCESSING, status=DossierStatus.PAYMENT, fees_due=(FeeDue("Lệ phí trước bạ", 1_250_000),))
REFUSED = replace(PROCESSING, status=DossierStatus.REFUSED, reason="Thiếu chữ ký của bên mua")


class FakeSource:
    """Knows ``states``; ``down`` makes it silent. ``asked``: codes in order."""

    def __init__(self, *states: DossierState) -> None:
        self.states = {state.code: state for state in states}
        self.down = False
        self.asked: list[str] = []

    def find(self, code: str) -> DossierState | Absence:
        self.asked.append(code)
        if self.down:
            return Absence.UNAVAILABLE
        return self.states.get(code, Absence.UNKNOWN)


class Time:
    """A clock that is set by hand."""

    def __init__(self, text: str = "2026-11-23 09:00") -> None:
        self.now = seconds(text)

    def __call__(self) -> float:
        return self.now


def ask(code: str = CODE, message: str = "m1", factor: str | None = None, who: str = CONVERSATION) -> Ask:
    return Ask(who, f"web:{who}", message, code, factor)
