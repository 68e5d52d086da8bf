"""A citizen who was misunderstood, two reviewers, and a catalogue of two procedures."""

from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.learning.lessons import Draft, decide, propose
from bot.learning.states import LessonKind, LessonOrigin
from bot.notices import consent
from bot.notices.purpose import Consent, Purpose
from bot.notices.words import read_words
from bot.staff.audit import Actor
from tests.conftest import ROOT
from tests.reviews.conftest import NOON, Past
from tests.reviews.test_procedures import keep

VERSIONS = read_words(ROOT / "data").versions
BIRTH, MARRIAGE = "1.001193", "1.000894"
WORDS = "khai sinh cho cháu hết bao nhiêu tiền"


def staff(past: Past, login: str) -> Actor:
    return Actor(past.reviewer(login), login)


def stock(connection: Connection) -> None:
    keep(connection, BIRTH, "Đăng ký khai sinh")
    keep(connection, MARRIAGE, "Đăng ký kết hôn")


def agree(connection: Connection, person: Person) -> None:
    """Let us learn from what this citizen writes."""
    agreed = Consent(Purpose.IMPROVE, Channel.WEB, VERSIONS[Purpose.IMPROVE], NOON)
    consent.give(connection, person.conversation_id, agreed, f"yes-{person.id}")


def verbatim(past: Past, who: Person, words: str = WORDS) -> Draft:
    """A question of theirs as a lesson."""
    turn_id = past.asked(words, who=who)
    origin, here = LessonOrigin.CITIZEN, who.conversation_id
    return Draft(
        LessonKind.TRAINING, words, Intent.ASK_FEE, origin=origin, turn_id=turn_id, conversation_id=here
    )


def approved(connection: Connection, past: Past, draft: Draft, pair: tuple[Actor, Actor]) -> int:
    """A lesson that two accounts let pass."""
    number = propose(connection, pair[0], draft, "Hiểu nhầm", NOON, versions=VERSIONS)
    assert decide(connection, pair[1], number, True, "Đúng", NOON + 1, versions=VERSIONS)
    return number
