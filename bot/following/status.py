"""The states of a dossier as the national portal publishes them, and whose turn it is in each."""

from __future__ import annotations

from enum import Enum


class DossierStatus(Enum):
    """State of a dossier; the value is the code of the national portal, 0 a state it does not publish.

    Local systems have states of their own: whoever maps them gives ``UNKNOWN`` and the raw words.
    """

    UNKNOWN = 0
    """A state we cannot name: the raw words are shown."""
    REGISTERED = 1
    """Mới đăng ký: arrived, not accepted yet."""
    ACCEPTED = 2
    """Được tiếp nhận."""
    REFUSED = 3
    """Không được tiếp nhận."""
    PROCESSING = 4
    """Đang xử lý."""
    SUPPLEMENT = 5
    """Yêu cầu bổ sung giấy tờ."""
    PAYMENT = 6
    """Yêu cầu thực hiện nghĩa vụ tài chính."""
    WITHDRAWN = 7
    """Công dân yêu cầu rút hồ sơ."""
    STOPPED = 8
    """Dừng xử lý."""
    DECIDED = 9
    """Đã xử lý xong, the result not handed over yet."""
    RETURNED = 10
    """Đã trả kết quả."""

    @property
    def turn_of(self) -> TurnOf:
        """Who has to act next."""
        return _TURNS[self]

    @property
    def next_act(self) -> NextAct:
        """What that act is."""
        return _ACTS[self]

    @property
    def is_final(self) -> bool:
        """Whether nothing changes any more without a new dossier."""
        return self in _FINAL

    @property
    def clock_runs(self) -> bool:
        """Whether the time limit is running: not before acceptance, nor while the citizen is to act."""
        return self in (DossierStatus.ACCEPTED, DossierStatus.PROCESSING)


class TurnOf(str, Enum):
    """Whose turn it is."""

    CITIZEN = "citizen"
    AGENCY = "agency"
    NOBODY = "nobody"


class NextAct(str, Enum):
    """The act a dossier waits for."""

    CHECK = "check"
    """The agency looks whether the papers are complete (8 working hours)."""
    PROCESS = "process"
    READ_REASON = "read_reason"
    """The citizen reads why, and hands in a new dossier."""
    SUPPLEMENT = "supplement"
    PAY = "pay"
    CONFIRM_WITHDRAWAL = "confirm_withdrawal"
    COLLECT = "collect"
    RATE = "rate"
    ASK_AGENCY = "ask_agency"
    """The state is not known: being looked into."""


_TURNS = {
    DossierStatus.UNKNOWN: TurnOf.AGENCY,
    DossierStatus.REGISTERED: TurnOf.AGENCY,
    DossierStatus.ACCEPTED: TurnOf.AGENCY,
    DossierStatus.REFUSED: TurnOf.CITIZEN,
    DossierStatus.PROCESSING: TurnOf.AGENCY,
    DossierStatus.SUPPLEMENT: TurnOf.CITIZEN,
    DossierStatus.PAYMENT: TurnOf.CITIZEN,
    DossierStatus.WITHDRAWN: TurnOf.AGENCY,
    DossierStatus.STOPPED: TurnOf.NOBODY,
    DossierStatus.DECIDED: TurnOf.CITIZEN,
    DossierStatus.RETURNED: TurnOf.NOBODY,
}
_ACTS = {
    DossierStatus.UNKNOWN: NextAct.ASK_AGENCY,
    DossierStatus.REGISTERED: NextAct.CHECK,
    DossierStatus.ACCEPTED: NextAct.PROCESS,
    DossierStatus.REFUSED: NextAct.READ_REASON,
    DossierStatus.PROCESSING: NextAct.PROCESS,
    DossierStatus.SUPPLEMENT: NextAct.SUPPLEMENT,
    DossierStatus.PAYMENT: NextAct.PAY,
    DossierStatus.WITHDRAWN: NextAct.CONFIRM_WITHDRAWAL,
    DossierStatus.STOPPED: NextAct.READ_REASON,
    DossierStatus.DECIDED: NextAct.COLLECT,
    DossierStatus.RETURNED: NextAct.RATE,
}
_FINAL = frozenset({DossierStatus.REFUSED, DossierStatus.STOPPED, DossierStatus.RETURNED})


def status_of(code: str | int | None) -> DossierStatus:
    """Status of a published code, as text or number (both occur); anything else is ``UNKNOWN``."""
    try:
        return DossierStatus(int(str(code).strip()))
    except ValueError:
        return DossierStatus.UNKNOWN
