"""A desk with two members of staff and as many citizens as a test needs."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.engine import Connection, Engine

from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person, meet
from bot.conversations.said import Said
from bot.database import connect
from bot.handoffs.desk import Handoff, open_handoff
from bot.handoffs.states import Cause, Urgency
from bot.staff.roles import Role
from bot.staff.tables import staff_account
from tests.conftest import Templates

NOON = 1_795_000_000.0


class Desk:
    """Makes the rows a test of hand-offs starts from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._citizens = 0

    def account(self, login: str, role: Role = Role.AGENT, active: bool = True) -> int:
        values = {
            "login": login,
            "name": login.title(),
            "roles": [role.value],
            "active": active,
            "created_at": 0.0,
        }
        made = self._connection.execute(insert(staff_account).values(values))
        return int(made.inserted_primary_key[0])

    def citizen(self, now: float = NOON) -> Person:
        self._citizens += 1
        return meet(self._connection, Channel.WEB, f"citizen-{self._citizens}", now)

    def wrote(self, person: Person, text: str, now: float = NOON) -> None:
        entry = Entry(0, Author.CITIZEN, person.channel, Said(text), now)
        append(self._connection, person.conversation_id, entry)

    def handoff(
        self,
        person: Person | None = None,
        now: float = NOON,
        cause: Cause = Cause.ASKED,
        urgency: Urgency = Urgency.NORMAL,
    ) -> Handoff:
        who = person or self.citizen(now)
        return open_handoff(self._connection, who.conversation_id, who.id, who.channel, cause, now, urgency)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def common_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Engine]:
    """One database of each kind for all tests that make a single transaction: they leave nothing behind."""
    url = f"sqlite:///{tmp_path_factory.mktemp('handoffs') / 'common.db'}"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        name = f"handoffs_{uuid4().hex}"
        admin = create_engine(server.format(name="postgres"), future=True, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = server.format(name=name)
    templates.fill(url)
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(common_engine: Engine) -> Iterator[Connection]:
    """A transaction that is rolled back at the end."""
    with common_engine.connect() as connection:
        yield connection


@pytest.fixture
def desk(connection: Connection) -> Desk:
    return Desk(connection)


@pytest.fixture
def desk_of() -> Callable[[Connection], Desk]:
    """For tests with transactions of their own."""
    return Desk


@pytest.fixture
def noon() -> float:
    return NOON
