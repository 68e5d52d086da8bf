"""Which milestones a turn has reached: the case file before compared with the one after. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.dossiers.milestone import DropOff, Milestone


@dataclass(frozen=True)
class Reached:
    """A milestone of a draft; ``reason`` only with ``GAVE_UP``."""

    draft_id: str
    procedure_code: str
    milestone: Milestone
    reason: DropOff | None = None


def reached(before: CaseFile, after: CaseFile) -> Iterator[Reached]:
    """Milestones of drafts that changed. One that was reached before may come again: it is stored once."""
    for draft in after.drafts:
        if draft != before.draft(draft.id):
            for milestone in _milestones(draft):
                reason = draft.gave_up if milestone is Milestone.GAVE_UP else None
                yield Reached(draft.id, draft.procedure, milestone, reason)


def _milestones(draft: Draft) -> Iterator[Milestone]:
    yield Milestone.IDENTIFIED
    if draft.listed:
        yield Milestone.CHECKLIST
    if draft.phase in _AT_PHASE:
        yield _AT_PHASE[draft.phase]


_AT_PHASE = {
    Phase.READY: Milestone.READY,
    Phase.SUBMITTED: Milestone.SUBMITTED,
    Phase.CANCELLED: Milestone.GAVE_UP,
}
