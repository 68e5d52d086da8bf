"""The report of ``bot compare`` for a terminal and for a page. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.evaluation.bench import text
from bot.evaluation.table import columns

Cells = Sequence[Sequence[str]]
_BUILD = ("dựng (s)", "bộ nhớ (MB)")
_FOUND = (("top1", "đúng nhất"), ("top3", "trong 3"), ("mrr", "MRR"))
_SORTED = (("accuracy", "đúng"), ("macro_f1", "macro F1"), ("unsure", "không chắc"))
_TIMES = (("p50", "p50 (ms)"), ("p95", "p95"), ("work_p50", "riêng CPU p50"), ("work_p95", "p95"))
_TRAINING = (("training_s", "huấn luyện (s)"), ("training_cpu_s", "CPU (s)"), ("model_mb", "mô hình (MB)"))


def plain(report: Mapping[str, Any]) -> str:
    """For a terminal."""
    return _page(report, columns, "")


def markdown(report: Mapping[str, Any]) -> str:
    """For a page."""
    return _page(report, _pipes, "### ")


def _page(report: Mapping[str, Any], table: Callable[[Cells], str], heading: str) -> str:
    on = report["machine"]
    parts = [
        f"{on['cpu']} · {on['cores']} nhân · RAM {text(on['ram_gb'])} GB · Python {on['python']}",
        f"Tải của máy: {text(report['load'][0])} lúc đầu, {text(report['load'][1])} lúc cuối · "
        f"{report['procedures']} thủ tục trong danh mục",
    ]
    if report["finders"]:
        parts += [f"{heading}Tìm thủ tục", table(_figures(report["finders"], _FOUND))]
        parts += [table([("", *_BUILD), *((row["title"], *_built(row)) for row in report["finders"])])]
    if report["sorters"]:
        parts += [f"{heading}Nhận ra ý định", table(_figures(report["sorters"], _SORTED))]
        head = ("", *_BUILD, *(title for _, title in _TRAINING))
        parts += [table([head, *(_trained(row) for row in report["sorters"])])]
    given = {row["title"]: row["given"] for row in [*report["finders"], *report["sorters"]]}
    parts += [f"{heading}Mỗi bên được cho", table([("", "dữ liệu"), *given.items()])]
    return "\n\n".join(parts) + "\n"


def _figures(rows: Sequence[Mapping[str, Any]], shares: Sequence[tuple[str, str]]) -> Cells:
    """A line for each set and variant and each contender."""
    head = ("bộ câu hỏi", "", "số câu", *(title for _, title in (*shares, *_TIMES)))
    lines = [
        (
            name,
            row["title"],
            str(run["n"]),
            *(_share(run[key], as_percent=key != "mrr") for key, _ in shares),
            *(text(run[key]) for key, _ in _TIMES),
        )
        for name in rows[0]["runs"]
        for row in rows
        for run in [row["runs"][name]]
    ]
    return [head, *lines]


def _share(value: float | None, as_percent: bool) -> str:
    if value is None:
        return "–"
    shown = f"{value * 100:.1f} %" if as_percent else f"{value:.3f}"
    return shown.replace(".", ",")


def _built(row: Mapping[str, Any]) -> tuple[str, str]:
    return text(row["build_s"]), text(row["memory_mb"])


def _trained(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["title"], *_built(row), *(text(row[key]) for key, _ in _TRAINING))


def _pipes(rows: Cells) -> str:
    head, *lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, f"|{' --- |' * len(rows[0])}", *lines])
