"""From the question to the result in hand. The figures are pure, over counted rows."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.dossiers.milestone import DropOff, Milestone
from bot.dossiers.tables import milestone
from bot.steering.figure import Figure, Kind, Row, share
from bot.steering.period import Period

ASKED = "asked"
STEPS = (
    Milestone.IDENTIFIED,
    Milestone.CHECKLIST,
    Milestone.READY,
    Milestone.OPENED,
    Milestone.SUBMITTED,
    Milestone.ACCEPTED,
    Milestone.RETURNED,
)
TOLD = frozenset({Milestone.SUBMITTED, Milestone.ACCEPTED, Milestone.RETURNED})
"""Outside of the assistant, known only where a citizen or a gateway tells: that nobody told is no zero."""


@dataclass(frozen=True)
class Cohort:
    """The drafts begun in a period. ``steps``: how many ever reached each; ``reasons``: of those given up."""

    steps: Mapping[Milestone, int]
    reasons: Mapping[DropOff, int]


def funnel(asked: int, cohort: Cohort) -> Figure:
    """Contacts about a procedure, then the drafts begun as a share of them, then each step as a share of the
    drafts begun. A step nobody told of is not measured.
    """
    begun = cohort.steps.get(Milestone.IDENTIFIED, 0)
    rows = [Row((ASKED,), asked), share((Milestone.IDENTIFIED.value,), begun, asked)]
    for step in STEPS[1:]:
        count = cohort.steps.get(step, 0)
        unmeasured = step in TOLD and not count
        rows.append(Row((step.value,), None) if unmeasured else share((step.value,), count, begun))
    return Figure("funnel", Kind.SHARE, ("step",), asked, tuple(rows))


def drop_off(cohort: Cohort) -> Figure:
    """Why drafts of the period were given up: one tap of those who told."""
    told = sum(cohort.reasons.values())
    rows = tuple(share((reason.value,), cohort.reasons.get(reason, 0), told) for reason in DropOff)
    return Figure("drop_off", Kind.SHARE, ("reason",), told, rows, parts=True)


def count_cohort(connection: Connection, period: Period) -> Cohort:
    begun = milestone.alias("begun")
    drafts = select(begun.c.draft_id).where(
        begun.c.step == Milestone.IDENTIFIED.value, begun.c.at >= period.start, begun.c.at < period.end
    )
    here = milestone.c.draft_id.in_(drafts)
    columns = (milestone.c.step, milestone.c.reason)
    counted = connection.execute(select(*columns, func.count()).where(here).group_by(*columns))
    steps, reasons = Counter[Milestone](), Counter[DropOff]()
    for step, reason, count in counted:
        steps[Milestone(step)] += count
        if step == Milestone.GAVE_UP.value and reason:
            reasons[DropOff(reason)] += count
    return Cohort(steps, reasons)
