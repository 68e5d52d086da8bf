"""What citizens lose when these fail: a level of another scale, agency or day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy.engine import Engine

from bot.catalogue.enums import ImportKind, LevelScheme, LevelValue
from bot.catalogue.figures import stats
from bot.catalogue.importing.importer import run_import
from bot.catalogue.importing.jobs import job_of
from bot.catalogue.importing.levels import LevelRow, read_levels
from bot.catalogue.importing.report import ImportReport, Refusal, Rejected, RunState
from bot.catalogue.records import LevelStatement
from bot.catalogue.repository import Repository

DAY = date(2026, 10, 3)
HEADER = ["Mã TTHC", "Mức độ DVC", "Cơ quan thực hiện", "Đường dẫn", "Trạng thái"]
ROW = ["1.000025", "Toàn trình", "XA; H49.22", "dvc.vn/nop", "thử nghiệm"]
EXPECTED = LevelStatement(
    ("XA", "H49.22"),
    LevelScheme.S2022,
    LevelValue.FULL,
    DAY,
    "danh sách",
    submit_url="https://dvc.vn/nop",
    trial=True,
)


def _text(path: Path, separator: str, *rows: list[str]) -> Path:
    path.write_text(
        "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8-sig"
    )
    return path


def _levels(path: Path, scheme: LevelScheme | None = None) -> list[LevelRow | Rejected]:
    return list(read_levels(path, "danh sách", DAY, scheme))


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("b.csv", ";"), ("c.tsv", "\t")])
def test_text_lists_with_vietnamese_headers(tmp_path: Path, name: str, separator: str) -> None:
    path = _text(tmp_path / name, separator, HEADER, ROW)
    assert _levels(path) == [LevelRow("1.000025", EXPECTED)]


def test_a_workbook_with_a_title_above_its_header(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Danh sách dịch vụ công trực tuyến"], HEADER, ROW, []):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert _levels(tmp_path / "a.xlsx") == [LevelRow("1.000025", EXPECTED)]


@pytest.mark.parametrize(
    ("word", "scheme", "expected"),
    [
        ("mức 4", None, (LevelScheme.S2011, LevelValue.FOUR)),
        ("Mức độ 3", None, (LevelScheme.S2011, LevelValue.THREE)),
        ("4", LevelScheme.S2011, (LevelScheme.S2011, LevelValue.FOUR)),
        ("4", LevelScheme.S2022, (LevelScheme.S2022, LevelValue.FULL)),
        ("3", LevelScheme.S2022, (LevelScheme.S2022, LevelValue.PARTIAL)),
        ("Một phần", None, (LevelScheme.S2022, LevelValue.PARTIAL)),
        ("Cung cấp thông tin", None, (LevelScheme.S2022, LevelValue.INFORMATION)),
    ],
)
def test_levels_of_both_scales(
    tmp_path: Path, word: str, scheme: LevelScheme | None, expected: tuple[LevelScheme, LevelValue]
) -> None:
    (row,) = _levels(_text(tmp_path / "a.csv", ",", HEADER, ["1.000025", word, "XA"]), scheme)
    assert isinstance(row, LevelRow)
    assert (row.statement.scheme, row.statement.value) == expected


def test_bad_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = [
        ["", "toàn trình", "XA"],
        ["12", "toàn trình", "XA"],
        ["1.000025", "toàn trình", ""],
        ["1.000025", "4", "XA"],
        ["1.000025", "tốt", "XA"],
        ["1.000025", "một phần", "XA"],
    ]
    *refused, good = _levels(_text(tmp_path / "a.csv", ",", HEADER, *rows))
    assert [(r.line, r.refusal) for r in refused if isinstance(r, Rejected)] == [
        (2, Refusal.NO_CODE),
        (3, Refusal.BAD_CODE),
        (4, Refusal.NO_AGENCY),
        (5, Refusal.UNKNOWN_SCHEME),
        (6, Refusal.UNKNOWN_LEVEL),
    ]
    assert isinstance(good, LevelRow)


def _import(engine: Engine, path: Path, day: date = DAY, complete: bool = False) -> ImportReport:
    return run_import(engine, job_of(ImportKind.LEVELS, path, engine, day, "danh sách", complete))


def test_a_list_without_date_or_header_is_refused(tmp_path: Path) -> None:
    (undated,) = read_levels(_text(tmp_path / "a.csv", ",", HEADER, ROW), "danh sách")
    assert isinstance(undated, Rejected)
    assert undated.refusal is Refusal.NO_DATE
    (headless,) = _levels(_text(tmp_path / "b.csv", ",", ROW))
    assert isinstance(headless, Rejected)
    assert headless.refusal is Refusal.UNREADABLE


def test_a_complete_list_ends_what_it_no_longer_names(tmp_path: Path, engine: Engine) -> None:
    old = _text(tmp_path / "a.csv", ",", HEADER, ROW, ["1.000026", "một phần", "XA"])
    new = _text(tmp_path / "b.csv", ",", HEADER, ROW)
    _import(engine, old)
    report = _import(engine, new, date(2026, 11, 3), complete=True)
    assert [change.code for change in report.changed] == ["1.000025", "1.000026"]
    repository = Repository(engine)
    now, then = repository.procedure("1.000026"), repository.procedure("1.000026", date(2026, 11, 2))
    assert now is not None
    assert then is not None
    assert (now.levels, len(then.levels)) == ((), 1)


def test_the_published_list_of_the_province_counts_as_published(
    shared_file: Callable[[str], Path], sqlite_engine: Engine
) -> None:
    path = shared_file("quangninh_levels.tsv")
    report = _import(sqlite_engine, path, complete=True)
    figures = stats(sqlite_engine)
    assert (len(report.added), report.rejected) == (1848, ())
    assert (figures.full_only, figures.partial_only, figures.mixed) == (1439, 402, 7)
    assert (figures.statements, figures.trial) == (1861, 5)
    again = _import(sqlite_engine, path, complete=True)
    assert again.state is RunState.UNCHANGED
