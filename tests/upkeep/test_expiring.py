"""A fee that ended yesterday and is still told costs a citizen the difference."""

from datetime import date, datetime, timezone
from typing import Any

from msgspec.structs import replace
from sqlalchemy import insert, update
from sqlalchemy.engine import Connection, Engine

from bot.amendments.states import AmendmentState
from bot.catalogue.enums import FeeKind
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee
from bot.catalogue.tables import level_statement, procedure, procedure_version
from bot.catalogue.tables_amendments import amendment
from bot.upkeep.expiring import Term, endings
from tests.reviews.conftest import NOON, Past
from tests.steering.records import PROCEDURES

TODAY = date(2026, 11, 22)
BORN, WED, LAND, FERRY, PASSPORT = PROCEDURES
YESTERDAY, LAST, TOO_FAR = date(2026, 11, 21), date(2027, 3, 22), date(2027, 3, 23)


def load(engine: Engine) -> None:
    """Fees: one over, one lowered until the last day in sight, one that ends a day later."""
    wed = replace(WED, fees=(Fee(FeeKind.AMOUNT, 10_000, label="Lệ phí", valid_to=YESTERDAY),))
    land = replace(
        LAND,
        fees=(
            Fee(FeeKind.AMOUNT, 5_000, label="Phí", note="Giảm 50%", valid_to=LAST),
            Fee(FeeKind.AMOUNT, 9_000, relief="Hộ nghèo", valid_to=TOO_FAR),
        ),
    )
    job = Import((BORN, wed, land, FERRY, PASSPORT), "test")
    run_import(engine, job, datetime(2026, 11, 22, tzinfo=timezone.utc))


def changed(connection: Connection, code: str, state: AmendmentState, day: date | None) -> None:
    values: dict[str, Any] = {
        "code": code,
        "state": state.value,
        "patch": {},
        "base": {},
        "reason": "x",
        "source_title": "Quyết định 12",
        "valid_from": day.isoformat() if day else None,
        "proposed_by": Past(connection).reviewer(f"{state.value}-{day}"),
        "proposed_at": NOON,
    }
    connection.execute(insert(amendment).values(values))


def test_what_ends_by_day(engine: Engine) -> None:
    load(engine)
    with engine.begin() as connection:
        Past(connection).asked(code=LAND.code)
        changed(connection, BORN.code, AmendmentState.APPROVED, date(2027, 1, 1))
        changed(connection, FERRY.code, AmendmentState.APPROVED, TOO_FAR)
        changed(connection, FERRY.code, AmendmentState.IN_FORCE, TODAY)
        changed(connection, WED.code, AmendmentState.PROPOSED, None)
        found = endings(connection, TODAY, NOON)
        assert [(one.term, one.code, one.day, one.over, one.asked) for one in found] == [
            (Term.FEE, WED.code, YESTERDAY, True, 0),
            (Term.AMENDMENT, BORN.code, date(2027, 1, 1), False, 0),
            (Term.RELIEF, LAND.code, LAST, False, 1),
        ]
        assert [one.what for one in found] == ["Lệ phí", "Quyết định 12", "Phí Giảm 50%"]


def test_levels_and_whole_procedures_end_once(engine: Engine) -> None:
    """The statement about births is one line for the editor, however many agencies it names."""
    load(engine)
    with engine.begin() as connection:
        ids = {row.code: row.id for row in connection.execute(procedure.select())}
        of_born = level_statement.c.procedure_id == ids[BORN.code]
        connection.execute(update(level_statement).where(of_born).values(valid_to=TODAY))
        of_ferry = procedure_version.c.procedure_id == ids[FERRY.code]
        connection.execute(update(procedure_version).where(of_ferry).values(valid_to=LAST))
        found = endings(connection, TODAY, NOON)
        assert [(one.term, one.code, one.over) for one in found] == [
            (Term.FEE, WED.code, True),
            (Term.LEVEL, BORN.code, False),
            (Term.RELIEF, LAND.code, False),
            (Term.PROCEDURE, FERRY.code, False),
        ]
        assert len(endings(connection, TODAY, NOON, limit=2)) == 2
