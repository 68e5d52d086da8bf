"""How many requests were confirmed and carried out in time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.privacy.kinds import OPEN, RequestState
from bot.privacy.request import Request


@dataclass(frozen=True)
class Punctuality:
    """``due``: requests that ended or whose time is over; ``in_time`` of these. The same for confirming.
    ``open`` and ``overdue``: not ended yet. Requests people took back count nowhere.
    """

    due: int
    in_time: int
    confirm_due: int
    confirmed_in_time: int
    open: int
    overdue: int

    @property
    def share(self) -> float | None:
        """In 0–1; None without a request that is due."""
        return self.in_time / self.due if self.due else None


def punctuality(requests: Iterable[Request], now: float) -> Punctuality:
    """Counts requests at a moment."""
    counted = [request for request in requests if request.state is not RequestState.CANCELLED]
    running = [request for request in counted if request.state in OPEN]
    due = [request for request in counted if request.ended_at is not None or request.answer_due_at <= now]
    confirm_due = [
        request
        for request in counted
        if request.acknowledged_at is not None or request.acknowledge_due_at <= now
    ]
    return Punctuality(
        due=len(due),
        in_time=sum(_before(request.ended_at, request.answer_due_at) for request in due),
        confirm_due=len(confirm_due),
        confirmed_in_time=sum(
            _before(request.acknowledged_at, request.acknowledge_due_at) for request in confirm_due
        ),
        open=len(running),
        overdue=sum(request.answer_due_at <= now for request in running),
    )


def _before(at: float | None, due: float) -> bool:
    return at is not None and at < due
