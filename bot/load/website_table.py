"""The report of ``bot bench --website`` for a terminal and for a page. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.evaluation.bench import text
from bot.evaluation.table import columns
from bot.load.capacity import Cost
from bot.load.contenders import POSTGRES, SQLITE
from bot.load.table import Cells, Report, faults, machine_lines, pipes
from bot.load.website import ASSISTANT, AT_ONCE, DATABASE, GATEWAY, MESSAGES

_STORES: Mapping[str, str] = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}
_PARTS: Mapping[str, str] = {ASSISTANT: "Trợ lý", GATEWAY: "Cổng", DATABASE: "PostgreSQL"}
_HEAD = ("", "tin", "tin/giây", "p50 (ms)", "p95", "p99", "lỗi")
_WORK_HEAD = ("", "", "CPU ms/tin", "CPU ms/giây khi không có tin", "RSS (MB)")
_TIMES = ("messages", "msg_s", "p50", "p95", "p99")


def plain(report: Report) -> str:
    """For a terminal."""
    return _page(report, columns)


def markdown(report: Report) -> str:
    """For a page."""
    return _page(report, pipes)


def cost_of(store: Mapping[str, Any]) -> Cost:
    """What ``capacity`` reckons with; nothing where no message was answered rightly."""
    work = store["cpu_ms"]
    return Cost(*(work.get(part) or 0.0 for part in (ASSISTANT, GATEWAY, DATABASE)))


def _page(report: Report, table: Callable[[Cells], str]) -> str:
    stores = report["stores"]
    said = (
        f"{AT_ONCE} người cùng lúc trên trang web, mỗi người một phiên, một luồng sự kiện và {MESSAGES} tin; "
        "mọi câu trả lời đều được đối chiếu."
    )
    times = [
        (_STORES[name], *(text(found[key]) for key in _TIMES), faults(found["faults"]))
        for name, found in stores.items()
    ]
    work = [
        (
            _STORES[name],
            _PARTS[part],
            text(found["cpu_ms"][part]),
            text(found["idle_ms_s"][part]),
            text(found["rss_mb"].get(part)),
        )
        for name, found in stores.items()
        for part in found["cpu_ms"]
    ]
    carried = [f"{_STORES[name]}: {_carried(cost_of(found))}" for name, found in stores.items()]
    parts = ["\n".join(machine_lines(report)), said, table([_HEAD, *times]), table([_WORK_HEAD, *work])]
    shown = [line for found in stores.values() for line in found["shown"]]
    return "\n\n".join([*parts, "\n".join(carried), *shown]) + "\n"


def _carried(cost: Cost) -> str:
    if not cost.total:
        return "chưa đo được"
    return f"{text(round(cost.total, 1))} ms CPU cho một tin, một nhân trả lời {cost.per_core():.0f} tin/giây"
