"""What is lost when these fail: nobody could tell any more what staff did with the data of citizens."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.engine import Connection, Engine

from bot.database import connect
from bot.settings import Settings
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import SYSTEM, Actor
from bot.staff.chain import GENESIS, Breach, Fault, Head, hash_of
from bot.staff.sealing import Sealing, sealed
from bot.staff.tables import staff_audit
from tests.staff.conftest import NOW

LAN = Actor(7, "lan", "10.0.0.7")
Row = staff_audit.c

OTHER: dict[str, Any] = {
    "at": NOW + 0.001,
    "account_id": None,
    "login": "hoa",
    "ip": "10.0.0.8",
    "action": Action.LEFT.value,
    "object": "turn:99",
    "reason": "vì thích",
    "detail": {"rows": 4},
    "previous": "f" * 64,
    "hash": "e" * 64,
}


@pytest.fixture
def log(engine: Engine) -> Engine:
    """Five entries."""
    with engine.begin() as connection:
        _fill(connection, 5)
    return engine


def _fill(connection: Connection, count: int) -> None:
    for number in range(count):
        audit.record(connection, LAN, Action.EXPORTED, f"turn:{number}", NOW + number, "báo cáo", {"rows": 3})


def _fault(engine: Engine, noted: Head | None = None) -> Fault | None:
    with engine.connect() as connection:
        return audit.verify(connection, noted)


def test_what_was_done_is_told_by_whom_when_and_why(engine: Engine) -> None:
    with engine.begin() as connection:
        audit.record(connection, LAN, Action.UNMASKED, "conversation:a", NOW, "khiếu nại", {"minutes": 15})
        audit.record(connection, SYSTEM, Action.CHANNEL_STOPPED, "channel:zalo", int(NOW) + 1)
    with engine.connect() as connection:
        newest, oldest = audit.entries(connection)
    assert (newest.id, newest.login, newest.account_id, newest.ip, newest.reason) == (
        2,
        "system",
        None,
        "",
        "",
    )
    assert (oldest.at, oldest.login, oldest.ip, oldest.known_action) == (
        NOW,
        "lan",
        "10.0.0.7",
        Action.UNMASKED,
    )
    assert (oldest.object, oldest.reason, oldest.detail) == ("conversation:a", "khiếu nại", {"minutes": 15})
    assert (oldest.previous, newest.previous) == (GENESIS, oldest.hash)
    assert _fault(engine) is None


def test_nothing_is_recorded_of_what_was_undone(engine: Engine) -> None:
    with engine.connect() as connection:
        audit.record(connection, LAN, Action.EXPORTED, "turn:1", NOW)
        connection.rollback()
    with engine.begin() as connection:
        audit.record(connection, LAN, Action.LEFT, "account:7", NOW)
        assert [entry.id for entry in audit.entries(connection)] == [1]
    assert _fault(engine) is None


def test_the_log_holds_no_identifiers_and_takes_whatever_is_typed(engine: Engine) -> None:
    """A reason is written by hand, a login by anybody who finds the page."""
    typed = Actor(None, "x" * 500 + "\x00\n", "y" * 99)
    with engine.begin() as connection:
        audit.record(connection, typed, Action.ENTRY_REFUSED, "z" * 500, NOW, "CCCD 022085001235 gọi lại\x00")
    with engine.connect() as connection:
        entry = audit.entries(connection)[0]
    assert (len(entry.login), len(entry.ip), len(entry.object)) == (80, 64, 160)
    assert entry.reason == "CCCD 022********5 gọi lại"
    assert _fault(engine) is None


def test_pages_go_on_where_the_last_one_ended(log: Engine) -> None:
    with log.begin() as connection:
        audit.record(connection, Actor(8, "hoa"), Action.LEFT, "account:8", NOW + 9)
        first = audit.entries(connection, limit=4)
        second = audit.entries(connection, before_id=first[-1].id, limit=4)
        assert [entry.id for entry in first + second] == [6, 5, 4, 3, 2, 1]
        assert [entry.id for entry in audit.entries(connection, account_id=8)] == [6]
        assert [entry.id for entry in audit.entries(connection, action=Action.EXPORTED)] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("column", [column.name for column in staff_audit.c])
def test_a_change_of_any_column_of_any_row_is_found(sqlite_engine: Engine, column: str) -> None:
    with sqlite_engine.begin() as connection:
        _fill(connection, 5)
    for row in range(1, 6):
        with sqlite_engine.connect() as connection:
            other = {"id": 77, **OTHER}[column]
            connection.execute(update(staff_audit).where(Row.id == row).values({column: other}))
            # Of a row that was moved away the next one is the first that does not follow.
            expected = row if column != "id" else row + 1 if row < 5 else 77
            fault = audit.verify(connection)
            assert fault is not None and fault.entry_id == expected
            connection.rollback()


def test_every_column_is_watched_on_both_databases(log: Engine) -> None:
    for column, other in OTHER.items():
        with log.connect() as connection:
            connection.execute(update(staff_audit).where(Row.id == 3).values({column: other}))
            assert audit.verify(connection) == Fault(3, Breach.ALTERED), column
            connection.rollback()
    assert _fault(log) is None


def test_an_unreadable_detail_is_found_and_does_not_end_the_check(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        _fill(connection, 2)
        connection.execute(text("UPDATE staff_audit SET detail = '{' WHERE id = 2"))
    assert _fault(sqlite_engine) == Fault(2, Breach.ALTERED)


def test_a_deleted_row_is_found(log: Engine) -> None:
    for gone in range(1, 5):
        with log.connect() as connection:
            connection.execute(delete(staff_audit).where(Row.id == gone))
            assert audit.verify(connection) == Fault(gone + 1, Breach.UNLINKED)
            connection.rollback()


def test_a_deleted_end_is_found_by_a_noted_head(log: Engine) -> None:
    """The chain alone cannot: such a log looks like one in which nothing more happened."""
    with log.begin() as connection:
        noted = audit.head(connection)
        assert audit.verify(connection, noted) is None
        connection.execute(delete(staff_audit).where(Row.id == 5))
    assert _fault(log) is None
    assert _fault(log, noted) == Fault(5, Breach.CUT)
    with log.begin() as connection:
        audit.record(connection, LAN, Action.LEFT, "account:7", NOW + 9)
    assert _fault(log) is None
    assert _fault(log, noted) == Fault(5, Breach.CUT)


def test_a_log_made_anew_is_found_by_a_noted_head(log: Engine) -> None:
    """Whoever may write to the table can compute hashes; what was noted elsewhere they cannot change."""
    with log.begin() as connection:
        noted = audit.head(connection)
        connection.execute(delete(staff_audit))
        _fill(connection, 4)
        audit.record(connection, LAN, Action.EXPORTED, "turn:nothing", NOW + 4, "báo cáo", {"rows": 3})
    assert _fault(log) is None
    assert _fault(log, noted) == Fault(5, Breach.CUT)


def test_a_row_put_in_at_an_end_is_found(log: Engine) -> None:
    for place in (0, 6, 7):
        with log.connect() as connection:
            connection.execute(insert(staff_audit).values({**OTHER, "id": place}))
            fault = audit.verify(connection)
            assert fault is not None and fault.entry_id == place
            connection.rollback()


def test_a_row_put_between_two_needs_all_hashes_after_it(log: Engine) -> None:
    """The forger makes room, seals the new row rightly and links the next one to it: that one tells."""
    with log.begin() as connection:
        third = next(entry for entry in audit.entries(connection) if entry.id == 3)
        forged = replace(third, login="hoa", object="turn:99")
        forged = replace(forged, hash=hash_of(forged))
        for number in (5, 4, 3):
            connection.execute(update(staff_audit).where(Row.id == number).values(id=number + 1))
        connection.execute(update(staff_audit).where(Row.id == 4).values(previous=forged.hash))
        connection.execute(insert(staff_audit).values(vars(forged)))
    assert _fault(log) == Fault(4, Breach.ALTERED)


def test_eight_writers_at_once_make_one_chain(postgres_url: str, templates: Any) -> None:
    """Two entries after the same one would make an honest log look tampered with."""
    templates.fill(postgres_url)
    engine = connect(postgres_url)

    def write(worker: int) -> None:
        for number in range(25):
            with engine.begin() as connection:
                audit.record(
                    connection, Actor(worker, f"w{worker}"), Action.LEFT, f"a:{number}", NOW + number
                )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(staff_audit)).scalar_one() == 200
        assert audit.verify(connection) is None
    engine.dispose()


def test_writers_on_sqlite_wait_for_each_other(sqlite_engine: Engine) -> None:
    def write(worker: int) -> None:
        for number in range(10):
            with sqlite_engine.begin() as connection:
                audit.record(connection, Actor(worker, f"w{worker}"), Action.LEFT, f"a:{number}", NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with sqlite_engine.connect() as connection:
        assert audit.head(connection).id == 40 and audit.verify(connection) is None


@pytest.fixture
def sealed_log(sqlite_engine: Engine, tmp_path: Path) -> Engine:
    """Two entries from before there was a key, and three sealed ones."""
    with sqlite_engine.begin() as connection:
        _fill(connection, 2)
    engine = sealed(sqlite_engine, Sealing(Settings(var_dir=tmp_path)))
    with engine.begin() as connection:
        _fill(connection, 3)
    return engine


@pytest.mark.parametrize("first", [1, 2, 3, 4, 5])
def test_a_log_made_anew_without_the_key_is_found(sealed_log: Engine, first: int) -> None:
    """Whoever may write to the table could otherwise take a deed out and make everything after it anew."""
    assert _fault(sealed_log) is None
    with sealed_log.begin() as connection:
        rows = [entry for entry in audit.entries(connection) if entry.id >= first][::-1]
        connection.execute(delete(staff_audit).where(Row.id >= first))
        previous = audit.head(connection).hash
        for entry in rows:
            forged = replace(entry, login="hoa", previous=previous)
            forged = replace(forged, hash=hash_of(forged))
            connection.execute(insert(staff_audit).values(vars(forged)))
            previous = forged.hash
    found = _fault(sealed_log)
    assert found is not None and found.entry_id == max(first, 2)
    assert found.breach is (Breach.CUT if first <= 2 else Breach.ALTERED)


def test_a_log_emptied_of_what_was_sealed_is_found(sealed_log: Engine, tmp_path: Path) -> None:
    with sealed_log.begin() as connection:
        connection.execute(delete(staff_audit).where(Row.id >= 2))
    assert _fault(sealed_log) == Fault(2, Breach.CUT)


def test_another_key_does_not_open_the_seal(sealed_log: Engine, tmp_path: Path) -> None:
    """A console over the wrong folder must not call the log whole."""
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(tmp_path / "audit.since", other)
    assert _fault(sealed(sealed_log, Sealing(Settings(var_dir=other)))) == Fault(3, Breach.ALTERED)


def test_what_citizens_ask_for_needs_no_key(sealed_log: Engine, sqlite_engine: Engine) -> None:
    """Assistants hold no key of staff: a request for one's data must not make the log look forged."""
    with sqlite_engine.begin() as connection:
        audit.record(connection, audit.CITIZEN, Action.REQUEST_OPENED, "request:1", NOW)
    assert _fault(sealed_log) is None
    with sealed_log.begin() as connection:
        _fill(connection, 1)
    assert _fault(sealed_log) is None
    with sqlite_engine.begin() as connection:
        found = audit.entries(connection, limit=2)[1]
        forged = replace(found, object="request:2")
        connection.execute(
            update(staff_audit).where(Row.id == found.id).values(object="request:2", hash=hash_of(forged))
        )
    assert _fault(sealed_log) == Fault(7, Breach.UNLINKED)


def test_no_account_passes_for_a_citizen(sealed_log: Engine, sqlite_engine: Engine) -> None:
    """Who may write to the table could otherwise add deeds of staff without the key."""
    for actor in (Actor(1, "citizen"), Actor(None, "lan")):
        with sqlite_engine.connect() as connection, connection.begin() as undone:
            audit.record(connection, actor, Action.ERASED, "conversation:1", NOW)
            sealed_too = connection.execution_options(**sealed_log.get_execution_options())
            assert audit.verify(sealed_too) == Fault(6, Breach.ALTERED)
            undone.rollback()
