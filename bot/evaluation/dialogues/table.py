"""The figures of conversations as a compact table for a terminal. Pure."""

from collections.abc import Mapping
from typing import Any

from bot.evaluation.table import behind, columns, share

DIALOGUE_TITLES: Mapping[str, str] = {
    "dialogue_right": "Hội thoại đúng từ đầu đến cuối",
    "turn_right": "Lượt đúng mọi nhãn",
    "procedure_right": "Đúng thủ tục",
    "procedure_wrong": "Sai thủ tục",
    "procedure_asked_back": "Hỏi lại khi lẽ ra trả lời được",
    "procedure_missed": "Không nhắc đến thủ tục cần",
    "answered_wrong": "Trả lời sai thủ tục, mọi lượt",
    "intent_right": "Đúng ý định",
    "outcome_right": "Kết thúc như nhãn",
}
"""Vietnamese title of every share."""

_SHORT = ("n", "dialogue_right", "turn_right", "procedure_right", "procedure_wrong", "procedure_asked_back")
_SHORT_ALSO = ("procedure_missed", "intent_right", "outcome_right")


def dialogue_figures(report: Mapping[str, Any]) -> str:
    """The report of one run, then a line for every kind and every variant."""
    lines = [f"{report['n']} hội thoại · {report['turns']} lượt · {report['errors']} lượt lỗi"]
    lines += [
        f"  {title:<34}{share(report, name):>8}  {behind(report, name)}"
        for name, title in DIALOGUE_TITLES.items()
    ]
    runs = {**report["kinds"], "": None, "as written": report, **report["variants"]}
    head = ("", *(name.removeprefix("procedure_") for name in (*_SHORT, *_SHORT_ALSO)))
    cells = [
        (name, str(one["n"]), *(share(one, metric) for metric in (*_SHORT[1:], *_SHORT_ALSO)))
        if one
        else ("",) * len(head)
        for name, one in runs.items()
    ]
    return "\n".join([*lines, "", columns([head, *cells])])
