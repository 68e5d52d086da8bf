"""Every figure by hand: a wrong median or ratio would promise what nobody gets."""

import pytest

from bot.load.driver import Driven
from bot.load.figures import middle, ratio, slope, summary
from bot.load.leaks import Sample, trends
from bot.load.measuring import figures_of, rotated
from bot.load.plot import panel
from bot.load.targets import targets


def run(contender, repeat, msg_s, p95=10.0, start=1.0, rss=100.0, cpu=2.0, faults=None, traffic="cold"):
    phase = {
        "messages": 10,
        "msg_s": msg_s,
        "p50": 4.0,
        "p95": p95,
        "p99": 12.0,
        "cpu_ms": cpu,
        "database_cpu_ms": None,
        "driver_cpu_ms": 0.1,
        "faults": faults or {},
    }
    once = {"start_s": start, "start_cpu_s": 0.5, "rss_mb": rss, "pss_mb": rss, "processes": 1}
    return {
        "contender": contender,
        "repeat": repeat,
        "traffic": traffic,
        **once,
        "phases": {"1": phase, "16": phase},
    }


def test_the_middle_of_three_and_of_two() -> None:
    """3 of (1, 3, 9); 2 of (1, 3); what is missing does not count."""
    assert middle([9, 1, 3]) == 3
    assert middle([3, None, 1]) == 2
    assert middle([None]) is None


def test_a_ratio_needs_both_sides() -> None:
    assert ratio(300, 20) == 15
    assert ratio(1, 3) == 0.3333
    assert ratio(None, 3) is None and ratio(3, None) is None and ratio(3, 0) is None


def test_the_slope_of_a_line() -> None:
    """(0, 1), (1, 3), (2, 5) rises by 2; (0, 0), (1, 2), (2, 1) by 1 / 2: (-1·-1 + 0 + 1·0) / 2."""
    assert slope([(0, 1), (1, 3), (2, 5)]) == pytest.approx(2)
    assert slope([(0, 0), (1, 2), (2, 1)]) == pytest.approx(0.5)
    assert slope([(1, 5)]) == 0 and slope([(1, 5), (1, 9)]) == 0


def test_repetitions_become_medians_and_faults_sums() -> None:
    """One bad round must not decide; one wrong reply in any round must not vanish."""
    runs = [run("sqlite", 0, 100, start=9), run("sqlite", 1, 300, faults={"other": 2}), run("sqlite", 2, 200)]
    found = summary(runs)["sqlite"]
    assert found["runs"] == 3 and found["start_s"] == 1
    assert found["traffic"]["cold"]["16"]["msg_s"] == 200
    assert found["traffic"]["cold"]["16"]["faults"] == {"other": 2}


def test_only_right_replies_count() -> None:
    """Four right replies in two seconds are 2 a second; 40 + 20 ms of work are 15 ms each."""
    driven = Driven(2.0, (4.0, 1.0, 3.0, 2.0), 0.008, {"late": 1}, ("late: …",))
    found = figures_of(driven, 0.040, 0.020)
    assert (found["messages"], found["msg_s"]) == (4, 2.0)
    assert (found["p50"], found["p95"]) == (2.0, 4.0)
    assert (found["cpu_ms"], found["database_cpu_ms"], found["driver_cpu_ms"]) == (15.0, 5.0, 2.0)
    assert figures_of(Driven(1.0, (), 0.0, {}, ()), 1.0, 0.0)["cpu_ms"] is None


def test_the_order_of_contenders_rotates() -> None:
    """Who always comes last meets the warmest machine."""
    assert [name for _, name in rotated("abc", 3)] == [*"abc", *"bca", *"cab"]


def test_targets_are_judged_by_ratios_to_stock() -> None:
    runs = [
        run("stock", 0, 20, p95=1000, rss=1200, cpu=70),
        run("sqlite", 0, 310, p95=51, rss=190, cpu=5, start=4.0),
        run("postgres", 0, 299, p95=49, cpu=5.1),
        run("postgres2", 0, 480),
        run("sqlite2", 0, 290),
    ]
    found = {
        target.title: (target.found, target.met)
        for target in targets(summary(runs), {"ours": 50.0, "stock": 610.0}, "cold")
    }
    assert found["SQLite: tin/giây, 16 người, so với gốc"] == (15.5, True)
    assert found["PostgreSQL: tin/giây, 16 người, so với gốc"] == (14.95, False)
    assert found["SQLite, 2 tiến trình: tin/giây, 16 người, so với gốc"] == (14.5, False)
    assert found["SQLite: p95, 16 người, so với gốc"] == (0.051, False)
    assert found["PostgreSQL: p95, 16 người, so với gốc"] == (0.049, True)
    assert found["SQLite: CPU mỗi tin, so với gốc"][1] is True
    assert found["PostgreSQL: CPU mỗi tin, so với gốc"][1] is False
    assert found["2 tiến trình so với 1: tin/giây, 16 người"] == (1.6054, True)
    assert found["Thời gian huấn luyện, so với gốc"] == (0.082, True)
    assert found["Bộ nhớ (RSS) khi không nạp TensorFlow, so với gốc"] == (0.1583, True)
    assert found["Khởi động đến câu trả lời đúng đầu tiên (giây)"] == (4.0, True)


def test_bars_are_as_long_as_what_they_say() -> None:
    """Who reads the plot would take twice as fast for a little faster. 4 + 330 × 50/100 = 169; on a
    logarithmic scale 4 + 330 × log 10 / log 100 = 169.
    """
    linear = "".join(panel("messages", [("a", 100.0, "#000"), ("b", 50.0, "#000")], 0))
    assert 'width="334.0"' in linear and 'width="169.0"' in linear
    scaled = "".join(panel("messages", [("a", 100.0, "#000"), ("b", 10.0, "#000")], 0, logarithmic=True))
    assert 'width="334.0"' in scaled and 'width="169.0"' in scaled


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert {target.met for target in targets({}, {}, "cold")} == {None}


def test_memory_that_creeps_up_is_no_flat_line() -> None:
    """100 MB and 1 MB more each minute for ten minutes is a leak; a file that comes and goes is none. What
    rose in the first two minutes does not count.
    """
    samples = [
        Sample(60.0 * minute, 100.0 + minute, 50 + minute % 2, 9, 5 if minute < 2 else 9, 12, 20 + minute)
        for minute in range(11)
    ]
    found = {trend.name: trend for trend in trends(samples)}
    assert found["rss_mb"].grown == pytest.approx(8) and not found["rss_mb"].flat
    assert found["files"].flat and found["connections"].flat and found["threads"].grown == 0
    assert found["tasks"].grown == pytest.approx(8) and not found["tasks"].flat
    assert (found["connections"].lowest, found["connections"].highest) == (9, 9)
