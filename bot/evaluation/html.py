"""The error analysis as one self-contained page: figures, confusions, the worst questions. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.catalogue.search.features import NAMES
from bot.catalogue.search.index import Hit
from bot.evaluation.intents import confusions, scores
from bot.evaluation.markup import table, text
from bot.evaluation.metrics import Judged
from bot.evaluation.runner import Evaluation
from bot.evaluation.table import TITLES, behind, latency, share

WORST = 200
Look = Callable[[str], Sequence[Hit]]
"""What search sees in a question."""

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1b1b1b}
table{border-collapse:collapse;margin:.5rem 0}
th,td{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
.meant{background:#d8f3dc}.wide{overflow-x:auto;font-size:.8rem}
details{border:1px solid #ccc;border-radius:.3rem;margin:.4rem 0;padding:.3rem .7rem}
summary{cursor:pointer}
"""


def page(evaluation: Evaluation, report: Mapping[str, Any], look: Look, *sections: str) -> str:
    """The whole page as text, ``sections`` at its end. ``look`` is asked for every question shown."""
    judged = evaluation.as_written
    worst = sorted((j for j in judged if _badness(j) < 4), key=_badness)
    parts = [
        "<!doctype html><html lang='vi'><head><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width,initial-scale=1'>",
        f"<title>Đánh giá trợ lý</title><style>{_STYLE}</style></head><body>",
        "<h1>Đánh giá trợ lý</h1>",
        f"<p>{report['n']} câu hỏi, {report['not_in_catalogue']} câu về thủ tục không có trong danh mục, "
        f"{report['errors']} lượt lỗi. Thời gian một lượt (ms): {latency(report)}.</p>",
        "<h2>Kết quả</h2>",
        _figures(report),
        "<h2>Ý định bị nhầm</h2>",
        table(("Nhãn", "Bot hiểu là", "Số lần"), confusions(judged)),
        "<h2>Từng ý định</h2>",
        table(
            ("Ý định", "Độ chính xác", "Độ phủ", "F1", "Số câu"),
            [(n, s["precision"], s["recall"], s["f1"], s["n"]) for n, s in scores(judged).items()],
        ),
        f"<h2>Câu trả lời kém nhất ({min(len(worst), WORST)} / {len(worst)})</h2>",
        *(_question(j, look(j.row.question)) for j in worst[:WORST]),
        *sections,
        "</body></html>",
    ]
    return "\n".join(parts)


def _badness(j: Judged) -> int:
    """Place of a row on the page: 0 answered wrong, then missed, refused, only the kind wrong; 4 fine."""
    if j.answered_wrong:
        return 0
    if j.covered and not j.found_within(3):
        return 1
    if (j.covered and not j.found_within(1)) or j.turned_away or (not j.row.in_scope and not j.caught):
        return 2
    return 3 if j.row.intent is not None and not j.intent_right else 4


_CAUSES = ("Trả lời sai", "Không thấy thủ tục", "Xếp sai hoặc sai phạm vi", "Nhầm ý định")


def _figures(report: Mapping[str, Any]) -> str:
    runs = {"Nguyên văn": report, **report["variants"]}
    rows = [
        (TITLES[name], behind(report, name), *(share(one, name) for one in runs.values())) for name in TITLES
    ]
    return f"<div class='wide'>{table(('Chỉ số', 'Số câu', *runs), rows)}</div>"


def _question(j: Judged, hits: Sequence[Hit]) -> str:
    codes = ", ".join(j.row.procedure_codes) or "không có"
    intent = j.row.intent.value if j.row.intent else "–"
    facts = (
        ("Ý định (nhãn / hiểu là)", f"{intent} / {j.reply['intent']} ({j.reply['confidence']})"),
        ("Thủ tục (nhãn / trả lời)", f"{codes} / {j.reply['procedure_code'] or '–'}"),
        ("Kết thúc", j.outcome),
        ("Ghi chú", j.row.note or "–"),
        ("Câu trả lời", j.reply["text"]),
    )
    rows = [
        (f"{h.probability:.3f}", h.procedure.code, h.procedure.label, *(f"{v:.2f}" for v in h.features))
        for h in hits
    ]
    meant = [h.procedure.code in j.row.procedure_codes for h in hits]
    seen = table(("Xác suất", "Mã", "Thủ tục", *NAMES), rows, meant)
    return (
        f"<details><summary><b>{_CAUSES[_badness(j)]}</b> · {text(j.row.id)} · {text(j.row.question)}"
        f"</summary>{table(('', ''), facts)}<div class='wide'>{seen}</div></details>"
    )
