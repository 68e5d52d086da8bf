"""What is remembered of the dossiers of one conversation: codes, choices and ticks, never who somebody is."""

from datetime import date
from enum import Enum

import msgspec

from bot.catalogue.enums import Channel
from bot.dossiers.milestone import DropOff


class Phase(str, Enum):
    """How far a draft has come. Shared by code, database, console and metrics."""

    BRANCHING = "branching"
    """Questions that decide the case are being asked."""
    CHECKLIST = "checklist"
    """Papers are being ticked off."""
    CHANNEL = "channel"
    """How to hand in is being chosen."""
    READINESS = "readiness"
    """Account, agency, scans and fee are being checked."""
    READY = "ready"
    """Nothing is missing; where and how to submit was told."""
    NOT_READY = "not_ready"
    """Something is missing; it was named."""
    SUBMITTED = "submitted"
    """The citizen has a dossier code or a receipt."""
    CANCELLED = "cancelled"


OPEN = frozenset(
    {Phase.BRANCHING, Phase.CHECKLIST, Phase.CHANNEL, Phase.READINESS, Phase.READY, Phase.NOT_READY}
)
"""Phases in which there is still something to do before handing in."""


class Given(msgspec.Struct, frozen=True):
    """One question answered: ids of ``Question`` and ``Option``, or of a readiness check."""

    question: str
    option: str


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dossier being prepared. ``id``: 12 lower-case hexadecimal digits, unguessable.

    ``answers``: branch questions in the order answered. ``ticked``: ids of checklist items at hand,
    ``lacking``: of those that are not; ``listed``: the items told last, to notice a changed record;
    ``walking``: the papers are gone through one by one.
    ``unit``: commune code where the citizen files. ``dossier``: code of the submitted dossier.
    ``set_aside``: the citizen said "để sau". ``gave_up``: why it was cancelled, if told.
    """

    id: str
    procedure: str
    phase: Phase
    started_on: date
    touched_on: date
    answers: tuple[Given, ...] = ()
    ticked: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    walking: bool = False
    way: Channel | None = None
    checks: tuple[Given, ...] = ()
    unit: str | None = None
    dossier: str | None = None
    set_aside: bool = False
    gave_up: DropOff | None = None


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """The question that is open. ``flow``: the ``name`` of the ``Flow`` that asked it; ``topic`` and
    ``subject`` are that flow's own (a question id; a draft id or dossier code). ``strayed``: how many
    messages about other things came since it was asked, ``misheard``: how many could not be understood.
    """

    flow: str
    topic: str
    subject: str = ""
    strayed: int = 0
    misheard: int = 0


class CaseFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """All drafts of a conversation, the newest last. ``active``: id of the draft worked on; ``asked``: what
    flows have asked by themselves and do not ask a second time.
    """

    drafts: tuple[Draft, ...] = ()
    active: str | None = None
    waiting: Waiting | None = None
    asked: tuple[str, ...] = ()

    def draft(self, id: str | None) -> Draft | None:
        """The draft with this id."""
        return next((draft for draft in self.drafts if draft.id == id), None)

    @property
    def current(self) -> Draft | None:
        """The draft worked on."""
        return self.draft(self.active)

    def with_draft(self, draft: Draft) -> "CaseFile":
        """The same file with ``draft`` added or replaced."""
        if self.draft(draft.id) is None:
            return msgspec.structs.replace(self, drafts=(*self.drafts, draft))
        drafts = tuple(draft if known.id == draft.id else known for known in self.drafts)
        return msgspec.structs.replace(self, drafts=drafts)

    def asking(self, waiting: Waiting | None) -> "CaseFile":
        """The same file with another open question."""
        return msgspec.structs.replace(self, waiting=waiting)
