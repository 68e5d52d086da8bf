"""What is lost when these fail: citizens wait for somebody who has left."""

from sqlalchemy.engine import Engine

from bot.staff import accounts, presence
from bot.staff.actions import Presence
from bot.staff.presence import GONE_SECONDS, Whereabouts
from bot.staff.roles import Role
from tests.staff.conftest import NOW, Hire


def test_only_who_said_so_and_shows_signs_of_life_is_here(engine: Engine, hire: Hire) -> None:
    hoa, lan, idle, gone = (hire(login) for login in ("hoa", "lan", "idle", "gone"))
    hire("chief", Role.ADMIN)
    with engine.begin() as connection:
        presence.tell(connection, lan.id, Presence.HERE, NOW)
        presence.tell(connection, hoa.id, Presence.HERE, NOW)
        presence.tell(connection, gone.id, Presence.HERE, NOW)
        presence.seen(connection, idle.id, NOW)
        assert presence.of(connection, idle.id) == Whereabouts(Presence.AWAY, "", NOW)
        assert presence.here(connection, NOW) == [(a.id, a.name) for a in (gone, hoa, lan)]
        presence.tell(connection, hoa.id, Presence.BUSY, NOW + 1, "  họp \n giao ban " + "x" * 200)
        told = presence.of(connection, hoa.id)
        assert told is not None and told.reason.startswith("họp giao ban xx") and len(told.reason) == 160
        presence.seen(connection, lan.id, NOW + GONE_SECONDS)
        assert presence.here(connection, NOW + GONE_SECONDS) == [(lan.id, lan.name)]
        accounts.change(connection, lan.id, lan.name, lan.roles, active=False)
        assert presence.here(connection, NOW + GONE_SECONDS) == []


def test_a_sign_of_life_changes_nothing_of_what_was_told(engine: Engine, hire: Hire) -> None:
    made = hire()
    with engine.begin() as connection:
        assert presence.of(connection, made.id) is None
        presence.tell(connection, made.id, Presence.BUSY, NOW, "ăn trưa")
        presence.seen(connection, made.id, NOW + 19)
        assert presence.of(connection, made.id) == Whereabouts(Presence.BUSY, "ăn trưa", NOW)
        presence.seen(connection, made.id, NOW + 20)
        assert presence.of(connection, made.id) == Whereabouts(Presence.BUSY, "ăn trưa", NOW + 20)
