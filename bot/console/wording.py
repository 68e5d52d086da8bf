"""What staff read: the texts of ``data/console``."""

import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bot.amendments.shared_rows import TableFault
from bot.amendments.states import AmendmentState
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.bank.activation import Act
from bot.catalogue.agencies import AgencyKind
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.enums import (
    AdminLevel,
    FeeKind,
    Handler,
    ImportKind,
    LevelScheme,
    LevelValue,
    Scope,
    TimeUnit,
)
from bot.catalogue.enums import Channel as Way
from bot.catalogue.enums import Need as PaperNeed
from bot.catalogue.importing.report import Refusal, RunState
from bot.catalogue.shared_tables import ChangeState
from bot.catalogue.statistics import CountedUnit
from bot.catalogue.units import Extent, UnitType
from bot.console.imports_store import UploadState
from bot.console.lack import Lack
from bot.console.views import View
from bot.control.banners import BannerState
from bot.control.texts import TextState
from bot.conversations.channel import Author, Channel
from bot.conversations.feedback import Reason as Blame
from bot.dossiers.casefile import Phase
from bot.handoffs.approvals import Standing
from bot.handoffs.filling import Variable
from bot.handoffs.states import Cause, Ending, Happening, State, Urgency
from bot.handoffs.topics import Kind
from bot.learning.states import LessonKind, LessonOrigin, LessonState, TrainingState
from bot.learning.training import TrainingProblem
from bot.notices.purpose import Purpose
from bot.privacy.cascade import Manual
from bot.privacy.kinds import RequestKind, RequestSource, RequestState
from bot.reviews.verdict import Reason, Verdict
from bot.staff.actions import Action, Presence
from bot.staff.chain import Breach
from bot.staff.roles import Permission, Role
from bot.upkeep.clusters_question import Miss
from bot.upkeep.expiring import Term
from bot.upkeep.states import LinkState, Need, OrderState

NAMED: tuple[type[Enum], ...] = (
    Role,
    Permission,
    Action,
    Presence,
    Breach,
    Channel,
    Author,
    Intent,
    Outcome,
    Phase,
    State,
    Cause,
    Urgency,
    Ending,
    Happening,
    Standing,
    Kind,
    View,
    Verdict,
    Reason,
    Blame,
    Lack,
    Variable,
    BannerState,
    TextState,
    RequestKind,
    RequestState,
    RequestSource,
    Manual,
    Purpose,
    LessonKind,
    LessonOrigin,
    LessonState,
    TrainingState,
    TrainingProblem,
    Act,
    AmendmentState,
    LinkState,
    Need,
    OrderState,
    Term,
    Miss,
    TableFault,
    ChangeState,
    AgencyKind,
    UnitType,
    Extent,
    CountedUnit,
    ContradictionKind,
    Handler,
    Scope,
    Way,
    AdminLevel,
    TimeUnit,
    LevelScheme,
    LevelValue,
    PaperNeed,
    FeeKind,
    ImportKind,
    UploadState,
    Refusal,
    RunState,
)
"""Enums whose members staff read by name."""


class Texts:
    """Keys and their Vietnamese texts, in which ``{value}`` stands for a value."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __iter__(self) -> Any:
        return iter(self._texts)

    def say(self, key: str, /, **values: Any) -> str:
        """Raises ``KeyError`` for an unknown key or a missing value."""
        return self._texts[key].format_map(values)

    def name(self, member: Enum) -> str:
        """The name of a member of an enum."""
        return self.say(key_of(member))


def key_of(member: Enum) -> str:
    """``Role.AGENT`` is ``role_agent``."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(member).__name__)
    return f"{kind}_{member.name}".lower()


def read_texts(folder: Path) -> Texts:
    """All ``texts*.yaml`` of a folder; raises ``ValueError`` for a key that is there twice or is no text."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("texts*.yaml")):
        for key, text in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).items():
            if key in found or not isinstance(text, str):
                raise ValueError(f"{path.name}: {key} is there twice or is no text")
            found[key] = text.rstrip("\n")
    return Texts(found)
