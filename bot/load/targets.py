"""What was promised, beside what was found. Pure."""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.load.figures import Summary, ratio


class Target(msgspec.Struct, frozen=True):
    """``found`` has to be at least ``limit``, or at most; None where it was not measured."""

    title: str
    wanted: str
    limit: float
    at_least: bool
    found: float | None

    @property
    def met(self) -> bool | None:
        """None where it was not measured."""
        if self.found is None:
            return None
        return self.found >= self.limit if self.at_least else self.found <= self.limit


_ONE = (("SQLite", "sqlite"), ("PostgreSQL", "postgres"))
_TWO = (("SQLite, 2 tiến trình", "sqlite2"), ("PostgreSQL, 2 tiến trình", "postgres2"))


def targets(summary: Summary, training: Mapping[str, float | None], traffic: str) -> list[Target]:
    """Those of one kind of traffic. ``training``: seconds of ``ours`` and of ``stock`` in full."""

    def figure(contender: str, concurrency: int, name: str) -> float | None:
        found: Any = summary.get(contender, {}).get("traffic", {}).get(traffic, {})
        value: float | None = found.get(str(concurrency), {}).get(name)
        return value

    def beside(contender: str, name: str, to: str = "stock", concurrency: int = 16) -> float | None:
        return ratio(figure(contender, concurrency, name), figure(to, concurrency, name))

    def once(contender: str, name: str) -> float | None:
        value: float | None = summary.get(contender, {}).get(name)
        return value

    found: list[Target] = []
    for title, name in (*_ONE, *_TWO):
        found += [
            Target(f"{title}: tin/giây, 16 người, so với gốc", "≥ 15", 15, True, beside(name, "msg_s")),
            Target(f"{title}: p95, 16 người, so với gốc", "≤ 1/20", 1 / 20, False, beside(name, "p95")),
            Target(f"{title}: CPU mỗi tin, so với gốc", "≤ 1/14", 1 / 14, False, beside(name, "cpu_ms")),
        ]
    found += [
        Target(f"{title}: p50 khi chỉ có một người (ms)", "≤ 8", 8, False, figure(name, 1, "p50"))
        for title, name in _ONE
    ]
    memory = ratio(once("sqlite", "rss_mb"), once("stock", "rss_mb"))
    return [
        *found,
        Target(
            "2 tiến trình so với 1: tin/giây, 16 người",
            "≥ 1,6",
            1.6,
            True,
            beside("postgres2", "msg_s", "postgres"),
        ),
        Target(
            "Thời gian huấn luyện, so với gốc",
            "≤ 1/12",
            1 / 12,
            False,
            ratio(training.get("ours"), training.get("stock")),
        ),
        Target("Bộ nhớ (RSS) để trả lời, so với gốc", "≤ 1/2", 1 / 2, False, memory),
        Target("Bộ nhớ (RSS) khi không nạp TensorFlow, so với gốc", "≤ 1/6", 1 / 6, False, memory),
        Target("Khởi động đến câu trả lời đúng đầu tiên (giây)", "< 5", 5, False, once("sqlite", "start_s")),
    ]
