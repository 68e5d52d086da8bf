"""Small hand-made records, and answers said in the words of ``domain.yml``."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.asked import Asked
from bot.answers.intent import Intent
from bot.answers.phrase import Answer
from bot.answers.wording import Wording
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.enums import AdminLevel, Channel, Handler, LevelScheme, LevelValue
from bot.catalogue.records import LevelStatement, Procedure, Source
from bot.catalogue.units import Unit, UnitType

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)

Say = Callable[[Answer], str]
MakeRecord = Callable[..., Procedure]
MakeAsked = Callable[..., Asked]
MakeStatement = Callable[..., LevelStatement]


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The real texts, so that a test sees what a citizen reads."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return Wording(domain["responses"])


@pytest.fixture(scope="session")
def say(wording: Wording) -> Say:
    """An answer as text."""
    return wording.text


@pytest.fixture(scope="session")
def record() -> MakeRecord:
    """A commune-level procedure of the province; any field can be given."""

    def make(**fields: Any) -> Procedure:
        basics: dict[str, Any] = {
            "code": "1.000001",
            "name": "Thủ tục cấp giấy phép nuôi chim",
            "short_name": "Cấp giấy phép nuôi chim",
            "source": Source(
                "Cổng Dịch vụ công quốc gia", "https://example.vn/1", checked_on=date(2026, 11, 1)
            ),
            "handler": Handler.COMMUNE,
            "admin_levels": (AdminLevel.COMMUNE,),
            "authority": "Ủy ban nhân dân cấp xã",
            "channels": (Channel.ONLINE, Channel.COUNTER),
            "curated": True,
        }
        return Procedure(**{**basics, **fields})

    return make


@pytest.fixture(scope="session")
def asked() -> MakeAsked:
    """A question of today; any field can be given."""

    def make(intent: Intent = Intent.ASK_PROCEDURE, **fields: Any) -> Asked:
        return Asked(**{"intent": intent, "text": "", "today": TODAY, "as_of": TODAY, **fields})

    return make


@pytest.fixture(scope="session")
def statement() -> MakeStatement:
    """A published level of all communes."""

    def make(value: LevelValue = LevelValue.FULL, **fields: Any) -> LevelStatement:
        basics: dict[str, Any] = {
            "agencies": ("XA",),
            "scheme": LevelScheme.S2022,
            "value": value,
            "stated_on": date(2026, 11, 10),
            "source": "Danh sách công bố",
            "service_code": "1.000001.01",
        }
        return LevelStatement(**{**basics, **fields})

    return make


@pytest.fixture(scope="session")
def agencies() -> Mapping[str, Agency]:
    """One department and one commune office."""
    return {
        "H49.22": Agency("H49.22", "Sở Nông nghiệp và Môi trường", AgencyKind.DEPARTMENT),
        "H49.115": Agency("H49.115", "UBND phường Hà Tu", AgencyKind.COMMUNE, unit="06652"),
    }


@pytest.fixture(scope="session")
def ha_tu() -> Unit:
    """A commune of today."""
    return Unit("06652", "Phường Hà Tu", UnitType.PHUONG, "Hà Tu", parent="22")
