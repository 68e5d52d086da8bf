"""A model that was trained with the questions it is measured with looks better than it is."""

from dataclasses import replace
from pathlib import Path

from bot.answers.intent import Intent
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning.lessons_drafts import Draft
from bot.learning.lessons_shipped import read_taught
from bot.learning.states import LessonKind


def test_words_that_ship_are_not_used_for_the_other_purpose(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "evaluation").mkdir()
    examples = (
        'version: "3.1"\nnlu:\n- intent: ask_fee\n  examples: |\n    - Lệ phí khai sinh?\n    - cảm ơn\n'
    )
    (tmp_path / "nlu" / "a.yml").write_text(examples, encoding="utf-8")
    question = '{"question": "bao lâu có giấy", "intent": "ask_time"}\nbroken\n'
    (tmp_path / "evaluation" / "questions_1.jsonl").write_text(question, encoding="utf-8")
    dialogue = '{"id": "1", "kind": "time", "turns": [{"say": "Khai tử cần gì"}, {"say": "cảm ơn"}]}\n'
    (tmp_path / "evaluation" / "dialogues_1.jsonl").write_text(dialogue, encoding="utf-8")
    taught = read_taught(tmp_path)
    trains, measures = LessonKind.TRAINING, LessonKind.EVALUATION
    spoiled = {
        (kind, words): taught.spoils(Draft(kind, words, Intent.ASK_FEE))
        for kind in (trains, measures)
        for words in ("le phi khai sinh", "Bao lâu có giấy ạ", "bao lau co giay", "khai tử cần gì", "cảm ơn")
    }
    assert [found for found, is_spoiled in spoiled.items() if is_spoiled] == [
        (trains, "bao lau co giay"),
        (trains, "khai tử cần gì"),
        (measures, "le phi khai sinh"),
        (measures, "cảm ơn"),
    ]
    opening, thanks = DialogueTurn(say="lệ phí khai sinh"), DialogueTurn(say="cảm ơn")
    journey = Draft(LessonKind.JOURNEY, turns=(opening, thanks))
    assert taught.spoils(journey)
    assert not taught.spoils(replace(journey, turns=(thanks, replace(opening, say="phí gì"))[::-1]))
