"""What was learned, with two models: counted apart, and a conversation that broke is never overlooked."""

from typing import Any

import pytest

from bot.answers.intent import Intent
from bot.evaluation.dataset import Row
from bot.evaluation.metrics import judge
from bot.learning.measuring import Answers, SideBySide, compared, right, side_by_side

CODE, OTHER = "1.000001", "1.000002"


def reply(outcome: str = "answered", code: str | None = CODE, intent: str = "ask_fee") -> dict[str, Any]:
    return {"outcome": outcome, "procedure_code": code, "intent": intent, "candidates": []}


FEE = Row("lesson-1", "lệ phí khai sinh", Intent.ASK_FEE, (CODE,))
ELSEWHERE = Row("lesson-2", "thời tiết", Intent.OUT_OF_SCOPE, (), in_scope=False)
LIST = Row("lesson-3", "có những thủ tục nào", Intent.LIST_PROCEDURES)
NO_KIND = Row("lesson-4", "khai sinh", None, (CODE,))


@pytest.mark.parametrize(
    ("row", "got", "expected"),
    [
        (FEE, reply(), True),
        (FEE, reply(code=OTHER), False),
        (FEE, reply(intent="ask_time"), False),
        (FEE, reply("asked_back", None), False),
        (FEE, reply("no_data", None), False),
        (NO_KIND, reply(intent="ask_time"), True),
        (LIST, reply("listed", None, "list_procedures"), True),
        (LIST, reply(intent="list_procedures"), False),
        (ELSEWHERE, reply("out_of_scope", None, "out_of_scope"), True),
        (ELSEWHERE, reply("listed", None, "list_procedures"), False),
    ],
)
def test_a_question_is_right_when_everything_labelled_is(row: Row, got: Any, expected: bool) -> None:
    assert right(judge(row, got, {CODE, OTHER})) is expected


def test_of_a_procedure_that_is_not_there_no_other_is_told() -> None:
    assert right(judge(FEE, reply("no_data", None), {OTHER}))
    assert not right(judge(FEE, reply(code=OTHER), {OTHER}))


def test_two_models_side_by_side() -> None:
    """By hand: a and b were right before (2), b and c are now (2); a is lost, c is won, d was never right."""
    before = {"a": True, "b": True, "c": False, "d": False}
    after = {"a": False, "b": True, "c": True, "d": False}
    assert side_by_side(before, after) == SideBySide(4, 2, 2, ("a",), ("c",))
    assert side_by_side(None, after) == SideBySide(4, None, 2)
    assert side_by_side({}, {}) == SideBySide(0, 0, 0)


def test_only_a_broken_conversation_holds_back() -> None:
    """One correction somebody disputes must not stop every model; a whole conversation that broke must."""
    before, after = Answers({"a": True}, {"j": False}), Answers({"a": False}, {"j": True})
    found = compared(before, after)
    assert found.questions.lost == ("a",) and found.broken == ()
    assert compared(after, before).broken == ("j",)
    assert compared(None, after).broken == ()
    assert found.as_dict()["journeys"] == {"n": 1, "before": 0, "after": 1, "lost": [], "won": ["j"]}
