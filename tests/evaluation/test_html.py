"""The page of errors: the worst first, and nothing a citizen wrote can act as markup."""

from bot.answers.intent import Intent
from bot.catalogue.records import Procedure, Source
from bot.catalogue.search import Hit
from bot.catalogue.search.features import NAMES
from bot.evaluation.dataset import Row
from bot.evaluation.html import page
from bot.evaluation.metrics import Judged, judge
from bot.evaluation.runner import Evaluation
from bot.evaluation.table import figures


def turn(id: str, question: str, outcome: str, about: str | None, found: str) -> Judged:
    row = Row(id, question, Intent.ASK_FEE, ("1.000001",))
    reply = {
        "intent": "ask_fee",
        "confidence": 0.9,
        "outcome": outcome,
        "procedure_code": about,
        "candidates": [{"code": found, "name": "", "score": 0.7}],
        "text": "<b>Lệ phí</b>",
        "elapsed_ms": 1.5,
    }
    return judge(row, reply, {"1.000001"})


def look(question: str) -> list[Hit]:
    procedure = Procedure("1.000001", "Đăng ký <khai sinh>", Source("ở đây"))
    return [Hit(procedure, 0.25, tuple(0.5 for _ in NAMES))]


EVALUATION = Evaluation(
    (
        turn("fine", "tốt", "answered", "1.000001", "1.000001"),
        turn("missed", "không thấy", "no_data", None, "1.000002"),
        turn("wrong", "<script>alert(1)</script>", "answered", "1.000002", "1.000002"),
    ),
    {},
)


def test_worst_first_right_answers_left_out_and_everything_escaped():
    shown = page(EVALUATION, EVALUATION.report(), look)
    assert shown.index("wrong ·") < shown.index("missed ·")
    assert "fine ·" not in shown
    assert "<script" not in shown and "&lt;script&gt;" in shown and "&lt;khai sinh&gt;" in shown
    assert all(name in shown for name in NAMES)


def test_the_page_loads_nothing_from_elsewhere():
    shown = page(EVALUATION, EVALUATION.report(), look)
    assert "http" not in shown and "src=" not in shown and "href=" not in shown


def test_the_table_shows_share_and_counts():
    shown = figures(EVALUATION.report())
    assert "33,3 %  1/3" in shown
    assert "–  0/0" in shown
