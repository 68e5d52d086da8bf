"""The report of ``bot bench --soak`` for a terminal and for a page. Pure."""

from collections.abc import Callable, Mapping

import msgspec

from bot.evaluation.bench import text
from bot.evaluation.table import columns
from bot.load.leaks import Sample, Trend, trends
from bot.load.table import Cells, Report, faults, machine_lines, pipes

_TITLES: Mapping[str, str] = {
    "rss_mb": "Bộ nhớ RSS (MB)",
    "files": "Tệp đang mở",
    "sockets": "  trong đó kết nối mạng",
    "connections": "Kết nối cơ sở dữ liệu",
    "threads": "Luồng",
    "tasks": "Tác vụ asyncio",
}
_HEAD = ("", "thấp nhất", "cao nhất", "tăng theo đường thẳng", "cho phép", "")


def plain(report: Report) -> str:
    """For a terminal."""
    return _page(report, columns)


def markdown(report: Report) -> str:
    """For a page."""
    return _page(report, pipes)


def _page(report: Report, table: Callable[[Cells], str]) -> str:
    found = report["figures"]
    said = (
        f"{text(report['minutes'])} phút, 16 người cùng lúc: {found['messages']} tin trả lời đúng, "
        f"{text(found['msg_s'])} tin/giây, p50 {text(found['p50'])} ms, p99 {text(found['p99'])} ms, "
        f"CPU {text(found['cpu_ms'])} ms/tin; lỗi: {faults(found['faults'])}"
    )
    lines = trends([msgspec.convert(sample, Sample) for sample in report["samples"]])
    parts = ["\n".join(machine_lines(report)), said, table([_HEAD, *map(_line, lines)])]
    note = "Một phần năm thời gian đầu không tính."
    return "\n\n".join([*parts, note, *found["shown"]]) + "\n"


def _line(trend: Trend) -> tuple[str, ...]:
    figures = (trend.lowest, trend.highest, trend.grown, trend.tolerance)
    return (_TITLES[trend.name], *map(text, figures), "phẳng" if trend.flat else "TĂNG")
