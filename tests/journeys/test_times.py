"""The same question about another day gets the level, agency and unit of that day."""

from datetime import date

import pytest

from bot.answers.outcome import Outcome
from tests.journeys.conversation import Conversation, text_of

THEN = date(2020, 6, 1)


def test_a_household_business_of_2020_went_to_the_old_district(citizen: Conversation) -> None:
    """A dispute about a 2020 paper needs the office of 2020."""
    exchange = citizen.says("Đăng ký hộ kinh doanh nộp ở đâu?", as_of=THEN)
    text = text_of(exchange)
    assert exchange.reply.procedure_code == "1.001612"
    assert "Phòng Tài chính" in text and "cấp huyện" in text
    assert "Nay đã thay đổi" in text


def test_a_household_business_of_today_goes_to_the_commune(citizen: Conversation) -> None:
    """Sending somebody to a district office that no longer exists costs a day."""
    text = text_of(citizen.says("Đăng ký hộ kinh doanh nộp ở đâu?"))
    assert "xã" in text
    assert "huyện" not in text


@pytest.mark.parametrize("when", ["hồi năm 2020", "vào năm 2020"])
def test_the_year_may_stand_in_the_question(citizen: Conversation, when: str) -> None:
    assert "cấp huyện" in text_of(citizen.says(f"{when} đăng ký hộ kinh doanh nộp ở đâu"))


def test_marriage_was_level_three_in_2020(citizen: Conversation) -> None:
    exchange = citizen.says("Đăng ký kết hôn mức mấy?", as_of=THEN)
    text = text_of(exchange)
    assert exchange.reply.procedure_code == "1.000894"
    assert "mức độ 3" in text and "01/06/2020" in text
    assert "Nay đã thay đổi" in text


def test_marriage_today_gets_the_published_word_and_the_caution(citizen: Conversation) -> None:
    """Both have to come and sign, whatever the list says: a couple would wait at home for nothing."""
    text = text_of(citizen.says("Đăng ký kết hôn mức mấy?"))
    assert "toàn trình" in text and "03/10/2026" in text
    assert "cùng có mặt" in text
    assert "mức độ 3" not in text


def test_figures_of_an_earlier_year_come_with_their_source(citizen: Conversation) -> None:
    exchange = citizen.says("năm 2020 Quảng Ninh có bao nhiêu dịch vụ công mức 3, 4")
    assert exchange.reply.outcome is Outcome.COUNTED
    assert "2020" in text_of(exchange)


def test_a_level_of_the_old_scale_is_explained_with_both_scales(citizen: Conversation) -> None:
    for question in ("cấp 4 là gì", "mức độ 4 nghĩa là sao", "muc 3 voi muc 4 khac gi nhau"):
        exchange = citizen.says(question)
        text = text_of(exchange)
        assert exchange.reply.outcome is Outcome.ANSWERED, question
        assert "Toàn trình" in text and "Một phần" in text and "4 mức" in text


@pytest.mark.parametrize(
    "question",
    ["mức 2 vneid làm ở đâu", "muon len dinh danh muc 2 thi ra dau", "tài khoản VNeID mức 2 đăng ký sao"],
)
def test_the_level_of_an_account_is_not_the_level_of_a_procedure(
    citizen: Conversation, question: str
) -> None:
    """Somebody who needs an account would read about decree 224 instead."""
    exchange = citizen.says(question)
    assert exchange.reply.intent.value not in ("ask_level", "explain_level")
    assert "VNeID" in text_of(exchange) or "định danh" in text_of(exchange)


def test_without_a_published_level_the_answer_admits_it(citizen: Conversation) -> None:
    """A guess would be taken for a promise."""
    exchange = citizen.says("thủ tục 3.000348 nộp trực tuyến mức nào")
    assert exchange.reply.procedure_code == "3.000348"
    assert exchange.reply.outcome is Outcome.NO_DATA
    assert "chưa có dữ liệu" in text_of(exchange)


@pytest.mark.parametrize(
    "question",
    [
        "kết hôn trong nước có cần giấy xác nhận tình trạng hôn nhân không",
        "dang ky ket hon o phuong co phai nop giay doc than nua khong",
    ],
)
def test_no_single_status_paper_for_a_marriage_at_home(citizen: Conversation, question: str) -> None:
    """Since 2026 the paper is not needed: asking for it costs a couple a day and a fee."""
    text = text_of(citizen.says(question))
    assert "không cần" in text or "không phải nộp" in text
