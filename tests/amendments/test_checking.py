"""A record that somebody compared today must not be warned of as old; nor told to anybody as a change."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Engine

from bot.amendments.applying import apply_due
from bot.amendments.checking import confirm
from bot.amendments.faults import AmendmentError
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.report import RunState
from bot.catalogue.records import Procedure
from bot.catalogue.repository import Repository, load_procedures
from bot.notices.changed import parts_of
from bot.staff.actions import Action
from bot.staff.audit import Actor, entries
from tests.amendments.conftest import CODE, FEE, NOW, RECORD, TODAY, load


def _checked(connection: Connection) -> date | None:
    (record,) = load_procedures(connection, None, (CODE,))
    return record.source.checked_on


def test_only_the_day_of_the_check_changes(engine: Engine, hired: Callable[[Connection, str], Actor]) -> None:
    load(engine, RECORD)
    with engine.begin() as connection:
        editor = hired(connection, "lan")
        assert confirm(connection, editor, CODE, "2026-11-20", "Đã xem cổng", NOW)
        assert confirm(connection, editor, CODE, TODAY, "Đã xem cổng", NOW)
        assert not confirm(connection, editor, CODE, "2026-11-21", "Đã xem cổng", NOW)
        assert [entry.action for entry in entries(connection)] == [Action.RECORD_CHECKED.value] * 2
    shown = Repository(engine).procedure(CODE)
    assert shown == replace(RECORD, source=replace(RECORD.source, checked_on=date(2026, 11, 22)))
    assert load(engine, RECORD).state is RunState.UNCHANGED
    then = Repository(engine).procedure(CODE, date(2026, 8, 1))
    assert then == replace(shown, levels=())
    assert parts_of(["source"]) == ()


def test_a_check_keeps_what_was_amended(
    sqlite_engine: Engine, approved: Callable[..., int], hired: Callable[[Connection, str], Actor]
) -> None:
    load(sqlite_engine, RECORD)
    approved(sqlite_engine, FEE)
    apply_due(sqlite_engine, TODAY, NOW)
    with sqlite_engine.begin() as connection:
        assert confirm(connection, hired(connection, "hoa"), CODE, TODAY, "", NOW)
        assert _checked(connection) == date(2026, 11, 22)
    shown = Repository(sqlite_engine).procedure(CODE)
    assert shown is not None
    assert [fee.amount for fee in shown.fees] == [5000]


def test_what_is_no_record_or_no_day_is_not_checked(
    sqlite_engine: Engine, hired: Callable[[Connection, str], Actor]
) -> None:
    load(sqlite_engine, RECORD)
    with sqlite_engine.begin() as connection:
        editor = hired(connection, "lan")
        for code, day, fault in (("9.999999", TODAY, "unknown"), (CODE, "hôm nay", "day")):
            with pytest.raises(AmendmentError, match=fault):
                confirm(connection, editor, code, day, "", NOW)


def test_a_list_of_levels_is_no_word_of_the_source(
    sqlite_engine: Engine, approved: Callable[..., int]
) -> None:
    """Lists bring our own records back; taken for the source's word, they would end every correction."""
    load(sqlite_engine, RECORD)
    approved(sqlite_engine, FEE)
    apply_due(sqlite_engine, TODAY, NOW)
    shown = Repository(sqlite_engine).procedure(CODE)
    assert shown is not None
    levels = tuple(replace(one, stated_on=date(2026, 11, 3)) for one in shown.levels)
    listed: Procedure = replace(shown, levels=levels)
    report = run_import(sqlite_engine, Import([listed], "list", levels_complete_on=date(2026, 11, 3)))
    assert [field.field for change in report.changed for field in change.fields] == ["levels"]
    assert Repository(sqlite_engine).procedure(CODE) == listed
    load(sqlite_engine, replace(RECORD, levels=levels))
    assert Repository(sqlite_engine).procedure(CODE) == listed
