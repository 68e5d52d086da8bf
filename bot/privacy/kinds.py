"""What people may ask for about their data, and where such a request stands. Pure."""

from collections.abc import Mapping
from enum import Enum


class RequestKind(str, Enum):
    """A right of the person (Law 91/2025/QH15, NĐ 356/2025/NĐ-CP Điều 5)."""

    VIEW = "view"
    COPY = "copy"
    CORRECT = "correct"
    ERASE = "erase"
    WITHDRAW = "withdraw"
    OBJECT = "object"


class RequestState(str, Enum):
    """Where a request stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    """Taken back by the person."""


class RequestSource(str, Enum):
    """How it reached us."""

    CHAT = "chat"
    PHONE = "phone"
    COUNTER = "counter"
    LETTER = "letter"
    EMAIL = "email"


ANSWER_DAYS: Mapping[RequestKind, int] = {
    RequestKind.VIEW: 10,
    RequestKind.COPY: 10,
    RequestKind.CORRECT: 10,
    RequestKind.WITHDRAW: 15,
    RequestKind.OBJECT: 15,
    RequestKind.ERASE: 20,
}
"""Days within which a request is carried out; the one extension is at most as long again."""

ACKNOWLEDGE_DAYS = 2
"""Working days within which receipt is confirmed."""

OPEN = frozenset({RequestState.NEW, RequestState.ACKNOWLEDGED})

_NEXT: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.NEW: frozenset({RequestState.ACKNOWLEDGED, RequestState.CANCELLED}),
    RequestState.ACKNOWLEDGED: frozenset({RequestState.DONE, RequestState.REFUSED, RequestState.CANCELLED}),
}


def may_become(state: RequestState, following: RequestState) -> bool:
    """Whether a request may go from one state to the other."""
    return following in _NEXT.get(state, frozenset())
