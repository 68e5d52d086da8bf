"""One request about personal data. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.privacy.kinds import RequestKind, RequestSource, RequestState


@dataclass(frozen=True)
class Request:
    """``identified``: how the person was recognised; ``report``: what an erasure did, see
    ``bot.privacy.cascade.Report``.
    """

    id: int
    kind: RequestKind
    state: RequestState
    source: RequestSource
    conversation_id: str | None
    summary: str
    contact_sealed: str | None
    identified: str
    received_at: float
    acknowledge_due_at: float
    answer_due_at: float
    extended_at: float | None
    acknowledged_at: float | None
    ended_at: float | None
    answer: str
    report: Mapping[str, Any] | None
    owner_id: int | None
    opened_by: int | None
    changed_at: float
