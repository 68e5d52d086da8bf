"""A catalogue small enough to count by hand."""

from datetime import date, datetime, timezone

from sqlalchemy.engine import Engine

from bot.catalogue.enums import FeeKind, LevelScheme, LevelValue, Scope
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee, LevelStatement, Procedure, Source

STATED_ON = date(2026, 10, 3)
CHECKED = Source("nguồn", retrieved_on=date(2026, 11, 1), checked_on=date(2026, 10, 23))
STALE = Source("nguồn", retrieved_on=date(2026, 11, 1), checked_on=date(2026, 10, 22))
READ = Source("nguồn", retrieved_on=date(2026, 11, 1))
OLD = Source("nguồn", retrieved_on=date(2026, 9, 1))


def level(value: LevelValue, *agencies: str, scheme: LevelScheme = LevelScheme.S2022) -> LevelStatement:
    return LevelStatement(agencies, scheme, value, STATED_ON, "danh mục")


def fee(last: date | None) -> Fee:
    return Fee(FeeKind.AMOUNT, 10_000, valid_to=last)


PROCEDURES = (
    Procedure("1.000001", "Khai sinh", CHECKED, "Hộ tịch", levels=(level(LevelValue.FULL, "XA", "H49.1"),)),
    Procedure(
        "1.000002",
        "Kết hôn",
        STALE,
        "Hộ tịch",
        levels=(level(LevelValue.PARTIAL, "XA"),),
        fees=(fee(date(2026, 12, 31)), fee(date(2026, 12, 31)), fee(None)),
    ),
    Procedure(
        "1.000003",
        "Sang tên",
        READ,
        "Đất đai",
        levels=(level(LevelValue.FULL, "XA"), level(LevelValue.PARTIAL, "H49.1")),
        fees=(fee(date(2026, 12, 31)),),
    ),
    Procedure(
        "1.000004",
        "Bến đò",
        OLD,
        "Đường thủy",
        levels=(level(LevelValue.FOUR, "XA", scheme=LevelScheme.S2011),),
    ),
    Procedure(
        "1.000005", "Hộ chiếu", CHECKED, scope=Scope.NATIONWIDE, levels=(level(LevelValue.FULL, "XA"),)
    ),
)


def fill(engine: Engine) -> None:
    run_import(engine, Import(PROCEDURES, "test"), datetime(2026, 11, 22, tzinfo=timezone.utc))
