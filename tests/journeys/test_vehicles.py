"""Vehicles that changed hands without papers: what the record leaves open must not sound settled."""

import pytest

from tests.journeys.conversation import Conversation, reaches, text_of

TRANSFER = "1.013076"


@pytest.mark.parametrize(
    "question",
    [
        "xe may cu mua khong co giay to sang ten duoc khong",
        "mua xe máy cũ không có giấy tờ mua bán thì sang tên được không",
        "sang tên xe máy cần giấy tờ gì",
    ],
)
def test_a_vehicle_bought_without_papers_is_told_to_be_unknown(citizen: Conversation, question: str) -> None:
    """The record wants papers of the transfer and says nothing of those who have none: the ordinary
    conditions alone would send them to the counter in vain.
    """
    exchange = citizen.says(question)
    assert reaches(exchange, TRANSFER)
    told = text_of(exchange)
    assert "chưa có dữ liệu" in told and "hỏi cơ quan đăng ký xe" in told and TRANSFER in told
