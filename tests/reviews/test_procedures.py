"""Choosing the right procedure for a label."""

from datetime import datetime, timezone

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.catalogue.tables import procedure, procedure_version
from bot.catalogue.tables_context import import_run
from bot.reviews.procedures import find_procedures, versions_at

THEN = datetime(2026, 10, 1, tzinfo=timezone.utc)
LATER = datetime(2026, 11, 1, tzinfo=timezone.utc)


def row(table: object, **given: object) -> dict[str, object]:
    """Something in every column that must have something."""
    blank = {"VARCHAR": "x", "TEXT": "x", "JSON": [], "BOOLEAN": False, "INTEGER": 1, "DATETIME": THEN}
    needed = {
        column.name: blank.get(str(column.type).split("(")[0])
        for column in table.columns  # type: ignore[attr-defined]
        if not column.nullable and not column.primary_key
    }
    return {**needed, **given}


def keep(connection: Connection, code: str, *names: str) -> None:
    """A procedure whose versions after the first were recorded on the first of November."""
    run = connection.execute(insert(import_run).values(row(import_run))).inserted_primary_key[0]
    made = connection.execute(insert(procedure).values(code=code, created_at=THEN)).inserted_primary_key[0]
    for number, name in enumerate(names, 1):
        is_last = number == len(names)
        values = {
            "procedure_id": made,
            "version_no": number,
            "name": name,
            "import_run_id": run,
            "recorded_at": THEN if number == 1 else LATER,
            "superseded_at": None if is_last else LATER,
        }
        connection.execute(insert(procedure_version).values(row(procedure_version, **values)))


def test_procedures_are_found_by_words_without_accents_or_by_code(connection: Connection) -> None:
    keep(connection, "1.000894", "Thủ tục đăng ký kết hôn")
    keep(connection, "2.000806", "Đăng ký kết hôn có yếu tố nước ngoài")
    keep(connection, "1.001193", "Đăng ký khai sinh", "Thủ tục đăng ký khai sinh")
    found = [code for code, _ in find_procedures(connection, "ket hon dang ky")]
    assert found == ["1.000894", "2.000806"]
    assert [code for code, _ in find_procedures(connection, "ĐĂNG KÝ kết")] == ["2.000806", "1.000894"]
    assert find_procedures(connection, "1.0011") == [("1.001193", "Thủ tục đăng ký khai sinh")]
    assert find_procedures(connection, " ") == [] and find_procedures(connection, "hộ chiếu") == []
    assert len(find_procedures(connection, "dang ky", limit=2)) == 2


def test_the_version_is_the_one_the_citizen_was_told(connection: Connection) -> None:
    """A correct answer of October must not look wrong because the record changed in November."""
    keep(connection, "1.001193", "Đăng ký khai sinh", "Thủ tục đăng ký khai sinh")
    assert versions_at(connection, {"1.001193"}, THEN.timestamp() + 60) == {"1.001193": 1}
    assert versions_at(connection, {"1.001193"}, LATER.timestamp() + 60) == {"1.001193": 2}
    assert versions_at(connection, {"1.001193"}, THEN.timestamp() - 60) == {}
