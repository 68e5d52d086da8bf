"""The citizen of a conversation: what was said before must reach the desk, or follow-ups measure nothing."""

from datetime import date
from typing import Any, cast

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.desk import Desk, Exchange
from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.evaluation.dialogues.citizen import Citizen

TODAY = date(2026, 11, 22)
ONE, TWO = "1.000001", "1.000002"
PREPARED = CaseFile(drafts=(Draft("a" * 12, TWO, Phase.BRANCHING, TODAY, TODAY),), active="a" * 12)


BUTTONS = (
    {"title": "Giấy tờ cần nộp", "payload": "/ask_documents"},
    {"title": "Tạm trú", "payload": '/select_option{"code":"1.000002","intent":"ask_fee"}'},
    {"title": "Chuẩn bị hồ sơ", "payload": '/select_option{"act":"guide:start:1.000001"}'},
)


class Counter:
    """A desk that tells what it was given and answers as told."""

    def __init__(self, *replies: tuple[Reply, CaseFile]) -> None:
        self.asked: list[tuple[str, Context, CaseFile | None]] = []
        self._replies = list(replies)

    def ask(self, question: str, context: Context, today: date, file: CaseFile | None = None) -> Exchange:
        self.asked.append((question, context, file))
        reply, kept = self._replies.pop(0)
        return Exchange(question, Turn(question, (), today), reply, ("đáp",), BUTTONS, today, 1.0, kept)


def reply(outcome: Outcome, *codes: str | None, **memory: Any) -> Reply:
    answers = tuple(Answer(outcome, (), procedure_code=code) for code in codes)
    return Reply(answers, Context(**memory), Intent.ASK_FEE)


def met(*replies: tuple[Reply, CaseFile]) -> tuple[Citizen, Counter]:
    desk = Counter(*replies)
    return Citizen(cast(Desk, desk), TODAY), desk


def test_memory_and_case_file_are_carried_from_message_to_message() -> None:
    citizen, desk = met(
        (reply(Outcome.ANSWERED, ONE, procedure=ONE), PREPARED), (reply(Outcome.COURTESY, None), PREPARED)
    )
    citizen.says("một")
    citizen.says("hai")
    assert desk.asked[0] == ("một", Context(), CaseFile())
    assert desk.asked[1] == ("hai", Context(procedure=ONE), PREPARED)


def test_every_procedure_answered_about_counts_once_and_options_only_when_asked() -> None:
    citizen, _ = met(
        (reply(Outcome.ANSWERED, None, ONE, TWO, ONE, options=(ONE,)), CaseFile()),
        (reply(Outcome.ASKED_BACK, None, options=(ONE,)), CaseFile()),
    )
    first, second = citizen.says("hai việc"), citizen.says("việc nào")
    assert (first.codes, first.options) == ((ONE, TWO), ())
    assert (second.codes, second.options) == ((), (TWO, ONE)), "in the order of the buttons"


def test_while_a_dossier_is_prepared_it_is_what_is_spoken_of() -> None:
    citizen, _ = met((reply(Outcome.GUIDED, None), PREPARED), (reply(Outcome.COURTESY, None), PREPARED))
    assert citizen.says("1").codes == (TWO,)
    assert citizen.says("cảm ơn").codes == ()


def test_a_button_is_pressed_by_the_beginning_of_its_title_and_a_missing_one_fails() -> None:
    citizen, desk = met(
        (reply(Outcome.ANSWERED, ONE), CaseFile()), (reply(Outcome.ANSWERED, ONE), CaseFile())
    )
    citizen.says("một")
    assert citizen.presses("Giấy tờ").outcome is Outcome.ANSWERED
    assert desk.asked[1][0] == "/ask_documents"
    missing = citizen.presses("Lệ phí")
    assert missing.outcome is Outcome.ERROR and "Giấy tờ cần nộp" in missing.text
