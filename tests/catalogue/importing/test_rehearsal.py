"""An editor decides on what a preview says: it must be what the import does, and leave nothing behind."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.catalogue import tables as t
from bot.catalogue import tables_context as c
from bot.catalogue.enums import TimeUnit
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.jobs import NEEDS_DAY, job_of
from bot.catalogue.importing.rehearsal import rehearse
from bot.catalogue.records import Procedure, Source, TimeLimit
from bot.catalogue.repository import Repository
from tests.conftest import ROOT

OLD = [Procedure(f"1.{n:06}", f"Thủ tục {n}", Source("nguồn")) for n in range(3)]
NEW = [
    replace(OLD[0], name="Tên mới", times=(TimeLimit(TimeUnit.UNKNOWN, 7),)),
    OLD[1],
    replace(OLD[1], code="1.000009"),
]


def _rows(engine: Engine) -> list[int]:
    tables = (t.procedure, t.procedure_version, c.import_run, c.contradiction, c.catalogue_revision)
    with engine.connect() as connection:
        return [int(connection.scalar(select(func.count()).select_from(table))) for table in tables]


def test_a_rehearsal_tells_what_the_import_does_and_nothing_stays(engine: Engine) -> None:
    run_import(engine, Import(OLD, "old"))
    before = _rows(engine)
    told = rehearse(engine, Import(NEW, "new", complete=True))
    assert (_rows(engine), Repository(engine).procedures()) == (before, OLD)
    assert told.revision == 1
    done = run_import(engine, Import(NEW, "new", complete=True))
    assert (told.counts(), told.changed) == (done.counts(), done.changed)
    assert (told.added, told.retired, told.contradictions) == (done.added, done.retired, done.contradictions)
    assert [one.code for one in told.changed] == ["1.000000"]


def test_a_rehearsal_that_breaks_leaves_nothing(sqlite_engine: Engine) -> None:
    run_import(sqlite_engine, Import(OLD, "old"))
    before = _rows(sqlite_engine)

    def broken() -> Iterator[Procedure]:
        yield NEW[0]
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        rehearse(sqlite_engine, Import(broken(), "broken"))
    assert _rows(sqlite_engine) == before
    assert run_import(sqlite_engine, Import([NEW[0]], "new")).revision == 2


def test_a_statement_without_its_day_cannot_be_quoted(sqlite_engine: Engine) -> None:
    for kind in NEEDS_DAY:
        with pytest.raises(ValueError, match="day"):
            job_of(kind, ROOT / "README.md", sqlite_engine)
        assert job_of(kind, ROOT / "README.md", sqlite_engine, date(2026, 10, 3)).source == "README.md"
