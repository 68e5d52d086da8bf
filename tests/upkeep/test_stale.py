"""Whoever keeps the catalogue has time for a few records a day: they must be those that citizens ask for."""

from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection, Engine

from bot.catalogue.enums import Handler
from bot.catalogue.tables_amendments import record_check
from bot.upkeep.demand import DEMAND_DAYS
from bot.upkeep.stale import Share, shares, stale, total
from tests.reviews.conftest import DAY, NOON, Past
from tests.steering.records import fill

TODAY = date(2026, 11, 22)


def ask(connection: Connection, **turns: int) -> Past:
    past = Past(connection)
    for code, count in turns.items():
        for _ in range(count):
            past.asked(code=code.replace("p", "1."), at=NOON - DAY)
    return past


def test_the_most_asked_for_comes_first(engine: Engine) -> None:
    """Marriage twice, a transfer of land three times; a question of six weeks ago counts no more."""
    fill(engine)
    with engine.begin() as connection:
        past = ask(connection, p000001=9, p000002=2, p000003=3)
        for _ in range(5):
            past.asked(code="1.000004", at=NOON - (DEMAND_DAYS + 1) * DAY)
        found = stale(connection, TODAY, NOON)
        assert [(one.code, one.label, one.asked) for one in found] == [
            ("1.000003", "Sang tên", 3),
            ("1.000002", "Kết hôn", 2),
            ("1.000004", "Bến đò", 0),
        ]
        assert [one.checked_on for one in found] == [None, date(2026, 10, 22), None]
        assert found[2].read_on == date(2026, 9, 1) and found[0].checked_by is None
        assert [one.code for one in stale(connection, TODAY, NOON, limit=1, offset=1)] == ["1.000002"]
        assert stale(connection, TODAY, NOON, handler=Handler.TAX) == []


@pytest.mark.parametrize(("day", "left"), [("2026-10-23", 2), ("2026-10-22", 3)])
def test_a_record_looked_at_here_is_off_the_list_for_thirty_days(
    sqlite_engine: Engine, day: str, left: int
) -> None:
    """Whoever confirmed a record would otherwise find it again on the next day."""
    fill(sqlite_engine)
    with sqlite_engine.begin() as connection:
        checker = Past(connection).reviewer("lan")
        values = {"code": "1.000003", "day": day, "account_id": checker, "at": NOON, "note": ""}
        connection.execute(insert(record_check).values(values))
        found = stale(connection, TODAY, NOON)
        assert len(found) == left
        assert [one.checked_by for one in found if one.code == "1.000003"] == [checker] * (left - 2)


def test_who_answers_for_how_much(engine: Engine) -> None:
    """Three of five: two unchecked and one checked a day too long ago."""
    fill(engine)
    with engine.begin() as connection:
        ask(connection, p000001=9, p000002=2, p000003=3)
        found = shares(connection, TODAY, NOON)
    assert found == [Share(Handler.OTHER, procedures=5, stale=3, asked=5)] and total(found) == (3, 5)


def test_nothing_in_the_catalogue(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        assert stale(connection, TODAY, NOON) == []
        assert shares(connection, TODAY, NOON) == []
    assert total([]) == (0, 0)
