"""Staff at their desks: accounts, presence, claims and words, in transactions of their own."""

from itertools import count

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.conversations.turns import Facts
from bot.handoffs import desk, talking
from bot.handoffs.record import Handoff
from bot.handoffs.states import Ending
from bot.handoffs.tables import handoff
from bot.staff import presence
from bot.staff.actions import Presence
from bot.staff.roles import Role
from bot.staff.tables import staff_account
from tests.channels.conftest import Clock

_NUMBERS = count(1)
ASKS = Facts("hand_off", 0.95, "handed_off")
NOTHING = Facts("ask_fee", 0.9, "no_data")
FEE = Facts("ask_fee", 0.9, "answered", "1.001193")


class Staff:
    """Somebody of staff with the name they are known by."""

    def __init__(self, engine: Engine, clock: Clock, name: str = "Lan") -> None:
        self._engine, self._clock = engine, clock
        values = {"login": f"{name}{next(_NUMBERS)}", "name": name, "roles": [Role.AGENT.value]}
        with engine.begin() as connection:
            made = connection.execute(insert(staff_account).values(**values, active=True, created_at=0.0))
        self.id = int(made.inserted_primary_key[0])

    def is_here(self) -> None:
        with self._engine.begin() as connection:
            # Far enough ahead: the clock of a test runs fast.
            presence.tell(connection, self.id, Presence.HERE, self._clock() + 1e5)

    def claims(self) -> Handoff:
        """Take the newest hand-off."""
        with self._engine.begin() as connection:
            found = newest(connection)
            assert desk.claim(connection, found.id, self.id, self._clock())
        return found

    def says(self, text: str) -> int:
        with self._engine.begin() as connection:
            found, number = newest(connection), f"client-{next(_NUMBERS)}"
            assert talking.put(connection, found.id, self.id, number, text, self._clock())
            return found.id

    def releases(self) -> None:
        with self._engine.begin() as connection:
            assert desk.release(connection, newest(connection).id, self.id, self._clock())

    def ends(self) -> None:
        with self._engine.begin() as connection:
            found = newest(connection)
            assert desk.end(connection, found.id, self.id, Ending.SOLVED, "", self._clock())


def newest(connection: Connection) -> Handoff:
    """The hand-off opened last."""
    number = connection.execute(select(handoff.c.id).order_by(handoff.c.id.desc()).limit(1)).scalar_one()
    found = desk.find(connection, number)
    assert found is not None
    return found


def handoffs(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(select(handoff.c.id)).all())


def latest(engine: Engine) -> Handoff:
    with engine.connect() as connection:
        return newest(connection)
