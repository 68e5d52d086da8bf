"""What editors lose when these fail: a curated file ignored, or one bad record that hides all others."""

from datetime import date
from pathlib import Path

import msgspec

from bot.catalogue.enums import Handler, LevelScheme, LevelValue, Scope
from bot.catalogue.importing.own import overlay, read_curated, read_index, read_own
from bot.catalogue.importing.report import Refusal, Rejected
from bot.catalogue.records import Case, LevelStatement, Paper, Procedure, Source

BASE = Procedure(
    "1.004873",
    "Xác nhận tình trạng hôn nhân",
    Source("Cổng", retrieved_on=date(2026, 7, 1)),
    field="Hộ tịch",
    handler=Handler.COMMUNE,
    papers=(Paper("Tờ khai"),),
    cases=(Case("truong-hop-1", "Ly hôn"),),
    levels=(LevelStatement(("XA",), LevelScheme.S2022, LevelValue.FULL, date(2026, 10, 3), "danh sách"),),
)


def _index(folder: Path, *procedures: Procedure) -> Path:
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(b"".join(msgspec.json.encode(p) + b"\n" for p in procedures))
    return folder


def test_the_overlay_wins_where_it_speaks_and_leaves_levels_and_scope() -> None:
    curated = Procedure(
        "1.004873",
        "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        Source("Hồ sơ", checked_on=date(2026, 11, 1)),
        scope=Scope.NATIONWIDE,
        cases=(Case("ly-hon", "Đã ly hôn"),),
    )
    merged = overlay(BASE, curated)
    assert merged.name == curated.name
    assert merged.source == curated.source
    assert merged.field == "Hộ tịch"
    assert merged.handler is Handler.COMMUNE
    assert (merged.scope, merged.levels) == (Scope.IN_FORCE, BASE.levels)
    assert merged.curated


def test_papers_and_cases_are_never_mixed_from_two_sources() -> None:
    merged = overlay(BASE, Procedure("1.004873", "Tên", Source("s"), cases=(Case("ly-hon", "Đã ly hôn"),)))
    assert merged.papers == ()
    assert [case.id for case in merged.cases] == ["ly-hon"]


def test_a_curated_procedure_without_index_record_is_loaded_too(tmp_path: Path) -> None:
    index = _index(tmp_path / "index", BASE)
    (tmp_path / "b.yaml").write_text(
        '- {code: "2.000001", name: Khác, source: {title: s}}\n', encoding="utf-8"
    )
    assert [getattr(item, "code", None) for item in read_own(index, tmp_path)] == ["1.004873", "2.000001"]


def test_bad_lines_are_refused_with_their_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = msgspec.json.encode(BASE).decode()
    lines = [
        good,
        "{broken",
        '{"code":"1.1","name":"n","source":{"title":"s"}}',
        '{"code":"1.000001"}',
        "",
        good,
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    items = list(read_index(path))
    refused = [(item.line, item.refusal) for item in items if isinstance(item, Rejected)]
    assert refused == [(2, Refusal.UNREADABLE), (3, Refusal.BAD_CODE), (4, Refusal.INVALID)]
    assert [item for item in items if isinstance(item, Procedure)] == [BASE, BASE]


def test_a_bad_curated_record_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        '- {code: "1.000001", name: A, source: {title: s}, valid_from: 2026-01-01}\n'
        "- code: '1.000002'\n  name: B\n  colour: red\n  source: {title: s}\n"
        '- {code: "1.000001", name: C, source: {title: s}}\n',
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text("- [unclosed", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("code: x", encoding="utf-8")
    (tmp_path / "d.yaml").write_text("", encoding="utf-8")
    first, *refused = read_curated(tmp_path)
    assert isinstance(first, Procedure)
    assert (first.curated, first.valid_from) == (True, date(2026, 1, 1))
    assert [(r.file, r.line, r.refusal) for r in refused if isinstance(r, Rejected)] == [
        ("a.yaml", 2, Refusal.INVALID),
        ("a.yaml", 0, Refusal.DUPLICATE),
        ("b.yaml", 0, Refusal.UNREADABLE),
        ("c.yaml", 1, Refusal.INVALID),
    ]
