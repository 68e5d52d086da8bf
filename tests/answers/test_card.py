"""The card repeats the record and nothing else; the text beside it loses its sources and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.assistant import Assistant
from bot.answers.card import about_turn, card_of, text_beside
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Candidate, SourceRef, phrase
from bot.answers.reply import Reply
from bot.answers.turn import Pressed, Turn
from bot.answers.wording import Wording
from bot.catalogue.view import Catalogue
from bot.conversations.said import Card, Source
from tests.answers.conftest import Ask, MakeTurn
from tests.working import source

CHECKED = "2026-10-03"


def test_birth_registration_has_three_papers_and_the_date_of_its_source(wording: Wording) -> None:
    """Counted by hand in the record: form, number of the card, residence; seven cases keep their own
    papers until one is chosen.
    """
    assistant = source().assistant()
    birth = assistant.catalogue.procedures["1.001193"]
    answer = _documents(assistant, "")
    card = card_of(answer, assistant.catalogue, wording)
    assert card is not None
    assert (card.code, card.name) == ("1.001193", "Đăng ký khai sinh")
    assert len(card.checklist) == 3
    assert card.checklist[0].startswith("Tờ khai đăng ký khai sinh (1 bản chính)")
    assert "không cần nộp nếu dữ liệu đã có" in card.checklist[2]
    assert card.sources == (
        Source("Cổng Dịch vụ công quốc gia", "1.001193", birth.source.url or "", "2026-11-21"),
    )
    in_hospital = card_of(_documents(assistant, "sinh-o-co-so-y-te"), assistant.catalogue, wording)
    assert in_hospital is not None
    assert len(in_hospital.checklist) == 4 and in_hospital.checklist[3].startswith("Giấy chứng sinh")


def _documents(assistant: Assistant, case: str) -> Answer:
    pressed = Pressed(code="1.001193", intent=Intent.ASK_DOCUMENTS, case=case or None)
    turn = Turn("", (), date(2026, 11, 22), pressed=pressed)
    (answer,) = assistant.respond(turn, Context()).answers
    return answer


def test_only_the_source_lines_leave_the_text(ask: Ask, catalogue: Catalogue, wording: Wording) -> None:
    """On the web the source stands on the card; everything else must still be said."""
    answer = ask("1.001612 lệ phí", Intent.ASK_FEE).answers[-1]
    card = card_of(answer, catalogue, wording, "web")
    whole, beside = wording.text(answer), text_beside(card, answer, wording, "web")
    left_out = [line for line in whole.split("\n") if line not in beside.split("\n")]
    assert left_out == [whole.split("\n")[-1]] and left_out[0].startswith("Nguồn: ")
    assert card is not None and card.sources[0].date == CHECKED


@pytest.mark.parametrize("channel", ["", "local", "zalo", "telegram"])
def test_a_channel_without_cards_keeps_its_sources(
    ask: Ask, catalogue: Catalogue, wording: Wording, channel: str
) -> None:
    """An answer without a source is one nobody can check."""
    answer = ask("1.001612 lệ phí", Intent.ASK_FEE).answers[-1]
    card = card_of(answer, catalogue, wording, channel)
    assert text_beside(card, answer, wording, channel) == wording.text(answer)


def test_without_sources_on_the_card_the_text_keeps_its_own(wording: Wording) -> None:
    answer = Answer(Outcome.ANSWERED, (phrase("utter_about_source", title="Báo năm 2020"),))
    assert text_beside(Card(code="1.001612"), answer, wording, "web") == "Nguồn: Báo năm 2020"
    assert text_beside(None, answer, wording, "web") == "Nguồn: Báo năm 2020"


def test_what_is_unknown_of_a_source_is_left_empty(catalogue: Catalogue, wording: Wording) -> None:
    answer = Answer(
        Outcome.ANSWERED, (), procedure_code="1.001612", sources=(SourceRef("1.001612", "Báo", None, None),)
    )
    card = card_of(answer, catalogue, wording)
    assert card is not None and card.sources == (Source("Báo", "1.001612"),)


def test_an_answer_about_no_procedure_has_no_card(ask: Ask, catalogue: Catalogue, wording: Wording) -> None:
    (answer,) = ask("xin chào", Intent.GREET).answers
    assert card_of(answer, catalogue, wording, "web") is None


def test_custom_data_tells_the_whole_turn(assistant: Assistant, turn: MakeTurn) -> None:
    """Consoles and statistics read it; its names are fixed."""
    asked = turn("xin chào", Intent.GREET, confidence=0.98765)
    reply = assistant.respond(asked, Context())
    assert about_turn(asked, reply, Card(code="1.001612", checklist=("Tờ khai",)), 7) == {
        "outcome": "courtesy",
        "procedure_code": None,
        "intent": "greet",
        "confidence": 0.9877,
        "candidates": [],
        "sources": [],
        "revision": 7,
        "card": {"code": "1.001612", "checklist": ("Tờ khai",)},
    }


def test_custom_data_names_what_else_it_could_have_been(ask: Ask, turn: MakeTurn) -> None:
    """Staff who correct an answer choose among the candidates; ten are enough to choose from."""
    reply = ask("1.001612 lệ phí", Intent.ASK_FEE)
    asked = turn("1.001612 lệ phí", Intent.ASK_FEE)
    many = tuple(Candidate(str(number), "x", 0.1) for number in range(12))
    told = about_turn(asked, replace_answers(reply, many), None, 1)
    assert told["candidates"] == [{"code": str(number), "score": 0.1} for number in range(10)]
    assert told["sources"] == [{"code": "1.001612", "date": "2026-10-03"}]


def replace_answers(reply: Reply, candidates: tuple[Candidate, ...]) -> Reply:
    return replace(reply, answers=tuple(replace(a, candidates=candidates) for a in reply.answers))


def test_beside_the_card_no_paper_is_said_twice_and_nothing_else_is_lost(wording: Wording) -> None:
    """A list that stands twice is read half; a warning that is missing costs a second way."""
    assistant = source().assistant()
    for case in ("", "sinh-o-co-so-y-te"):
        answer = _documents(assistant, case)
        card = card_of(answer, assistant.catalogue, wording, "web")
        text = text_beside(card, answer, wording, "web")
        assert card is not None and not any(paper in text for paper in card.checklist)
        assert "danh mục bên dưới" in text and "Hay bị trả lại vì" in text
        assert "Tờ khai đăng ký khai sinh" in text_beside(card, answer, wording, "zalo")


def test_where_there_is_no_checklist_the_papers_are_in_the_text(wording: Wording) -> None:
    answer = replace(_documents(source().assistant(), ""), checklist=(), beside=())
    assert "Tờ khai đăng ký khai sinh" in text_beside(Card(code="1.001193"), answer, wording, "web")
