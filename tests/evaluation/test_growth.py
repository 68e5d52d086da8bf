"""Catalogues that grow. Copies that were alike would hide what a larger province has to expect."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.catalogue.records import Procedure, Source
from bot.evaluation.growth import grown, measure, table
from bot.evaluation.growth_plot import plot
from tests.working import ROOT, trained_model

NAMES = (
    "Đăng ký khai sinh cho trẻ em có yếu tố nước ngoài",
    "Cấp giấy phép lái xe mô tô hạng A1 lần đầu",
    "Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất",
)
RECORDS = [
    Procedure(
        code=f"1.00000{place}",
        name=name,
        source=Source("Nguồn", checked_on=date(2026, 11, 1)),
        aliases=(name.lower(),),
    )
    for place, name in enumerate(NAMES)
]
ROW = {
    "records": 6000,
    "pairs": 900,
    "build_s": 1.75,
    "build_work_s": 1.5,
    "index_mb": 80.0,
    "process_mb": 200.0,
    "search_ms": {"p50": 1.25, "p95": 2.0, "p99": 3.0},
    "both_ms": {"p50": 2.5, "p95": 4.5, "p99": 9.5},
    "work_ms": {"p50": 2.25, "p95": 4.0, "p99": 8.0},
}


def test_mutations_have_their_own_codes_and_names():
    found = grown(RECORDS, 30)
    assert found[:3] == RECORDS and len(found) == 30
    assert len({record.code for record in found}) == 30
    assert len({record.name for record in found}) == 30
    assert all(len(a.name.split()) == len(b.name.split()) for a, b in zip(found[3:6], RECORDS, strict=True))


def test_a_larger_catalogue_begins_with_the_smaller_one():
    """Otherwise sizes would differ in more than size."""
    assert grown(RECORDS, 30)[:10] == grown(RECORDS, 10)
    assert grown(RECORDS, 2) == RECORDS[:2]
    with pytest.raises(ValueError, match="empty"):
        grown([], 2)


def test_costs_are_measured():
    found = measure(RECORDS, 12, ROOT / "data", trained_model(), ["khai sinh ở đâu", "cấp lại sổ đỏ"])
    assert found["records"] == 12 and found["process_mb"] > 1
    assert 0 < found["search_ms"]["p50"] <= found["both_ms"]["p50"] <= found["both_ms"]["p99"]


def test_the_table_shows_each_size():
    machine = {"cpu": "CPU X", "cores": 2, "ram_gb": 8.2, "python": "3.10"}
    shown = table({"machine": machine, "load": (0.5, 1.0), "questions": 9, "growth": [ROW]})
    assert "CPU X · 2 nhân · RAM 8,2 GB" in shown and "9 câu" in shown
    assert shown.splitlines()[-1].split() == "6000 900 1,75 1,5 80 200 1,25 3 2,5 9,5 2,25 8".split()


def test_the_plot_is_small_and_places_points_by_hand(tmp_path: Path):
    """600 of 1,200 records stand in the middle of the axis, 8 of 8 ms at its top."""
    rows = [ROW | {"records": 600}, ROW | {"records": 1200}]
    drawn = plot(rows)
    ElementTree.fromstring(drawn)
    assert len(drawn.encode()) < 60_000
    assert 'points="205.0,56.0 350.0,56.0"' in drawn
