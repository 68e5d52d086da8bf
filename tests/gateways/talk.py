"""A conversation with the flow alone: presses, words, and what comes of them in Vietnamese."""

from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy.engine import Engine

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.turn import Mention, Pressed, Turn
from bot.answers.working_days import WorkCalendar
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.enums import Channel, Handler, LevelScheme, LevelValue
from bot.catalogue.records import LevelStatement, Paper, Procedure, Source
from bot.catalogue.units import Extent, OldUnit, Unit, UnitType
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.dossiers.flow import Told
from bot.gateways.flow import SubmitFlow
from bot.gateways.register.store import Registrations
from bot.gateways.telling import Addresses
from bot.gateways.words import read_words
from bot.knowledge_source import wording_from
from tests.conftest import ROOT
from tests.gateways.counter import CONVERSATION, DRAFT, NOW, submissions

TODAY = date(2026, 11, 22)  # a Sunday; Tuesday the 24th is a holiday
HA_TU = Unit(
    code="06652",
    name="Phường Hà Tu",
    type=UnitType.PHUONG,
    short_name="Hà Tu",
    parent="22",
    formed_from=(OldUnit("Phường Hà Phong", "06670", "Hạ Long", Extent.FULL),),
)
HIS_AGENCY = Agency("H49.24", "UBND phường Hà Tu", AgencyKind.COMMUNE, unit="06652")
BIRTH = Procedure(
    code="1.001193",
    name="Đăng ký khai sinh",
    source=Source("Cổng Dịch vụ công quốc gia", "https://thutuc.dichvucong.gov.vn/p/1.001193"),
    handler=Handler.COMMUNE,
    channels=(Channel.ONLINE, Channel.COUNTER),
    papers=(Paper("Giấy chứng sinh"), Paper("Tờ khai đăng ký khai sinh")),
    levels=(LevelStatement(("XA",), LevelScheme.S2022, LevelValue.FULL, date(2026, 7, 1), "Công bố"),),
)
POLICE = Procedure(
    code="3.000333",
    name="Cấp Phiếu lý lịch tư pháp",
    source=Source("Công an", None),
    handler=Handler.POLICE,
    channels=(Channel.ONLINE,),
)
CATALOGUE = Catalogue({p.code: p for p in (BIRTH, POLICE)}, {HIS_AGENCY.code: HIS_AGENCY}, (HA_TU,))
CALENDAR = WorkCalendar(days_off=frozenset({date(2026, 11, 24)}))
READY = Draft(DRAFT, BIRTH.code, Phase.READY, TODAY, TODAY, way=Channel.COUNTER, unit=HA_TU.code)
WORDS = read_words((ROOT / "data" / "dossiers" / "gateways.yaml").read_bytes())
WORDING = wording_from(Path(ROOT / "domain.yml"))


class Talk:
    """Turns of one conversation over a real register and real submissions."""

    def __init__(self, engine: Engine, draft: Draft = READY, register: bool = True, onestop: bool = True):
        self.registrations = Registrations(engine, lambda: NOW)
        self.submissions = submissions(engine)
        self.flow = SubmitFlow(
            CATALOGUE,
            self.registrations if register else None,
            self.submissions if onestop else None,
            Addresses("https://tro-ly.example", "https://dichvucong.gov.vn"),
            WORDS,
            CALENDAR,
        )
        self.file = CaseFile((draft,), draft.id)
        self.context = Context()

    def press(self, verb: str, *arguments: str) -> str:
        act = ":".join(("submit", verb, self.file.drafts[0].id, *arguments))
        assert len(act) <= 64
        return self._said(Turn("", (), TODAY, pressed=Pressed(act=act), conversation_id=CONVERSATION))

    def say(self, text: str, *mentions: Mention) -> str | None:
        """None: the flow leaves the message to others."""
        turn = Turn(
            text, ((Intent.OUT_OF_SCOPE, 0.5),), TODAY, mentions=mentions, conversation_id=CONVERSATION
        )
        return self._said(turn) if self.flow.claims(turn, self.file) else None

    @property
    def offered(self) -> list[str]:
        """Acts and addresses of the last buttons."""
        return [
            button.url or button.payload.partition('"act":"')[2].rstrip('"}') for button in self._last.buttons
        ]

    def _said(self, turn: Turn) -> str:
        assert self.flow.claims(turn, self.file)
        told: Told = self.flow.respond(turn, self.file, self.context)
        # Run again with the file of before: a turn may be.
        again = self.flow.respond(turn, self.file, self.context)
        assert WORDING.text(again.answers[0])
        self.file, self.context = told.file, told.context
        (self._last,) = told.answers
        for button in self._last.buttons:
            assert WORDING.value(button.title)
        return WORDING.text(self._last)


def with_phase(phase: Phase, **changes: object) -> Draft:
    return msgspec.structs.replace(READY, phase=phase, **changes)
