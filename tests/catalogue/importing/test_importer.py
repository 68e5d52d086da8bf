"""What operators lose when these fail: a half-loaded catalogue, endless new versions, a lost review list."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.catalogue import tables as t
from bot.catalogue import tables_context as c
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.diffing import FieldChange
from bot.catalogue.enums import FeeKind, LevelScheme, LevelValue, TimeUnit
from bot.catalogue.figures import check
from bot.catalogue.importing.importer import Import, Item, run_import
from bot.catalogue.importing.report import ImportReport, Refusal, Rejected, RunState
from bot.catalogue.records import Fee, LevelStatement, Procedure, Source, TimeLimit
from bot.catalogue.repository import Repository

LEVEL = LevelStatement(("XA",), LevelScheme.S2022, LevelValue.FULL, date(2026, 10, 3), "danh sách")
OLD = [Procedure(f"1.{n:06}", f"Thủ tục {n}", Source("nguồn"), levels=(LEVEL,)) for n in range(1200)]


def _import(engine: Engine, *items: Item, complete: bool = False) -> ImportReport:
    return run_import(engine, Import(items, "test", complete=complete))


def _rows(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)))


def test_a_crash_midway_leaves_the_old_catalogue_whole(engine: Engine) -> None:
    _import(engine, *OLD)

    def dying() -> Iterator[Item]:
        for n, procedure in enumerate(OLD):
            if n == 900:
                raise KeyboardInterrupt
            yield replace(procedure, name="Tên mới")

    with pytest.raises(KeyboardInterrupt):
        run_import(engine, Import(dying(), "dying"))
    assert Repository(engine).procedures() == OLD
    assert Repository(engine).revision() == 1
    with engine.connect() as connection:
        states = connection.execute(select(c.import_run.c.source, c.import_run.c.state)).all()
    assert [tuple(row) for row in states] == [("test", "changed"), ("dying", "failed")]


_KILLED = """
import os, signal, sys
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Procedure, Source
from bot.database import connect

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

items = [Procedure(f"1.{n:06}", "Ten moi", Source("x")) for n in range(1200)]
run_import(connect(sys.argv[1]), Import(items, "killed", complete=True, companion=kill))
"""


def test_a_killed_process_leaves_the_old_catalogue_whole_and_unlocked(
    engine: Engine, database_url: str
) -> None:
    """Killed after every row was written and before the commit."""
    _import(engine, *OLD)
    killed = subprocess.run([sys.executable, "-c", _KILLED, database_url], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Repository(engine).procedures() == OLD
    assert _import(engine, replace(OLD[0], name="Tên mới")).revision == 2


def test_a_crash_while_writing_leaves_the_old_catalogue_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _import(engine, *OLD)

    def break_down(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("bot.catalogue.importing.importer.store", break_down)
    with pytest.raises(OSError, match="disk full"):
        _import(engine, *(replace(procedure, name="Tên mới", levels=()) for procedure in OLD), complete=True)
    assert Repository(engine).procedures() == OLD
    assert Repository(engine).revision() == 1


def test_the_same_file_again_changes_nothing(engine: Engine) -> None:
    first = _import(engine, *OLD)
    versions, levels = _rows(engine, t.procedure_version), _rows(engine, t.level_statement)
    again = _import(engine, *OLD)
    assert (len(first.added), first.revision, first.state) == (1200, 1, RunState.CHANGED)
    assert (again.unchanged, again.revision, again.state) == (1200, 1, RunState.UNCHANGED)
    assert (again.added, again.changed, again.retired) == ((), (), ())
    assert (_rows(engine, t.procedure_version), _rows(engine, t.level_statement)) == (versions, levels)


def test_changes_are_told_field_by_field(engine: Engine) -> None:
    _import(engine, *OLD[:2])
    report = _import(engine, replace(OLD[0], name="Tên mới", popularity=2), OLD[1])
    assert [change.code for change in report.changed] == ["1.000000"]
    assert report.changed[0].fields == (
        FieldChange("name", "Thủ tục 0", "Tên mới"),
        FieldChange("popularity", 0, 2),
    )
    assert (report.unchanged, report.revision) == (1, 2)
    assert _rows(engine, t.procedure_version) == 3


def test_bad_rows_and_doubles_are_refused_and_the_rest_loads(engine: Engine) -> None:
    bad = Rejected("a.jsonl", 7, Refusal.NO_CODE)
    report = _import(engine, bad, OLD[0], replace(OLD[0], name="Trùng mã"))
    assert report.added == ("1.000000",)
    assert report.rejected == (bad, Rejected("test", 0, Refusal.DUPLICATE, "1.000000"))
    assert Repository(engine).procedure("1.000000") == OLD[0]


def test_a_raw_list_does_not_undo_what_editors_curated(engine: Engine) -> None:
    curated = replace(OLD[0], short_name="Tên gọi", curated=True)
    _import(engine, curated)
    report = _import(engine, replace(OLD[0], levels=(), name="Tên thô"))
    assert report.state is RunState.UNCHANGED
    assert Repository(engine).procedure("1.000000") == curated


def test_a_source_silent_about_levels_leaves_the_published_ones(engine: Engine) -> None:
    _import(engine, OLD[0])
    _import(engine, replace(OLD[0], name="Tên mới", levels=()))
    procedure = Repository(engine).procedure("1.000000")
    assert procedure is not None
    assert (procedure.name, procedure.levels) == ("Tên mới", (LEVEL,))


def test_contradictions_are_listed_once_and_resolved_when_gone(engine: Engine) -> None:
    doubtful = replace(
        OLD[0],
        times=(TimeLimit(TimeUnit.UNKNOWN, 120),),
        fees=(Fee(FeeKind.AMOUNT, 135000, note="Miễn phí(Lệ phí 135.000 đồng/lần)"),),
    )
    _import(engine, doubtful)
    _import(engine, doubtful)
    assert check(engine).by_kind == {
        ContradictionKind.TIME_WITHOUT_UNIT: 1,
        ContradictionKind.FREE_BUT_SUM: 1,
    }
    _import(engine, replace(doubtful, times=()))
    assert check(engine).by_kind == {ContradictionKind.FREE_BUT_SUM: 1}
    assert _rows(engine, c.contradiction) == 2
