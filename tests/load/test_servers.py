"""The bench from end to end with the cheapest contender. A bench that breaks lets slowness go unseen."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.load import growth_table, soak_table, table
from bot.load.bench import course, side_by_side
from bot.load.contenders import CONTENDERS, FLOOR, Models
from bot.load.ground import Ground
from bot.load.plot import plot
from bot.load.process_tree import cpu_seconds, held, memory, tree
from bot.load.running import StartError, started
from bot.load.soak import soak
from bot.load.visit import Visit, visits
from bot.serving.child import Service

SCRIPTS = [(f"câu hỏi số {'một hai ba bốn năm sáu bảy tám chín mười'.split()[n]}",) for n in range(10)]
MODELS = Models(Path("none.tar.gz"))


class _Bare(Ground):
    """Without a catalogue: the floor needs none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return _Bare(tmp_path)


def test_the_floor_is_measured_and_told(ground: Ground) -> None:
    """Table, page and plot name every figure; nothing is left running."""
    asked = course(SCRIPTS, [("làm nóng",), ("làm nóng nữa",)], messages=6, seconds=5)
    report = side_by_side(ground, MODELS, asked, [FLOOR], repeat=2)
    report["training"] = {}
    (floor,) = report["contenders"].values()
    assert floor["runs"] == 4 and floor["start_s"] > 0 and floor["rss_mb"] > 10
    for traffic in ("cold", "as_they_come"):
        for phase in floor["traffic"][traffic].values():
            assert phase["messages"] == 6 and phase["faults"] == {} and phase["p50"] <= phase["p99"]
    assert report["machine"]["cpu"] in table.plain(report) and "chưa đo" in table.plain(report)
    assert "| cùng lúc |" in table.markdown(report)
    assert "Sàn" in plot(report["contenders"])


def test_a_soak_tells_what_is_held(ground: Ground) -> None:
    report = soak(ground, MODELS, FLOOR, SCRIPTS, {}, minutes=0.02, every=0.2)
    assert report["figures"]["messages"] > 10 and report["figures"]["faults"] == {}
    assert len(report["samples"]) > 2 and report["samples"][-1]["files"] > 3
    assert "Luồng" in soak_table.plain(report) and "| --- |" in soak_table.markdown(report)


def test_growth_is_told_beside_the_smallest_size() -> None:
    """6 ms of work instead of 4 is 1.5 times, more than is allowed; 80 of 100 messages/s is a collapse."""
    phase = {"msg_s": 100, "p50": 1, "p95": 2, "p99": 3, "cpu_ms": 4.0, "faults": {}}
    small = {"contender": "sqlite", "size": 10, **phase}
    large = {**small, "size": 1_000, "cpu_ms": 6.0, "msg_s": 80}
    report = {
        "machine": {"cpu": "x", "cores": 2, "ram_gb": 1, "python": "3.10"},
        "load": (0, 0),
        **dict.fromkeys(("conversation", "stored", "concurrency"), [small, large]),
    }
    told = growth_table.plain(report)
    assert "×1,5: CHƯA ĐẠT" in told and "đo được 0,8: CHƯA ĐẠT" in told
    assert "<svg" in growth_table.plot(report)


def test_what_was_started_ends_with_the_block(ground: Ground) -> None:
    (first,) = visits([("chào",)], "first")
    with CONTENDERS[FLOOR].open(ground, MODELS, first) as running:
        (pid,) = running.pids
        assert tree([pid])[0] == pid and memory([pid]).rss > 10 and cpu_seconds([pid]) > 0
        assert held([pid]).sockets >= 1 and held([pid]).threads >= 1
    assert tree([pid]) == []


def test_a_server_that_does_not_come_up_is_named_with_its_last_words(tmp_path: Path) -> None:
    """An operator must not wait ten minutes for nothing."""
    command = [sys.executable, "-c", "print('no such model'); raise SystemExit(3)"]
    broken = Service("broken", command, "http://127.0.0.1:9/health", tmp_path / "log")
    with (
        pytest.raises(StartError, match="broken ended with 3\nno such model"),
        started([broken], ["http://127.0.0.1:9"], Visit("a", ())),
    ):
        pass


def test_nothing_stays_behind_when_the_bench_is_told_to_stop(tmp_path: Path) -> None:
    """A forgotten server would spoil the next measurement."""
    program = (
        "import signal, sys, time; from pathlib import Path; "
        "from tests.load.test_servers import _Bare, MODELS; "
        "from bot.load.contenders import CONTENDERS; from bot.load.visit import visits\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        f"ground, first = _Bare(Path({str(tmp_path)!r})), visits([('a',)], 'a')[0]\n"
        "with CONTENDERS['floor'].open(ground, MODELS, first) as r:\n"
        "    print(r.pids[0], flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as bench:
        assert bench.stdout is not None
        pid = int(bench.stdout.readline())
        os.kill(bench.pid, signal.SIGTERM)
        assert bench.wait(30) == 143
    time.sleep(0.1)
    assert tree([pid]) == []
