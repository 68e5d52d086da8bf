"""Which milestones a turn has reached: the case file before compared with the one after. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.dossiers.milestone import DropOff, Milestone


@dataclass(frozen=True)
class Reached:
    """A milestone of a draft; ``reason`` only with ``GAVE_UP``."""

    draft: Draft
    milestone: Milestone
    reason: DropOff | None = None


def reached(before: CaseFile, after: CaseFile) -> Iterator[Reached]:
    """Milestones of drafts that changed. One that was reached before may come again: it is stored once."""
    for draft in after.drafts:
        if draft == before.draft(draft.id):
            continue
        yield Reached(draft, Milestone.IDENTIFIED)
        if draft.listed:
            yield Reached(draft, Milestone.CHECKLIST)
        if draft.phase is Phase.READY:
            yield Reached(draft, Milestone.READY)
        if draft.phase is Phase.SUBMITTED:
            yield Reached(draft, Milestone.SUBMITTED)
        if draft.phase is Phase.CANCELLED:
            yield Reached(draft, Milestone.GAVE_UP, draft.gave_up)
