"""What citizens lose when these fail: procedures of other provinces, of 2021, or with invented facts."""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.catalogue.contradictions import ContradictionKind, find
from bot.catalogue.enums import Handler, ImportKind, Need, Scope
from bot.catalogue.importing.context import read_checks
from bot.catalogue.importing.crawl import procedure_of, read_crawl, retrieved_on
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.jobs import job_of
from bot.catalogue.importing.report import Refusal, Rejected, RunState
from bot.catalogue.records import Procedure

ROW: dict[str, Any] = {
    "code": "1.000001",
    "name": "Đăng ký  phương tiện",
    "issuer": "Bộ Công an",
    "authority": "Công an cấp Xã",
    "crawled": "2026-07",
    "detail_level": "full",
    "applies_to_quang_ninh": "yes (TTHC quốc gia)",
    "applicants": ["Tổ chức (không bao gồm doanh nghiệp", "HTX)", "Công dân Việt Nam"],
    "legal_basis": [
        "54/2014/QH1354",
        "2014/QH13",
        "92/2015/TT-BTC",
        "92/2015/TT-BTCL",
        "Thông tư số 63/2023/TT-BTC",
    ],
    "documents": [
        {"name": "1. Tờ khai;", "case": None, "originals": 1, "photocopies": 0, "note": None},
        {"name": "Căn cước", "case": "Giấy tờ phải xuất trình", "originals": 0, "photocopies": 0},
        {"name": "Giấy khai sinh", "case": "Trẻ em:", "originals": 0, "photocopies": 1},
        {"name": "Đọc kỹ", "case": "Lưu ý", "originals": 0, "photocopies": 0},
        {"name": "Hồ sơ gửi " * 20, "case": None, "originals": 0, "photocopies": 0, "note": True},
    ],
    "documents_replaced_by_database": [{"document": "Giấy khai sinh", "database": "CSDL hộ tịch"}],
}


def _write(path: Path, *rows: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    return path


def test_a_row_becomes_a_record_in_the_words_of_its_source() -> None:
    procedure = procedure_of(ROW)
    assert procedure.name == "Đăng ký phương tiện"
    assert (procedure.handler, procedure.scope) == (Handler.POLICE, Scope.IN_FORCE)
    assert procedure.applicants == ("Tổ chức (không bao gồm doanh nghiệp, HTX)", "Công dân Việt Nam")
    assert procedure.legal_basis == ("54/2014/QH13", "92/2015/TT-BTC", "63/2023/TT-BTC")
    assert [(paper.name, paper.need) for paper in procedure.papers] == [
        ("Tờ khai", Need.SUBMIT),
        ("Căn cước", Need.SHOW),
    ]
    (case,) = procedure.cases
    assert (case.label, case.papers[0].need, case.papers[0].database) == (
        "Trẻ em",
        Need.DATABASE,
        "CSDL hộ tịch",
    )


def test_bad_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.gz",
        ROW,
        "{broken",
        ROW | {"code": None},
        ROW | {"code": "1.000001.H56"},
        ROW,
        ROW | {"code": "1.000002", "applies_to_quang_ninh": "no (địa phương khác)"},
        ROW | {"code": "1.000003", "detail_level": "full_outdated_2021"},
        ROW | {"code": "1.000004", "applies_to_quang_ninh": None},
        ROW | {"code": "1.000005", "crawled": "hôm qua"},
        ROW | {"code": "1.000006", "applies_to_quang_ninh": None, "in_national_list_2026_07": True},
        ROW | {"code": "1.000007", "name": "05 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ."},
        ROW | {"code": "1.000008", "name": "Công bố Danh mục thủ tục hành chính của tỉnh Hà Tĩnh"},
    )
    items = list(read_crawl(path))
    assert [item.code for item in items if isinstance(item, Procedure)] == ["1.000001", "1.000006"]
    assert [(item.line, item.refusal) for item in items if isinstance(item, Rejected)] == [
        (2, Refusal.UNREADABLE),
        (3, Refusal.NO_CODE),
        (4, Refusal.BAD_CODE),
        (5, Refusal.DUPLICATE),
        (6, Refusal.OTHER_PROVINCE),
        (7, Refusal.OUTDATED),
        (8, Refusal.NOT_IN_NATIONAL_LIST),
        (9, Refusal.INVALID),
        (11, Refusal.NO_NAME),
        (12, Refusal.ANNOUNCEMENT),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07", date(2026, 7, 15)),
        ("2026-06/07", date(2026, 7, 1)),
        ("2025-11/12", date(2025, 12, 1)),
        ("2026-07..09", date(2026, 9, 1)),
    ],
)
def test_the_day_of_reading_is_never_later_than_the_source_says(text: str, day: date) -> None:
    assert retrieved_on(text) == day


def test_the_whole_crawl_loads_and_its_known_bad_rows_are_found(
    shared_file: Callable[[str], Path], shipped_dir: Path, sqlite_engine: Engine
) -> None:
    path = shared_file("procedures.jsonl.gz")
    items = list(read_crawl(path))
    refusals = Counter(item.refusal for item in items if isinstance(item, Rejected))
    assert refusals[Refusal.NO_CODE] == 39
    assert refusals[Refusal.INVALID] == refusals[Refusal.UNREADABLE] == 0
    checks = read_checks(shipped_dir)
    found = {
        item.code: {contradiction.kind for contradiction in find(item, checks)}
        for item in items
        if isinstance(item, Procedure)
    }
    kinds = ContradictionKind
    assert {kinds.REPEALED_TEXT, kinds.FREE_BUT_COUNCIL} <= found["1.013225"]
    assert {kinds.ABOLISHED_PAPER, kinds.ABOLISHED_AGENCY} <= found["2.000986"]
    assert kinds.TIME_DIFFERS_BY_CHANNEL in found["1.013831"]
    assert {kinds.FREE_BUT_SUM, kinds.REPEALED_TEXT} <= found["3.000347"]
    assert kinds.ONLINE_FEE_ABOVE_COUNTER in found["1.001612"]

    report = run_import(sqlite_engine, Import(items, path.name))
    assert len(report.added) == len(found)
    assert (
        run_import(sqlite_engine, job_of(ImportKind.CRAWL, path, sqlite_engine)).state is RunState.UNCHANGED
    )
