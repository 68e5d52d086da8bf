"""Old places lead to the commune of today; split ones ask once; every place is remembered."""

import pytest

from bot.answers.outcome import Outcome
from tests.journeys.conversation import Conversation, text_of


@pytest.mark.parametrize(
    ("question", "commune"),
    [
        ("thị trấn Cái Rồng giờ là đâu", "Đặc khu Vân Đồn"),
        ("thi tran cai rong nay thuoc xa phuong nao", "Đặc khu Vân Đồn"),
        ("xã Sơn Dương bây giờ thuộc đâu", "Phường Hoành Bồ"),
        ("xa son duong cu gio sap nhap ve dau", "Phường Hoành Bồ"),
        ("phường Hồng Hà cũ nay là phường nào", "Phường Hạ Long"),
    ],
)
def test_an_old_commune_leads_to_the_new_one(citizen: Conversation, question: str, commune: str) -> None:
    """The sign on the old office is gone."""
    exchange = citizen.says(question)
    assert exchange.reply.outcome is Outcome.ANSWERED
    assert commune in text_of(exchange)
    assert "01/07/2025" in text_of(exchange)


@pytest.mark.parametrize(
    "question", ["phường Hà Khẩu nay là phường nào", "tôi ở phường Hà Khẩu cũ, giờ thuộc phường nào"]
)
def test_a_split_ward_asks_one_question(citizen: Conversation, question: str) -> None:
    """Half of the people would be sent to the wrong ward."""
    exchange = citizen.says(question)
    assert exchange.reply.outcome is Outcome.ASKED_BACK
    assert {b["title"].split(" (")[0] for b in exchange.buttons} == {"Phường Việt Hưng", "Phường Tuần Châu"}
    told = citizen.presses("Phường Tuần Châu")
    assert told.reply.outcome is Outcome.ANSWERED
    assert citizen.context.unit == "06706"


def test_a_split_ward_is_settled_before_the_place_is_told(citizen: Conversation) -> None:
    exchange = citizen.says("đăng ký khai sinh ở phường Hà Khẩu nộp ở đâu")
    assert exchange.reply.outcome is Outcome.ASKED_BACK
    told = citizen.presses("Phường Việt Hưng")
    assert told.reply.procedure_code == "1.001193"
    assert "Việt Hưng" in text_of(told)


def test_somebody_from_an_old_town_hears_the_new_name_and_the_answer(citizen: Conversation) -> None:
    exchange = citizen.says("tôi ở thị trấn Cái Rồng, làm khai sinh cho con ở đâu")
    text = text_of(exchange)
    assert exchange.reply.procedure_code == "1.001193"
    assert "Đặc khu Vân Đồn" in text


def test_an_old_commune_with_an_open_question_still_tells_the_new_name(citizen: Conversation) -> None:
    text = text_of(citizen.says("xã tôi trước đây là xã Sơn Dương, giờ nộp hồ sơ ở đâu"))
    assert "Hoành Bồ" in text


@pytest.mark.parametrize("question", ["nhà tôi ở Hải Hòa, giờ thuộc phường xã nào"])
def test_the_same_name_of_two_old_communes_asks_which(citizen: Conversation, question: str) -> None:
    """Hải Hòa was a ward of Móng Cái and a commune of Cẩm Phả."""
    exchange = citizen.says(question)
    text = text_of(exchange)
    assert "Móng Cái 1" in text and "Hải Hòa" in text


def test_a_dossier_may_be_handed_in_anywhere_in_the_province(citizen: Conversation) -> None:
    """An islander would take a boat for nothing."""
    first = citizen.says("em ở Cô Tô, đăng ký kết hôn nộp ở đâu")
    assert "bất kỳ" in text_of(first)
    assert citizen.says("có phải ra Hạ Long nộp không").reply.procedure_code == "1.000894"
