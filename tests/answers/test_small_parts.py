"""Small pure parts: the day asked about, wants, phrase tables, memory, contact, the one outcome of a turn."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.as_of import day_asked
from bot.answers.asking_back import TITLE, which
from bot.answers.contact import Contact, Fact
from bot.answers.context import Context, ListQuery, load_context
from bot.answers.guides import GUIDES, HELD, NEAR_A_PROCEDURE
from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Candidate
from bot.answers.phrasebook import Phrasebook
from bot.answers.reply import Reply
from bot.answers.wants import MOST, kinds_asked, kinds_named
from bot.knowledge_source import read_yaml
from bot.text import analyse

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hồi năm 2020 đăng ký hộ kinh doanh mức mấy", date(2020, 7, 1)),
        ("tính đến 1/6/2020 thủ tục này mức mấy", date(2020, 6, 1)),
        ("con sinh năm 2020 làm khai sinh muộn", TODAY),
        ("tôi mua đất năm 2015 giờ sang tên", TODAY),
        ("cấp ngày 1/6/2020 đã hết hạn", TODAY),
        ("đăng ký khai sinh mất bao lâu", TODAY),
        ("năm 2027 lệ phí bao nhiêu", TODAY),
        ("hồi năm 1990 ai cấp", TODAY),
        ("", TODAY),
    ],
)
def test_only_a_question_about_the_past_is_answered_for_the_past(text, day):
    """A birth date read as the day of the question gives rules that ended long ago."""
    assert day_asked(text, TODAY) == day


@given(st.text(max_size=80))
def test_no_text_asks_about_a_later_day(text):
    assert day_asked(text, TODAY) <= TODAY


@pytest.mark.parametrize(
    ("text", "intent", "kinds"),
    [
        ("lệ phí bao nhiêu", Intent.ASK_FEE, [Intent.ASK_FEE]),
        ("lệ phí và mất bao lâu", Intent.ASK_FEE, [Intent.ASK_FEE, Intent.ASK_TIME]),
        ("le phi va mat bao lau", Intent.ASK_TIME, [Intent.ASK_TIME, Intent.ASK_FEE]),
        ("nộp ở đâu, lệ phí bao nhiêu", Intent.ASK_PROCEDURE, [Intent.ASK_PLACE, Intent.ASK_FEE]),
        ("làm khai sinh", Intent.ASK_PROCEDURE, [Intent.ASK_PROCEDURE]),
        ("lệ phí", Intent.GREET, [Intent.GREET]),
    ],
)
def test_every_fact_wanted_is_heard(turn, knowledge, text, intent, kinds):
    assert list(kinds_asked(turn(text, intent), kinds_named(text, knowledge.kinds))) == kinds


def test_at_most_three_facts_at_once(turn, knowledge):
    text = "cần giấy tờ gì, lệ phí bao nhiêu, mất bao lâu, nộp ở đâu, mẫu đơn nào"
    assert len(kinds_asked(turn(text, Intent.ASK_DOCUMENTS), kinds_named(text, knowledge.kinds))) == MOST


BOOK = Phrasebook(
    [
        {"say": ["một phần"], "response": "partial"},
        {"say": ["trực tuyến một phần", "trực tuyến"], "response": "long"},
    ]
)


def test_the_longest_phrase_explains():
    assert BOOK.find(analyse("trực tuyến một phần là gì")) == "long"
    assert BOOK.find(analyse("truc tuyen mot phan")) == "long"
    assert BOOK.find(analyse("một phần là gì")) == "partial"
    assert BOOK.find(analyse("không có gì")) is None
    assert BOOK.find(analyse("")) is None


def test_every_phrase_is_told_once_and_none_inside_another():
    assert BOOK.all(analyse("trực tuyến một phần")) == ("long",)
    assert BOOK.all(analyse("một phần, trực tuyến, một phần")) == ("partial", "long")


@pytest.mark.parametrize("table", ["glossary", "statuses"])
def test_every_word_of_the_shipped_tables_is_found_and_has_its_text(knowledge, wording, table):
    from pathlib import Path

    rows = read_yaml(Path(__file__).parents[2] / "data" / f"{table}.yaml")
    book = getattr(knowledge, table)
    for row in rows:
        for word in row["say"]:
            assert book.find(analyse(word)) is not None, word
        assert row["response"] in wording.shipped, row


def test_two_statuses_are_explained_one_after_the_other(ask, read):
    text = read(ask("đang xử lý với đã trả kết quả khác gì", Intent.EXPLAIN_STATUS))
    assert "“Đang xử lý”" in text and "“Đã trả kết quả”" in text


def test_both_scales_and_the_proactive_one_are_told_apart(ask, read):
    both = read(ask("cấp 4 là gì", Intent.EXPLAIN_LEVEL))
    assert "toàn trình" in both and "một phần" in both
    assert read(ask("dịch vụ chủ động là gì", Intent.EXPLAIN_LEVEL)) != both


MEMORY = Context(
    procedure="1.001193",
    intent=Intent.ASK_FEE,
    options=("1.001193",),
    pending=Intent.ASK_TIME,
    unit="06994",
    case="bo-roi",
    listing=ListQuery(field="Hộ tịch", page=2),
    as_of=date(2020, 6, 1),
)


def test_memory_survives_the_slot():
    assert load_context(MEMORY.dump()) == MEMORY
    assert load_context(Context().dump()) == Context()


@pytest.mark.parametrize(
    "slot", [None, "", "{", "[]", '{"intent":"no_such"}', '{"as_of":"gestern"}', "null", "1"]
)
def test_a_broken_memory_is_a_fresh_conversation(slot):
    assert load_context(slot) == Context()


def test_contact_facts_carry_source_and_date_or_are_admitted_missing(wording):
    known = Contact(
        Fact("1900 1", "nguồn A", date(2026, 1, 2)), Fact("7:30-16:30", "nguồn B", date(2026, 3, 4))
    )
    text = wording.text(known.hours_answer())
    assert known.hours_answer().outcome is Outcome.ANSWERED
    assert all(
        part in text for part in ("1900 1", "nguồn A", "02/01/2026", "7:30-16:30", "nguồn B", "04/03/2026")
    )
    nothing = Contact()
    assert nothing.hours_answer().outcome is Outcome.NO_DATA
    assert wording.text(nothing.hours_answer()).count("Chưa có dữ liệu") == 2
    assert "dichvucong.gov.vn" in wording.say(nothing.line())


def reply(*outcomes: Outcome) -> Reply:
    return Reply(tuple(Answer(outcome, ()) for outcome in outcomes), Context(), Intent.ASK_FEE)


@pytest.mark.parametrize(
    ("outcomes", "whole"),
    [
        ((Outcome.COURTESY, Outcome.NO_DATA, Outcome.NO_DATA), Outcome.NO_DATA),
        ((Outcome.COURTESY, Outcome.NO_DATA, Outcome.ANSWERED), Outcome.ANSWERED),
        ((Outcome.ANSWERED, Outcome.ASKED_BACK), Outcome.ASKED_BACK),
        ((Outcome.ANSWERED, Outcome.GUIDED), Outcome.ANSWERED),
        ((Outcome.SAFETY, Outcome.ANSWERED), Outcome.SAFETY),
        *[((outcome,), outcome) for outcome in Outcome],
    ],
)
def test_a_turn_has_the_weightiest_outcome(outcomes, whole):
    assert reply(*outcomes).outcome is whole


def test_which_offers_at_most_four_with_short_titles_and_numbered_names(wording):
    long = "Cấp giấy chứng nhận " + "rất dài " * 20
    answer = which([Candidate(f"1.00000{n}", long, 0.2) for n in range(6)], Intent.ASK_FEE)
    assert len(answer.buttons) == 4 and len(answer.candidates) == 6
    titles = [str(button.title) for button in answer.buttons]
    assert all(len(title) <= TITLE and title.endswith("…") for title in titles)
    assert answer.buttons[0].payload == '/select_option{"code":"1.000000","intent":"ask_fee"}'
    assert "4. " in wording.text(answer) and "5. " not in wording.text(answer)


def test_buttons_that_would_look_the_same_have_their_number(wording):
    """What tells two long names apart comes last in them; of two like buttons a citizen presses either."""
    insurance = "Giải quyết chế độ bảo hiểm tai nạn lao động, bệnh nghề nghiệp, gồm: "
    names = [f"{insurance}chi phí giám định", "Đăng ký khai sinh", f"{insurance}khám bệnh"]
    answer = which([Candidate(f"1.00000{n}", name, 0.2) for n, name in enumerate(names)], Intent.ASK_TIME)
    titles = [str(button.title) for button in answer.buttons]
    assert titles[0].startswith("1. Giải quyết") and titles[2].startswith("3. Giải quyết")
    assert titles[1] == "Đăng ký khai sinh" and all(len(title) <= TITLE for title in titles)
    assert f"3. {names[2]}" in wording.text(answer)


def test_every_kind_has_exactly_one_way_to_an_answer():
    own = {
        Intent.LIST_PROCEDURES, Intent.COUNT_PROCEDURES, Intent.ASK_UNIT, Intent.EXPLAIN_TERM,
        Intent.EXPLAIN_STATUS, Intent.ASK_HOURS, Intent.ASK_DEADLINE, Intent.SELECT_OPTION,
    }  # fmt: skip
    assert set(Intent) == ABOUT_A_PROCEDURE | set(GUIDES) | own
    assert not ABOUT_A_PROCEDURE & (set(GUIDES) | own) and set(GUIDES) >= NEAR_A_PROCEDURE
    assert not HELD & (ABOUT_A_PROCEDURE | NEAR_A_PROCEDURE)
