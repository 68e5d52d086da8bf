"""A conversation that is learned has to be held by every later model, so it must be measurable."""

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.evaluation.dialogues.dialogue import DialogueKind, DialogueTurn
from bot.learning.digest import digest
from bot.learning.journeys import JourneyError, kind_of, plain, read_journey
from bot.learning.states import LessonKind

FEE = DialogueTurn(say="lệ phí khai sinh", intent=Intent.ASK_FEE, procedure_codes=("1.001193",))
THEN = DialogueTurn(say="bao lâu có", intent=Intent.ASK_TIME, procedure_codes=("1.001193",))


def test_what_is_written_down_is_what_is_read() -> None:
    turns = (
        FEE,
        DialogueTurn(press="Giấy tờ", also_codes=("2.0",), procedure_codes=("1.0",)),
        DialogueTurn(say="cái đầu", picks=1, outcome=Outcome.ANSWERED),
        DialogueTurn(say="thế còn phí", keeps=True, asked_back=False),
    )
    assert read_journey([plain(turn) for turn in turns]).turns[:2] == turns[:2]
    assert [plain(turn) for turn in read_journey([plain(turn) for turn in turns]).turns] == [
        plain(turn) for turn in turns
    ]


def test_what_cannot_be_measured_is_refused() -> None:
    for turns in ([plain(FEE)], [plain(FEE)] * 6, [{"press": "Giấy tờ"}, plain(FEE)], [plain(FEE), {}]):
        with pytest.raises(JourneyError):
            read_journey(turns)


def test_the_kind_follows_from_the_labels() -> None:
    other = DialogueTurn(say="đăng ký kết hôn thì sao", procedure_codes=("1.000894",))
    two = DialogueTurn(say="cả kết hôn nữa", procedure_codes=("1.001193",), also_codes=("1.000894",))
    assert kind_of([FEE, THEN]) is DialogueKind.FOLLOW_UP
    assert kind_of([FEE, other]) is DialogueKind.TOPIC_CHANGE
    assert kind_of([FEE, two]) is DialogueKind.TWO_WANTS
    assert kind_of([FEE, DialogueTurn(press="Giấy tờ")]) is DialogueKind.OPTION_PICKING


def test_the_same_words_are_the_same_lesson() -> None:
    """Two lessons that contradict each other would both be trained."""
    assert digest(LessonKind.TRAINING, "Lệ phí khai sinh?", ()) == digest(
        LessonKind.TRAINING, " lê phi  khai sinh", ()
    )
    assert digest(LessonKind.TRAINING, "a", ()) != digest(LessonKind.EVALUATION, "a", ())
    assert digest(LessonKind.JOURNEY, "", (FEE, THEN)) != digest(LessonKind.JOURNEY, "", (THEN, FEE))
