"""A citizen talking to the flow over the real tables, a source in memory and the shipped texts."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.answers.context import Context
from bot.answers.incoming import pressed, receive
from bot.answers.intent import Intent
from bot.answers.phrase import Answer
from bot.answers.turn import Turn
from bot.catalogue.enums import Channel, TimeUnit
from bot.catalogue.records import Procedure, Source, TimeLimit
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.following.audit import Audit
from bot.following.flow import FollowFlow, Setting
from bot.following.local import at
from bot.following.lookups import CountedLookups
from bot.following.mirror import Mirror
from bot.following.opening import read_tables
from bot.knowledge_source import wording_from
from tests.following.calendars import clock
from tests.following.doubles import CONVERSATION, FakeSource, Time

ROOT = Path(__file__).parents[2]
PORTAL = "https://dichvucong.gov.vn"
MARRIAGE = Procedure(
    "1.004873",
    "Cấp Giấy xác nhận tình trạng hôn nhân",
    Source("Cổng"),
    times=(TimeLimit(TimeUnit.WORKING_DAY, 3),),
)
VAGUE = Procedure("1.013831", "Đăng ký biến động", Source("Cổng"), times=(TimeLimit(TimeUnit.UNKNOWN, 10),))
CATALOGUE = Catalogue({one.code: one for one in (MARRIAGE, VAGUE)}, {})
WORDING = wording_from(ROOT / "domain.yml")
WORDS = read_tables(ROOT / "data").words


def draft(code: str, procedure: str = MARRIAGE.code, id: str = "a" * 12) -> Draft:
    """A draft that was handed in."""
    day = date(2026, 11, 5)
    return Draft(id, procedure, Phase.SUBMITTED, day, day, way=Channel.ONLINE, dossier=code)


@dataclass
class Talk:
    """One conversation. ``source`` None: no system is connected."""

    engine: Engine
    source: FakeSource | None
    time: Time = field(default_factory=Time)
    file: CaseFile = CaseFile()
    context: Context = Context()
    channel: str = "web"
    count: int = 0
    last: Answer | None = None

    def __post_init__(self) -> None:
        setting = Setting(CATALOGUE, clock(), WORDS, PORTAL, lambda: at(self.time.now))
        lookups = CountedLookups(self.engine, self.source, Audit(b"key"), self.time)
        self.flow = FollowFlow(lookups, Mirror(self.engine, self.time), setting)

    def turn(self, text: str, intent: Intent, sure: float = 0.9) -> Turn:
        said = receive(text)
        button = pressed(said)
        return Turn(
            "" if button else said,
            ((intent, sure),),
            at(self.time.now).date(),
            pressed=button,
            channel=self.channel,
            conversation_id=CONVERSATION,
            message_id=f"m{self.count}",
        )

    def claims(self, text: str, intent: Intent = Intent.OUT_OF_SCOPE, sure: float = 0.9) -> bool:
        return self.flow.claims(self.turn(text, intent, sure), self.file)

    def say(self, text: str, intent: Intent = Intent.DOSSIER_STATUS) -> str:
        """The answer as the citizen reads it; fails when the flow does not claim the message."""
        self.count += 1
        turn = self.turn(text, intent)
        assert self.flow.claims(turn, self.file), text
        told = self.flow.respond(turn, self.file, self.context)
        self.file, self.context = told.file, told.context
        (self.last,) = told.answers
        return WORDING.text(self.last, self.channel)

    def press(self, action: str) -> str:
        return self.say(f'/select_option{{"act":"{action}"}}', Intent.SELECT_OPTION)

    @property
    def acts(self) -> list[str]:
        """What the buttons of the last answer do."""
        assert self.last is not None
        return [
            (pressed(button.payload).act or "") if button.payload else button.url  # type: ignore[union-attr]
            for button in self.last.buttons
        ]

    @property
    def titles(self) -> list[str]:
        assert self.last is not None
        return [WORDING.value(button.title, self.channel) for button in self.last.buttons]
