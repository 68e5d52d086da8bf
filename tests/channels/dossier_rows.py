"""A citizen with a row in every table of dossiers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection, Engine

from bot.answers.turn import Turn
from bot.conversations import people
from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.dossiers.casefile import CaseFile, Draft, Phase, Waiting
from bot.dossiers.store import Cabinet
from bot.dossiers.tables import case_file
from bot.following import whispers
from bot.following.audit import Audit
from bot.following.lookups import CountedLookups
from bot.following.news import News, NewsKind, tell
from bot.following.ports import Ask
from bot.following.status import DossierStatus
from bot.following.tables import follow_news, follow_whisper, followed
from bot.gateways.register.store import Registrations
from bot.gateways.tables import registration, submission
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.reminders import Reminders
from bot.notices.tables import consent, reminder
from bot.payments import store
from bot.payments.states import Way
from bot.payments.tables import payment
from tests.following.doubles import CODE, PROCESSING, FakeSource
from tests.gateways.counter import BIRTH, submissions
from tests.notices.conftest import HOURS, NOW, agree
from tests.payments.making import SITE, order

DAY = date(2026, 11, 24)
OWNED: Sequence[Table] = (
    case_file,
    followed,
    follow_news,
    follow_whisper,
    registration,
    submission,
    consent,
    reminder,
    payment,
)


def draft(number: int) -> Draft:
    """The ``number``-th dossier of somebody."""
    return Draft(f"{number:012x}", "1.001193", Phase.READY, DAY, DAY)


def turn(conversation_id: str, message_id: str = "m1", channel: str = "web") -> Turn:
    return Turn("", (), DAY, channel=channel, conversation_id=conversation_id, message_id=message_id)


def citizen(engine: Engine, channel: Channel, address: str) -> Person:
    """Somebody who wrote just now."""
    with engine.begin() as connection:
        return people.meet(connection, channel, address, NOW)


def settle_in(engine: Engine, person: Person, number: int) -> None:
    """Give a citizen the ``number``-th draft and a row in every table of ``OWNED``."""
    here, mine = person.conversation_id, draft(number)
    file = CaseFile((mine,), mine.id, Waiting("guide", "ready", mine.id))
    Cabinet(engine).put(turn(here), CaseFile(), file, NOW)
    Registrations(engine, lambda: NOW).register(here, mine.id, BIRTH)
    submissions(engine, lambda: NOW).prepare(here, mine.id, BIRTH)
    ask = Ask(here, f"{person.channel.value}:{here}", "m1", CODE, None, mine.id, mine.procedure)
    CountedLookups(engine, FakeSource(PROCESSING), Audit(b"key"), lambda: NOW).find(ask)
    with engine.begin() as connection:
        tell(connection, News(here, CODE, NewsKind.OVERDUE, DossierStatus.PROCESSING), "overdue", NOW)
        whispers.keep(connection, here, f"m{number}", b"sealed", NOW)
        agree(connection, here, Purpose.FOLLOW, person.channel)
        Reminders(HOURS).plan(connection, here, Kind.OVERDUE, CODE, NOW, NOW)
        store.begin(connection, order(f"H49-{number}", conversation_id=here), Way.TRANSFER, SITE, NOW)


def owners(connection: Connection, table: Table) -> set[str]:
    """Conversations that have a row in a table."""
    return {str(found) for found in connection.execute(select(table.c.conversation_id)).scalars()}


def count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
