"""The section of conversations: the worst first, and nothing a citizen wrote can act as markup."""

from bot.evaluation.dialogues.html import section
from bot.evaluation.dialogues.metrics import report


def test_worst_first_right_conversations_left_out_and_everything_escaped(judged, conversation) -> None:
    right, asked = judged("courtesy"), judged("asked_back", procedure_codes=("1.000001",))
    wrong = judged(about=("1.000002",), procedure_codes=("1.000001",))
    held = [
        conversation(right, right, id="fine"),
        conversation(right, asked, id="asking"),
        conversation(right, wrong, id="<wrong>"),
    ]
    shown = section(held, report(held))
    assert "fine" not in shown
    assert shown.index("&lt;wrong&gt;") < shown.index("asking")
    assert "<wrong>" not in shown and "<b>đáp" not in shown
    assert "Hội thoại kém nhất (2 / 3)" not in shown and "Hội thoại kém nhất (2 / 2)" in shown
    assert "1 lượt sai" in shown and "sai thủ tục" in shown and "33,3 %" in shown
