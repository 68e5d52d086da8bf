"""Levels are read once for each revision: a page of a manager must be quick, and never out of date."""

from datetime import datetime, timezone

from sqlalchemy import event, insert
from sqlalchemy.engine import Engine

from bot.catalogue.tables_context import catalogue_revision, import_run
from bot.steering.levels_kept import levels_now

MOMENT = datetime(2026, 11, 22, tzinfo=timezone.utc)


def revise(engine: Engine) -> None:
    """One more revision of the catalogue."""
    run = {"started_at": MOMENT, "source": "x", "sha256": "", "state": "changed", "counts": {}}
    with engine.begin() as connection:
        made = connection.execute(insert(import_run).values(run)).inserted_primary_key[0]
        connection.execute(insert(catalogue_revision).values(made_at=MOMENT, import_run_id=made))


def read(engine: Engine) -> int:
    """How many queries one look takes."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with engine.connect() as connection:
            levels_now(connection)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_levels_are_read_once_for_each_revision(sqlite_engine: Engine) -> None:
    assert [read(sqlite_engine), read(sqlite_engine)] == [4, 4]  # nothing was imported yet
    revise(sqlite_engine)
    assert [read(sqlite_engine), read(sqlite_engine)] == [4, 1]
    revise(sqlite_engine)
    assert [read(sqlite_engine), read(sqlite_engine)] == [4, 1]
