"""What maintainers lose when these fail: an index that can be made again from its sources."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import msgspec

from bot.catalogue.enums import Scope
from bot.catalogue.importing.build import build_index
from bot.catalogue.importing.own import read_index
from bot.catalogue.importing.report import Refusal
from bot.catalogue.records import Procedure

HEADER = "code\tservice_code\tlevel\tagencies\turl\tstatus\tsystem\tservice_name\n"


def _sources(folder: Path) -> tuple[Path, Path]:
    crawl, levels = folder / "crawl.gz", folder / "levels.tsv"
    base = {
        "issuer": "Bộ Tư pháp",
        "crawled": "2026-07",
        "detail_level": "full",
        "fee": "Miễn phí",
        "name": "Tên",
    }
    rows = [
        base | {"code": "1.000002", "applies_to_quang_ninh": "yes", "steps": "Đoạn văn dài"},
        base | {"code": "1.000001", "applies_to_quang_ninh": "no (địa phương khác)", "field": "Đất đai"},
        base | {"code": "1.000003", "applies_to_quang_ninh": "no (địa phương khác)"},
        base
        | {
            "code": "3.000004",
            "applies_to_quang_ninh": "ministry level only",
            "in_national_list_2026_07": True,
        },
    ]
    with gzip.open(crawl, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    listed = "1.000001\t1.000001.01\ttoàn trình\tXA\tdvc.vn\tchính thức\tbộ ngành\t\n"
    named = "1.000009\t1.000009.01\tmột phần\tH49.28\tdvc.vn\tchính thức\tbộ ngành\tCấp phép\n"
    levels.write_text(HEADER + listed + named, encoding="utf-8")
    return crawl, levels


def _read(folder: Path) -> dict[str, Procedure]:
    items = (item for path in folder.glob("*.jsonl") for item in read_index(path))
    return {item.code: item for item in items if isinstance(item, Procedure)}


def test_the_index_has_what_a_resident_may_need_and_facts_only(tmp_path: Path) -> None:
    report = build_index(*_sources(tmp_path), tmp_path / "out")
    records = _read(tmp_path / "out")
    assert sorted(records) == ["1.000001", "1.000002", "1.000009", "3.000004"]
    assert (report.in_force, report.nationwide) == (3, 1)
    assert report.refused == {Refusal.OTHER_PROVINCE: 1}
    assert report.level_list_only == ("1.000009",)
    assert records["1.000009"].name == "Cấp phép"
    assert records["3.000004"].scope is Scope.NATIONWIDE
    # Fees of another province's copy are not ours.
    assert (records["1.000001"].fees, records["1.000001"].field) == ((), "Đất đai")
    assert records["1.000002"].steps == ()
    assert len(records["1.000002"].fees) == 1


def test_a_code_in_force_without_a_name_is_kept_and_says_so(tmp_path: Path) -> None:
    crawl, levels = _sources(tmp_path)
    base = {
        "crawled": "2026-07",
        "detail_level": "full",
        "applies_to_quang_ninh": "yes",
        "field": "Người có công",
    }
    rows = [
        base
        | {"code": "1.000009", "name": "20 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", "authority": "Sở Y tế"},
        base
        | {"code": "2.000001", "name": "Công bố Danh mục thủ tục hành chính tỉnh Hà Tĩnh", "fee": "Miễn phí"},
    ]
    with gzip.open(crawl, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    build_index(crawl, levels, tmp_path / "out")
    records = _read(tmp_path / "out")
    late, announced = records["1.000009"], records["2.000001"]
    assert (late.name, late.authority) == ("Thủ tục 1.000009 (chưa có tên trong nguồn)", "Sở Y tế")
    assert announced.name == "Thủ tục 2.000001 (chưa có tên trong nguồn)"
    # An announcement's field and fees belong to the other province's decision.
    assert (announced.field, announced.fees, announced.scope) == ("", (), Scope.IN_FORCE)


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    sources = _sources(tmp_path)
    build_index(*sources, tmp_path / "a")
    build_index(*sources, tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_the_shipped_index_is_what_the_sources_give(
    shared_file: Callable[[str], Path], shipped_dir: Path, tmp_path: Path
) -> None:
    report = build_index(shared_file("procedures.jsonl.gz"), shared_file("quangninh_levels.tsv"), tmp_path)
    assert report.in_force == 2884
    assert report.rejected == ()
    assert len(report.level_list_only) == 16
    built = {path.name: path.read_bytes() for path in tmp_path.glob("*.jsonl")}
    assert built == {path.name: path.read_bytes() for path in (shipped_dir / "index").glob("*.jsonl")}


def test_the_shipped_index_is_small_files_of_short_facts(shipped_dir: Path) -> None:
    for path in (shipped_dir / "index").glob("*.jsonl"):
        assert path.stat().st_size < 1024 * 1024
        codes = [msgspec.json.decode(line)["code"] for line in path.read_bytes().splitlines()]
        assert codes == sorted(codes)
    for record in _read(shipped_dir / "index").values():
        papers = [*record.papers, *(paper for case in record.cases for paper in case.papers)]
        assert len(papers) <= 12
        assert all(len(paper.name) <= 120 for paper in papers)
        assert all(len(fee.note) <= 160 for fee in record.fees)
        assert len(record.legal_basis) <= 8
        assert not record.steps
        assert not record.conditions
