"""The clock, the hours and the words of all tests about reminders."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.conversations import people
from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.notices.purpose import Consent, Purpose
from bot.notices.quiet import QuietHours, quiet_hours
from bot.notices.words import NoticeWords, read_words
from tests.conftest import ROOT

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = read_words(ROOT / "data")
HOURS = quiet_hours("21:00", "07:00", ZONE)
DAY = 86_400.0


def at(text: str, zone: ZoneInfo = ZONE) -> float:
    """POSIX seconds of "22/11/2026 15:30" in Vietnam."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=zone).timestamp()


NOW = at("24/11/2026 15:30")
"""A Tuesday afternoon."""
DRAFT = "0123456789ab"
CODE = "H49.01-261122-0042"


@dataclass
class Clock:
    """POSIX seconds that move only when told."""

    time: float = NOW

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def words() -> NoticeWords:
    return WORDS


@pytest.fixture
def hours() -> QuietHours:
    return HOURS


@pytest.fixture
def citizen(engine: Engine) -> Callable[..., Person]:
    """A citizen who wrote on a channel a day ago (or at ``heard_at``)."""

    def meet(channel: Channel = Channel.TELEGRAM, heard_at: float = NOW - DAY, address: str = "") -> Person:
        with engine.begin() as connection:
            return people.meet(connection, channel, address or uuid4().hex, heard_at)

    return meet


def consent_to(
    purpose: Purpose, channel: Channel = Channel.TELEGRAM, given_at: float = NOW - DAY, version: str = ""
) -> Consent:
    """A consent to the text in force."""
    return Consent(purpose, channel, version or WORDS.versions[purpose], given_at)


def agree(
    connection: Connection, conversation_id: str, purpose: Purpose, channel: Channel = Channel.TELEGRAM
) -> None:
    """Somebody agreed yesterday."""
    from bot.notices.consent import give

    give(connection, conversation_id, consent_to(purpose, channel), f"m-{uuid4().hex}")
