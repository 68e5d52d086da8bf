"""What a draft needs next, told by the draft alone: nothing else decides how the guide goes on. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from msgspec.structs import replace

from bot.catalogue.enums import Channel
from bot.catalogue.records import Option, Procedure, Question
from bot.dossiers.branching import chosen, next_question, settle
from bot.dossiers.casefile import Draft, Phase
from bot.dossiers.checklist import Checklist, Item, checklist_of
from bot.dossiers.checks import Check, failed, next_check
from bot.dossiers.ways import ways_of


class Kind(str, Enum):
    """What happens at a step. The value is the topic of the open question."""

    QUESTION = "question"
    STOP = "stop"
    """Nothing can be filed in this case."""
    INSTEAD = "instead"
    """Another procedure is the right one."""
    CHECKLIST = "checklist"
    PAPER = "paper"
    """One paper is being asked for."""
    WAY = "way"
    CHECK = "check"
    READY = "ready"
    NOT_READY = "not_ready"
    CODE = "code"
    """Handed in, the code is being asked for."""
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """The next thing to say. Only what ``kind`` needs is set."""

    kind: Kind
    checklist: Checklist
    question: Question | None = None
    option: Option | None = None
    item: Item | None = None
    ways: tuple[Channel, ...] = ()
    check: Check | None = None
    missing: tuple[Item, ...] = ()
    failed: tuple[Check, ...] = ()
    changed: bool = False
    """The record asks for other papers than were told before."""


def step_of(procedure: Procedure, draft: Draft, on: date) -> Step:
    """The step a draft is at. An answer the record does not know any more is asked for again, and so is a way
    that is not offered any more.
    """
    answers, ways = settle(procedure, draft.answers), ways_of(procedure, on)
    checklist = checklist_of(procedure, answers)
    if draft.phase in (Phase.SUBMITTED, Phase.CANCELLED):
        return Step(Kind.DONE, checklist)
    for option in chosen(procedure, answers):
        if option.stop:
            return Step(Kind.STOP, checklist, option=option)
        if option.instead:
            return Step(Kind.INSTEAD, checklist, option=option)
    question = next_question(procedure, answers)
    if question:
        return Step(Kind.QUESTION, checklist, question=question)
    unsaid = [i for i in checklist.to_bring if i.id not in draft.ticked and i.id not in draft.lacking]
    if unsaid and draft.walking:
        return Step(Kind.PAPER, checklist, item=unsaid[0])
    if unsaid or ids_of(checklist) != draft.listed:
        changed = bool(draft.listed) and ids_of(checklist) != draft.listed
        return Step(Kind.CHECKLIST, checklist, changed=changed)
    if draft.way not in ways:
        return Step(Kind.WAY, checklist, ways=ways)
    check = next_check(procedure, draft, checklist)
    if check:
        return Step(Kind.CHECK, checklist, check=check)
    missing, wrong = checklist.missing(draft.ticked), failed(draft)
    if missing or wrong:
        return Step(Kind.NOT_READY, checklist, missing=missing, failed=wrong)
    return Step(Kind.READY, checklist)


_PHASES = {
    Kind.QUESTION: Phase.BRANCHING,
    Kind.STOP: Phase.BRANCHING,
    Kind.INSTEAD: Phase.BRANCHING,
    Kind.CHECKLIST: Phase.CHECKLIST,
    Kind.PAPER: Phase.CHECKLIST,
    Kind.WAY: Phase.CHANNEL,
    Kind.CHECK: Phase.READINESS,
    Kind.READY: Phase.READY,
    Kind.NOT_READY: Phase.NOT_READY,
}


def after(draft: Draft, step: Step, on: date) -> Draft:
    """The draft once ``step`` was told: its phase, and the papers the citizen has seen."""
    listed = ids_of(step.checklist) if step.kind is Kind.CHECKLIST else draft.listed
    return replace(draft, phase=_PHASES.get(step.kind, draft.phase), listed=listed, touched_on=on)


def ids_of(checklist: Checklist) -> tuple[str, ...]:
    """Ids of the papers told."""
    return tuple(item.id for item in checklist.items)
