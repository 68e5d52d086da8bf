"""The report of ``bot bench --servers-growth`` for a terminal and for a page, and its plot. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.evaluation.bench import text
from bot.evaluation.table import columns
from bot.load.figures import middle, ratio
from bot.load.plot import Bar, panel, svg
from bot.load.table import Cells, Report, faults, machine_lines, pipes, times

PARTS: Mapping[str, str] = {
    "conversation": "Hội thoại dài (số tin trước đó)",
    "stored": "Số hội thoại đã lưu",
    "concurrency": "Số người cùng lúc",
}
"""Vietnamese title of each way to grow."""

_PLOTTED = {
    "conversation": ("CPU ms a turn, by messages before it", "cpu_ms"),
    "stored": ("CPU ms a turn, by stored conversations", "cpu_ms"),
    "concurrency": ("messages/s, by citizens at once", "msg_s"),
}
_FIGURES = ("msg_s", "p50", "p95", "p99", "cpu_ms")
_HEAD = ("", "cỡ", "tin/giây", "p50 (ms)", "p95", "p99", "CPU ms/tin", "lỗi", "CPU so với cỡ nhỏ nhất")
_LIMIT = 1.2
_LEAST_SHARE = 0.9
_COLOURS = ("#0b5cad", "#c2410c")


def rows_of(measured: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Medians by contender and size, with ``grown``: work a turn as a multiple of that at the least size."""
    found: list[dict[str, Any]] = []
    for name in dict.fromkeys(row["contender"] for row in measured):
        of = [row for row in measured if row["contender"] == name]
        first: float | None = None
        for size in sorted({row["size"] for row in of}):
            same = [row for row in of if row["size"] == size]
            row = {figure: middle(one[figure] for one in same) for figure in _FIGURES}
            first = row["cpu_ms"] if first is None else first
            total = sum((Counter(one["faults"]) for one in same), Counter())
            found.append(
                {
                    "contender": name,
                    "size": size,
                    **row,
                    "grown": ratio(row["cpu_ms"], first),
                    "faults": dict(total),
                }
            )
    return found


def verdicts(report: Report) -> list[str]:
    """The targets, met or missed, a sentence for each contender."""
    lines = []
    for kind in ("conversation", "stored"):
        for name, of in _by_contender(rows_of(report[kind])):
            worst = max((row["grown"] for row in of if row["grown"]), default=None)
            met = worst is not None and worst <= _LIMIT
            lines.append(
                f"{PARTS[kind]}, {name}: cần ≤ ×{text(_LIMIT)}, đo được {times(worst)}: {_verdict(met)}"
            )
    for name, of in _by_contender(rows_of(report["concurrency"])):
        share = ratio(of[-1]["msg_s"], max((row["msg_s"] or 0 for row in of), default=0))
        met = share is not None and share >= _LEAST_SHARE
        lines.append(
            f"{PARTS['concurrency']}, {name}: ở {of[-1]['size']} người cần ≥ {text(_LEAST_SHARE)} "
            f"mức cao nhất, đo được {text(share)}: {_verdict(met)}"
        )
    return lines


def plain(report: Report) -> str:
    """For a terminal."""
    return _page(report, columns, "")


def markdown(report: Report) -> str:
    """For a page."""
    return _page(report, pipes, "### ")


def plot(report: Report) -> str:
    """An SVG with a panel for each way to grow."""
    lines: list[str] = []
    top = 30
    for kind, (title, figure) in _PLOTTED.items():
        bars: list[Bar] = []
        for colour, (name, of) in zip(_COLOURS, _by_contender(rows_of(report[kind])), strict=False):
            bars += [(f"{name} {row['size']:,}", row[figure], colour) for row in of if row[figure]]
        lines += panel(title, bars, top)
        top += 34 + 18 * len(bars)
    return svg(640, top, lines)


def _page(report: Report, table: Callable[[Cells], str], heading: str) -> str:
    parts = ["\n".join(machine_lines(report))]
    for kind, title in PARTS.items():
        parts += [f"{heading}{title}", table([_HEAD, *map(_line, rows_of(report[kind]))])]
    note = "Kích thước danh mục: xem `bot bench --growth`."
    return "\n\n".join([*parts, f"{heading}Mục tiêu", "\n".join(verdicts(report)), note]) + "\n"


def _line(row: Mapping[str, Any]) -> Sequence[str]:
    figures = (text(row[name]) for name in _FIGURES)
    size = f"{row['size']:,}".replace(",", ".")
    return (row["contender"], size, *figures, faults(row["faults"]), times(row["grown"]))


def _by_contender(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    names = dict.fromkeys(row["contender"] for row in rows)
    return [(name, [row for row in rows if row["contender"] == name]) for name in names]


def _verdict(met: bool) -> str:
    return "đạt" if met else "CHƯA ĐẠT"
