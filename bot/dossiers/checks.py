"""What has to be right before a dossier is handed in, apart from the papers. Pure."""

from enum import Enum

from bot.catalogue.enums import Channel, Handler, Need
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft
from bot.dossiers.checklist import Checklist


class Check(str, Enum):
    """A question about readiness; the answers are ``CheckAnswer``."""

    WHO = "who"
    """For whom: oneself or somebody else."""
    UNIT = "unit"
    """The commune, because the agency of today has to be chosen."""
    ACCOUNT = "account"
    """A VNeID account of level 2 with a SIM in one's own name."""
    SCANS = "scans"
    """Clear pictures of all papers in a format the portal takes."""


class CheckAnswer(str, Enum):
    """Answers to readiness questions."""

    YES = "yes"
    NO = "no"
    MYSELF = "myself"
    OTHER = "other"
    SKIP = "skip"


OPTIONS: dict[Check, tuple[CheckAnswer, ...]] = {
    Check.WHO: (CheckAnswer.MYSELF, CheckAnswer.OTHER),
    Check.UNIT: (CheckAnswer.SKIP,),
    Check.ACCOUNT: (CheckAnswer.YES, CheckAnswer.NO),
    Check.SCANS: (CheckAnswer.YES, CheckAnswer.NO),
}
"""Buttons of each question, in order."""

WHO_HANDS_IN = "nguoi-nop"
"""A branch question with this id asks who hands in (docs/catalogue-format.md): it is not asked again."""
_BY_COMMUNE = frozenset({Handler.COMMUNE, Handler.MILITARY})


def checks_for(procedure: Procedure, draft: Draft, checklist: Checklist) -> tuple[Check, ...]:
    """The questions that apply to this draft, in order."""
    asked = any(question.id == WHO_HANDS_IN for question in procedure.questions)
    wanted = [] if asked else [Check.WHO]
    if procedure.handler in _BY_COMMUNE:
        wanted.append(Check.UNIT)
    if draft.way is Channel.ONLINE:
        wanted.append(Check.ACCOUNT)
        if any(item.paper.need is Need.SUBMIT for item in checklist.items):
            wanted.append(Check.SCANS)
    return tuple(wanted)


def next_check(procedure: Procedure, draft: Draft, checklist: Checklist) -> Check | None:
    """The first question not answered yet."""
    answered = {given.question for given in draft.checks}
    if draft.unit:
        answered.add(Check.UNIT.value)
    open_ones = (c for c in checks_for(procedure, draft, checklist) if c.value not in answered)
    return next(open_ones, None)


def failed(draft: Draft) -> tuple[Check, ...]:
    """Checks answered with no."""
    asked = (Check.ACCOUNT, Check.SCANS) if draft.way is Channel.ONLINE else ()
    said_no = {given.question for given in draft.checks if given.option == CheckAnswer.NO.value}
    return tuple(check for check in asked if check.value in said_no)


def for_somebody_else(draft: Draft) -> bool:
    """Whether somebody files for another person."""
    return any(g.question == Check.WHO.value and g.option == CheckAnswer.OTHER.value for g in draft.checks)
