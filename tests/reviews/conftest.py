"""Turns of citizens and two reviewers on both databases."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, insert, text
from sqlalchemy.engine import Connection, Engine

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person, meet
from bot.conversations.said import Said
from bot.conversations.turns import Facts, Scored, record_turn
from bot.database import connect
from bot.staff.tables import staff_account
from tests.conftest import Templates

NOON = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam
DAY = 86_400.0


class Past:
    """What citizens asked before now."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._count = 0

    def reviewer(self, login: str) -> int:
        values = {"login": login, "name": login.title(), "roles": ["editor"], "created_at": 0.0}
        made = self.connection.execute(insert(staff_account).values(values))
        return int(made.inserted_primary_key[0])

    def citizen(self, name: str, channel: Channel = Channel.WEB) -> Person:
        return meet(self.connection, channel, name, NOON)

    def asked(
        self,
        words: str = "lệ phí đăng ký kết hôn",
        at: float = NOON,
        who: Person | None = None,
        intent: Intent | None = Intent.ASK_FEE,
        outcome: Outcome = Outcome.ANSWERED,
        code: str | None = None,
        confidence: float = 0.9,
        score: float | None = None,
        accented: bool | None = True,
        answers: int = 1,
    ) -> int:
        """Id of the turn of a message with so many messages in answer."""
        self._count += 1
        here = who or self.citizen(f"citizen-{self._count}")
        citizen = Entry(0, Author.CITIZEN, here.channel, Said(words), at, f"m{self._count}")
        seq = answer_seq = append(self.connection, here.conversation_id, citizen)
        for _ in range(answers):
            said = Entry(0, Author.ASSISTANT, here.channel, Said("Dạ"), at)
            answer_seq = append(self.connection, here.conversation_id, said)
        facts = Facts(
            intent=intent.value if intent else "",
            confidence=confidence,
            outcome=outcome.value,
            procedure_code=code,
            candidates=() if score is None else (Scored(code or "1.0", score),),
        )
        return record_turn(
            self.connection,
            here.conversation_id,
            f"m{self._count}",
            seq,
            answer_seq,
            here.channel,
            facts,
            accented,
            at,
        )


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def common_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Engine]:
    """One database of each kind: every test makes a single transaction and leaves nothing behind."""
    url = f"sqlite:///{tmp_path_factory.mktemp('reviews') / 'common.db'}"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        name = f"reviews_{uuid4().hex}"
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
def past(connection: Connection) -> Past:
    return Past(connection)
