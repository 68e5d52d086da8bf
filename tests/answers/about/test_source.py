"""The closing lines: what tells a citizen which procedure the answer was about, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.answers.about import COMPOSERS
from bot.answers.intent import Intent

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, Say

LONG = (
    "Giải quyết chế độ bảo hiểm tai nạn lao động, bệnh nghề nghiệp của người lao động giao kết hợp đồng lao "
    "động với nhiều người sử dụng lao động"
)
ASKED = (Intent.ASK_PROCEDURE, Intent.ASK_TIME, Intent.ASK_FEE, Intent.ASK_DOCUMENTS)


@pytest.mark.parametrize("intent", ASKED)
def test_a_name_that_is_cut_stands_whole_above_the_code(
    intent: Intent, record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """Who works for one employer would not learn that the record is for those who have several."""
    text = say(COMPOSERS[intent](record(name=LONG, short_name=""), asked(intent), {}))
    assert "hợp đồng lao động với nhiều…" in text
    assert f"\nTên chính thức: {LONG}\nMã thủ tục: 1.000001" in text


@pytest.mark.parametrize("intent", ASKED)
def test_a_name_that_fits_is_not_said_twice(
    intent: Intent, record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """Every line more on a phone is a line less read."""
    text = say(COMPOSERS[intent](record(), asked(intent), {}))
    official = "Tên chính thức: Thủ tục cấp giấy phép nuôi chim"
    assert text.count("Tên chính thức: ") == text.count(official) == (intent is Intent.ASK_PROCEDURE)
    named = say(COMPOSERS[intent](record(short_name=""), asked(intent), {}))
    assert "Tên chính thức" not in named
