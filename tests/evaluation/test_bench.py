"""The figures of ``bot bench`` by hand. A wrong percentile hides the slow answers citizens wait for."""

from datetime import date

from bot.catalogue.records import Procedure, Source
from bot.evaluation.bench import enlarged, spread, table, text, training_seconds
from bot.evaluation.machine import machine, resident_mb


def named(code: str, name: str, *aliases: str) -> Procedure:
    return Procedure(
        code=code, name=name, source=Source("Nguồn", checked_on=date(2026, 11, 1)), aliases=aliases
    )


def test_nearest_rank_by_hand():
    """Of 1 … 200 ms the 100th, 190th and 198th time; of four, the second and twice the last."""
    assert spread(range(200, 0, -1)) == {"p50": 100, "p95": 190, "p99": 198}
    assert spread([4.0, 1.0, 3.0, 2.0]) == {"p50": 2.0, "p95": 4.0, "p99": 4.0}
    assert spread([7.126]) == {"p50": 7.13, "p95": 7.13, "p99": 7.13}
    assert spread([]) == {"p50": None, "p95": None, "p99": None}


def test_copies_have_their_own_codes_and_other_ends_of_names():
    """Copies that were alike would tie everywhere and measure nothing."""
    one = named("1", "Cấp giấy phép lái xe mô tô", "bằng lái xe")
    two = named("2", "Đăng ký khai sinh cho trẻ")
    assert enlarged([one, two], 1) == [one, two]
    found = enlarged([one, two], 2)
    assert [p.code for p in found] == ["1", "2", "1-1", "2-1"]
    assert found[2].name == "Cấp giấy phép lái sinh cho trẻ"
    assert found[2].aliases == ("bằng lái trẻ",)


def test_training_time_is_the_span_of_dated_lines():
    log = ["warning", "2026-11-22 02:00:05 INFO a", "  more", "2026-11-22 02:01:35 INFO b", "saved"]
    assert training_seconds(log) == 90
    assert training_seconds(log[:2]) is None
    assert training_seconds([]) is None


def test_the_table_shows_machine_times_and_growth():
    times = {"p50": 1.5, "p95": 2.0, "p99": None}
    shown = table(
        {
            "machine": {"cpu": "CPU X", "cores": 2, "ram_gb": 8.2, "python": "3.10", "system": "Linux"},
            "load": (0.5, 1.0),
            "start_s": {"imports": 1.0, "model": 0.25, "knowledge": 3.0, "total": 4.25},
            "training_s": None,
            "questions": 10,
            "ms": dict.fromkeys(("understanding", "search", "both", "turn"), times),
            "size": {"resident_mb": 300.0, "model_mb": 2.5},
            "growth": [
                {"times": 3, "procedures": 30, "build_s": 0.5, "memory_mb": 9.0, "search_ms": times},
            ],
        }
    )
    assert "CPU X · 2 nhân · RAM 8.2 GB" in shown
    assert "Tìm thủ tục      1,5  2    –" in shown
    assert "×3        30       0,5              9            1,5      2    –" in shown
    assert text(None) == "–"


def test_the_machine_and_this_process_are_told():
    found = machine()
    assert found["cpu"] and found["cores"] >= 1 and found["ram_gb"] > 0
    assert resident_mb() > 1
