"""A citizen talking to the guide over the made-up procedures, with the shipped words and texts."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

import msgspec

from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.incoming import pressed
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.reply import Reply
from bot.answers.turn import Mention, Turn
from bot.catalogue.records import Procedure
from bot.catalogue.units import Extent, OldUnit, Unit, UnitType
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Draft
from bot.dossiers.concierge import Concierge
from bot.dossiers.guide import Guide
from bot.dossiers.readiness import Readiness
from bot.dossiers.vocabulary import Vocabulary, VocabularyFile, vocabulary_of
from bot.knowledge_source import knowledge_over, read_yaml, wording_from
from bot.reception import NoExtras
from tests.answers.tuning import FIXED
from tests.dossiers.records import ALL, TODAY

ROOT = Path(__file__).parents[2]
WORDING = wording_from(ROOT / "domain.yml")
HONG_GAI = Unit(
    "06685",
    "Phường Hồng Gai",
    UnitType.PHUONG,
    "Hồng Gai",
    formed_from=(OldUnit("Phường Bạch Đằng", "06664", "Thành phố Hạ Long", Extent.FULL),),
)


@cache
def vocabulary() -> Vocabulary:
    """The shipped words."""
    rows = read_yaml(ROOT / "data" / "dossiers" / "guide.yaml")
    return vocabulary_of(msgspec.convert(rows, VocabularyFile))


def knowledge(*procedures: Procedure) -> Knowledge:
    """The made-up procedures, some of them replaced by ``procedures``."""
    records = {**ALL, **{procedure.code: procedure for procedure in procedures}}
    return knowledge_over(Catalogue(records, {}, (HONG_GAI,), revision=1), ROOT / "data", FIXED)


def turn(text: str, intent: Intent = Intent.OUT_OF_SCOPE, sure: float = 0.9, **mentions: str) -> Turn:
    """A message; ``intent`` and ``sure`` as the model would have them."""
    button = pressed(text)
    named = tuple(Mention(kind, value) for kind, value in mentions.items())
    return Turn("" if button else text, ((intent, sure),), TODAY, named, pressed=button)


def readiness() -> Readiness:
    """The shipped facts."""
    content = (ROOT / "data" / "dossiers" / "readiness.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=Readiness)


@dataclass
class Talk:
    """One conversation, day after day."""

    over: Knowledge = field(default_factory=knowledge)
    file: CaseFile = CaseFile()
    context: Context = Context()
    today: date = TODAY
    last: Reply | None = None

    def __post_init__(self) -> None:
        self._ids = (f"{number:012x}" for number in count(1))
        self.replace(self.over)

    def replace(self, over: Knowledge) -> None:
        """From now on another revision of the catalogue answers."""
        guide = Guide(over, vocabulary(), readiness(), NoExtras(), lambda: next(self._ids))
        self.guide, self.concierge = guide, Concierge(Assistant(over), guide)

    @property
    def draft(self) -> Draft:
        """The draft begun last."""
        return self.file.drafts[-1]

    def say(self, text: str, intent: Intent = Intent.OUT_OF_SCOPE, sure: float = 0.9, **named: str) -> str:
        """One message; everything the citizen reads."""
        spoken = self.concierge.respond(turn(text, intent, sure, **named), self.context, self.file)
        self.file, self.context, self.last = spoken.file, spoken.reply.context, spoken.reply
        return "\n".join(WORDING.text(answer, "web") for answer in spoken.reply.answers)

    def press(self, act: str) -> str:
        """A button of the guide: ``guide:<act>``."""
        return self.say(f'/select_option{{"act":"guide:{act}"}}')

    def go(self, *messages: str) -> str:
        """Several answers in a row, and what the last one got."""
        return [self.say(message, Intent.OUT_OF_SCOPE, 0.3) for message in messages][-1]
