"""Speed and size as a table, and catalogues enlarged to see how they grow. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from bot.catalogue.records import Procedure
from bot.evaluation.metrics import percentile
from bot.evaluation.table import columns

SHARES = (50, 95, 99)
_STRIDE = 7919
_DATED = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ")

PARTS: Mapping[str, str] = {
    "understanding": "Hiểu câu hỏi",
    "search": "Tìm thủ tục",
    "both": "Hiểu và tìm",
    "turn": "Cả lượt hỏi đáp",
}
"""Vietnamese title of every timed part of a turn."""


def spread(times_ms: Iterable[float]) -> dict[str, float | None]:
    """``{"p50", "p95", "p99"}`` by nearest rank in milliseconds; ``None`` for no times."""
    ordered = sorted(times_ms)
    found = {f"p{share}": percentile(ordered, share) for share in SHARES}
    return {name: None if value is None else round(value, 2) for name, value in found.items()}


def enlarged(procedures: Sequence[Procedure], times: int) -> list[Procedure]:
    """The records and ``times - 1`` copies of each: a copy has its own code, and the end
    of its name and aliases is that of another record's name.
    """
    copies = list(procedures)
    for turn in range(1, times):
        for row, procedure in enumerate(procedures):
            other = procedures[(row + turn * _STRIDE) % len(procedures)].name
            copies.append(
                msgspec.structs.replace(
                    procedure,
                    code=f"{procedure.code}-{turn}",
                    name=_varied(procedure.name, other),
                    aliases=tuple(_varied(alias, other) for alias in procedure.aliases),
                )
            )
    return copies


def training_seconds(log: Iterable[str]) -> float | None:
    """Seconds from the first to the last dated line of a training log; ``None`` with fewer than two."""
    found = [datetime.fromisoformat(match[1]) for match in map(_DATED.match, log) if match]
    return (found[-1] - found[0]).total_seconds() if len(found) > 1 else None


def table(report: Mapping[str, Any]) -> str:
    """The report of ``bot bench`` for a terminal."""
    on, start, size = report["machine"], report["start_s"], report["size"]
    return "\n".join(
        [
            f"{on['cpu']} · {on['cores']} nhân · RAM {on['ram_gb']} GB",
            f"Python {on['python']} · {on['system']}",
            f"Tải của máy: {report['load'][0]} lúc đầu, {report['load'][1]} lúc cuối",
            "",
            columns(
                [
                    ("", "giây"),
                    ("Nạp mã nguồn và thư viện", text(start["imports"])),
                    ("Nạp mô hình", text(start["model"])),
                    ("Nạp danh mục, lập chỉ mục", text(start["knowledge"])),
                    ("Tổng thời gian khởi động", text(start["total"])),
                    ("Huấn luyện", text(report["training_s"])),
                ]
            ),
            "",
            columns(
                [
                    (f"ms, {report['questions']} câu", *(f"p{share}" for share in SHARES)),
                    *((title, *map(text, report["ms"][part].values())) for part, title in PARTS.items()),
                ]
            ),
            "",
            columns(
                [
                    ("Danh mục", "thủ tục", "lập chỉ mục (s)", "bộ nhớ (MB)", "tìm p50", "p95", "p99"),
                    *(_grown(row) for row in report["growth"]),
                ]
            ),
            "  (danh mục lớn hơn gồm các bản sao đã đổi phần cuối tên gọi)",
            "",
            columns(
                [
                    ("", "MB"),
                    ("Bộ nhớ khi phục vụ", text(size["resident_mb"])),
                    ("Tệp mô hình", text(size["model_mb"])),
                ]
            ),
        ]
    )


def text(value: float | None) -> str:
    """A number with a decimal comma, or a dash."""
    return "–" if value is None else f"{value:g}".replace(".", ",")


def _grown(row: Mapping[str, Any]) -> tuple[str, ...]:
    times = row["search_ms"].values()
    return (
        f"×{row['times']}",
        str(row["procedures"]),
        text(row["build_s"]),
        text(row["memory_mb"]),
        *map(text, times),
    )


def _varied(name: str, other: str) -> str:
    """The first two thirds of a name, ended like the other name."""
    words, ending = name.split(), other.split()
    kept = max(1, len(words) * 2 // 3)
    return " ".join([*words[:kept], *ending[-max(1, len(words) - kept) :]])
