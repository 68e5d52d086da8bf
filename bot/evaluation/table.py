"""The figures of an evaluation as a compact table for a terminal. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TITLES: Mapping[str, str] = {
    "procedure_top1": "Đúng thủ tục ở vị trí 1",
    "procedure_top3": "Đúng thủ tục trong 3 vị trí đầu",
    "intent_accuracy": "Đúng ý định",
    "answered_right": "Trả lời đúng thủ tục",
    "answered_wrong": "Trả lời sai thủ tục",
    "asked_back": "Hỏi lại",
    "refused": "Nói chưa có dữ liệu",
    "out_of_scope_recall": "Nhận ra câu ngoài phạm vi",
    "in_scope_refused": "Từ chối nhầm câu trong phạm vi",
}
"""Vietnamese title of every share."""

_SHORT = (
    "procedure_top1",
    "procedure_top3",
    "intent_accuracy",
    "answered_right",
    "answered_wrong",
    "asked_back",
    "refused",
)


def figures(report: Mapping[str, Any]) -> str:
    """The report of one run, its variants one a line below."""
    lines = [_headline(report)]
    lines += [f"  {TITLES[name]:<34}{share(report, name):>8}  {behind(report, name)}" for name in TITLES]
    lines.append(f"  {'Thời gian một lượt (ms)':<34}{latency(report)}")
    if report["variants"]:
        lines += ["", *variant_lines(report)]
    return "\n".join(lines)


def variant_lines(report: Mapping[str, Any]) -> Iterable[str]:
    """One line for the text as written and one per variant."""
    rows = [("as written", report), *report["variants"].items()]
    yield f"  {'':<16}" + "".join(f"{name.removeprefix('procedure_'):>16}" for name in _SHORT)
    for name, figures_of in rows:
        yield f"  {name:<16}" + "".join(f"{share(figures_of, metric):>16}" for metric in _SHORT)


def share(report: Mapping[str, Any], name: str) -> str:
    """A share in percent with a decimal comma, or a dash."""
    value = report[name]
    return "–" if value is None else f"{value * 100:.1f} %".replace(".", ",")


def behind(report: Mapping[str, Any], name: str) -> str:
    """The counts behind a share."""
    hits, of = report["counts"][name]
    return f"{hits}/{of}"


def latency(report: Mapping[str, Any]) -> str:
    """Percentiles of the time of a turn."""
    return "  ".join(f"{name} {value}" for name, value in report["latency_ms"].items())


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells, each column as wide as its widest cell."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _headline(report: Mapping[str, Any]) -> str:
    return (
        f"{report['n']} câu · {report['not_in_catalogue']} câu hỏi thủ tục không có trong danh mục · "
        f"{report['errors']} lượt lỗi"
    )
