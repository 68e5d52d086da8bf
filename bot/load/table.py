"""The report of ``bot bench --servers`` for a terminal and for a page. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.evaluation.bench import text
from bot.evaluation.table import columns
from bot.load.figures import ratio
from bot.load.targets import Target, targets
from bot.load.traffic import Traffic

Cells = Sequence[Sequence[str]]
Report = Mapping[str, Any]

TITLES: Mapping[str, str] = {
    Traffic.COLD.value: "Câu nào cũng mới",
    Traffic.AS_THEY_COME.value: "Như người dân hỏi",
}
"""Vietnamese title of each kind of traffic."""

_TIMES = ("p50", "p95", "p99")
_HEAD = (
    "cùng lúc",
    "",
    "tin",
    "tin/giây",
    "× gốc",
    "p50 (ms)",
    "p95",
    "p99",
    "p95 ÷ gốc",
    "CPU ms/tin",
    "riêng CSDL",
    "÷ gốc",
    "lỗi",
)
_ONCE = ("", "khởi động (s)", "riêng CPU (s)", "RSS (MB)", "PSS (MB)", "tiến trình", "RSS ÷ gốc")
_BUSY = 0.7


def plain(report: Report) -> str:
    """For a terminal."""
    return _page(report, columns, "")


def markdown(report: Report) -> str:
    """For a page."""
    return _page(report, pipes, "### ")


def machine_lines(report: Report) -> list[str]:
    """The machine, its load, and a warning where others used it."""
    on, (before, after) = report["machine"], report["load"]
    lines = [
        f"{on['cpu']} · {on['cores']} nhân · RAM {text(on['ram_gb'])} GB · Python {on['python']}",
        f"Tải của máy: {text(before)} lúc đầu, {text(after)} lúc cuối",
    ]
    if before > _BUSY:
        lines.append("CẢNH BÁO: máy đang bận việc khác; các con số tuyệt đối không dùng được.")
    return lines


def pipes(rows: Cells) -> str:
    """Rows as a table of a page."""
    head, *lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, f"|{' --- |' * len(rows[0])}", *lines])


def faults(found: Mapping[str, int]) -> str:
    """Their number by kind."""
    return ", ".join(f"{name} {number}" for name, number in sorted(found.items())) or "0"


def _page(report: Report, table: Callable[[Cells], str], heading: str) -> str:
    found = report["contenders"]
    parts = ["\n".join(machine_lines(report)), "\n".join(_notes(report))]
    for kind, title in TITLES.items():
        if any(kind in one["traffic"] for one in found.values()):
            parts += [f"{heading}{title}", table([_HEAD, *_phases(found, kind)])]
    parts += [f"{heading}Khởi động và bộ nhớ", table([_ONCE, *_once(found)])]
    parts += [f"{heading}Huấn luyện", table(_training(report["training"]))]
    for kind, title in TITLES.items():
        if any(kind in one["traffic"] for one in found.values()):
            seconds = {name: one["full_s"] for name, one in report["training"].items()}
            parts += [f"{heading}Mục tiêu · {title}", table(_goals(targets(found, seconds, kind)))]
    if report["shown"]:
        parts += [f"{heading}Lỗi đầu tiên của mỗi bên", "\n".join(report["shown"])]
    return "\n\n".join(parts) + "\n"


def _notes(report: Report) -> Iterable[str]:
    plan = report["plan"]
    yield (
        f"{plan['repeat']} vòng, mỗi vòng đổi thứ tự; số liệu là trung vị. Tối đa {plan['messages']} tin "
        f"hoặc {text(plan['seconds'])} giây mỗi mức; người dân khác nhau; câu làm nóng máy không tính."
    )
    yield (
        f"{TITLES['cold']}: mỗi câu đến một tiến trình đúng một lần. {TITLES['as_they_come']}: rút theo "
        f"luật Zipf, số mũ {text(plan['exponent'])}; {text(round(plan['repeats'] * 100, 1))} % số tin lặp "
        "lại câu đã có."
    )
    yield (
        "Mọi câu trả lời đều được đối chiếu: đúng người nhận, đúng nội dung, câu hỏi tiếp giữ đúng thủ tục; "
        "chỉ tin trả lời đúng mới được tính. Rasa nguyên bản chỉ so với chính nó."
    )
    yield (
        "CPU gồm cả máy chủ PostgreSQL. Không cần Redis: cổng giữ thứ tự tin của mỗi người bằng quyền thuê "
        "ghi trong PostgreSQL."
    )


def _phases(found: Mapping[str, Any], kind: str) -> Iterable[Sequence[str]]:
    stock = found.get("stock", {}).get("traffic", {}).get(kind, {})
    levels = dict.fromkeys(level for one in found.values() for level in one["traffic"].get(kind, {}))
    for level in levels:
        against = stock.get(level, {})
        for one in found.values():
            phase = one["traffic"].get(kind, {}).get(level)
            if phase:
                yield (
                    level,
                    one["title"],
                    text(phase["messages"]),
                    text(phase["msg_s"]),
                    times(ratio(phase["msg_s"], against.get("msg_s"))),
                    *(text(phase[name]) for name in _TIMES),
                    part(ratio(phase["p95"], against.get("p95"))),
                    text(phase["cpu_ms"]),
                    text(phase["database_cpu_ms"]) if phase["database_cpu_ms"] else "–",
                    part(ratio(phase["cpu_ms"], against.get("cpu_ms"))),
                    faults(phase["faults"]),
                )


def _once(found: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    stock = found.get("stock", {}).get("rss_mb")
    for one in found.values():
        yield (
            one["title"],
            *(text(one[name]) for name in ("start_s", "start_cpu_s", "rss_mb", "pss_mb", "processes")),
            part(ratio(one["rss_mb"], stock)),
        )


def _training(training: Mapping[str, Any]) -> Cells:
    head = ("", "giây", "như thế nào", "mô hình (MB)")
    return [
        head,
        *((one["title"], text(one["full_s"]), one["how"], text(one["size_mb"])) for one in training.values()),
    ]


def _goals(goals: Sequence[Target]) -> Cells:
    verdicts = {None: "chưa đo", True: "đạt", False: "CHƯA ĐẠT"}
    return [
        ("mục tiêu", "cần", "đo được", ""),
        *((goal.title, goal.wanted, _found(goal), verdicts[goal.met]) for goal in goals),
    ]


def _found(goal: Target) -> str:
    return part(goal.found) if goal.limit < 1 else text(None if goal.found is None else round(goal.found, 2))


def times(value: float | None) -> str:
    """``×12,3``, or a dash."""
    return "–" if value is None else f"×{text(round(value, 2))}"


def part(value: float | None) -> str:
    """``1/12,3`` below one, ``×1,2`` from one on, or a dash."""
    return f"1/{text(round(1 / value, 1))}" if value and value < 1 else times(value)
