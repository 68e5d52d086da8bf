"""A desk with two members of staff and as many citizens as a test needs."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person, meet
from bot.conversations.said import Said
from bot.handoffs.desk import Handoff, open_handoff
from bot.handoffs.states import Cause, Urgency
from bot.staff.roles import Role
from bot.staff.tables import staff_account

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
