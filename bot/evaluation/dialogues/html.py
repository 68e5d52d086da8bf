"""The conversations that went worst, as a section of the error page. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.evaluation.dialogues.metrics import JudgedDialogue, JudgedTurn, Verdict
from bot.evaluation.dialogues.table import DIALOGUE_TITLES
from bot.evaluation.markup import table, text
from bot.evaluation.table import behind, share

WORST = 100
_WEIGHT: Mapping[Verdict, int] = {Verdict.WRONG: 8, Verdict.MISSED: 3, Verdict.ASKED_BACK: 2}
_NAMES: Mapping[Verdict, str] = {
    Verdict.RIGHT: "đúng",
    Verdict.WRONG: "sai thủ tục",
    Verdict.ASKED_BACK: "hỏi lại",
    Verdict.MISSED: "bỏ sót",
    Verdict.NONE: "–",
}


def section(judged: Sequence[JudgedDialogue], report: Mapping[str, Any]) -> str:
    """Figures per kind and the conversations with a wrong message, wrong procedures first."""
    worst = sorted((d for d in judged if not d.right), key=_badness, reverse=True)
    kinds = {"Tất cả": report, **report["kinds"]}
    rows = [
        (title, behind(report, name), *(share(one, name) for one in kinds.values()))
        for name, title in DIALOGUE_TITLES.items()
    ]
    return "\n".join(
        [
            "<h2>Hội thoại</h2>",
            f"<p>{report['n']} hội thoại, {report['turns']} lượt, {report['errors']} lượt lỗi.</p>",
            f"<div class='wide'>{table(('Chỉ số', 'Số lượt', *kinds), rows)}</div>",
            f"<h2>Hội thoại kém nhất ({min(len(worst), WORST)} / {len(worst)})</h2>",
            *(_dialogue(dialogue) for dialogue in worst[:WORST]),
        ]
    )


def _badness(dialogue: JudgedDialogue) -> int:
    """A wrong procedure weighs most, then a missed one, then asking back, then the rest."""
    return sum(_WEIGHT.get(turn.verdict, 1) for turn in dialogue.turns if not turn.right)


def _dialogue(judged: JudgedDialogue) -> str:
    wrong = sum(1 for turn in judged.turns if not turn.right)
    rows = [
        (
            number,
            turn.turn.said,
            _labels(turn.turn, turn.meant),
            _got(turn),
            _NAMES[turn.verdict] if turn.verdict is not Verdict.RIGHT or turn.right else "đúng thủ tục",
            turn.got.text,
        )
        for number, turn in enumerate(judged.turns, start=1)
    ]
    head = ("Lượt", "Người dân", "Nhãn", "Nhận được", "Thủ tục", "Câu trả lời")
    right = [turn.right for turn in judged.turns]
    return (
        f"<details><summary><b>{text(judged.dialogue.kind.value)}</b> · {text(judged.dialogue.id)} · "
        f"{wrong} lượt sai · {text(judged.dialogue.turns[0].said)}</summary>"
        f"<div class='wide'>{table(head, rows, right)}</div></details>"
    )


def _labels(turn: DialogueTurn, meant: Sequence[str]) -> str:
    parts = [
        turn.intent.value if turn.intent else "",
        ", ".join(meant),
        f"và {', '.join(turn.also_codes)}" if turn.also_codes else "",
        turn.outcome.value if turn.outcome else "",
        "phải hỏi lại" if turn.asked_back and turn.outcome is None else "",
    ]
    return "\n".join(part for part in parts if part) or "–"


def _got(turn: JudgedTurn) -> str:
    got = turn.got
    offered = f"đưa ra {', '.join(got.options)}" if got.options else ""
    return "\n".join(part for part in (got.intent, ", ".join(got.codes), got.outcome.value, offered) if part)
