"""Who wants to be led through a dossier now must not get a description of it."""

import pytest

from bot.answers.intent import Intent
from bot.answers.start_wish import start_first

SECOND = ((Intent.ASK_PROCEDURE, 0.6), (Intent.START_DOSSIER, 0.3))


@pytest.mark.parametrize(
    "text",
    [
        "giúp tôi làm hồ sơ tạm trú",
        "huong dan em dien ho so khai sinh",
        "hướng dẫn mình soạn bộ hồ sơ kết hôn",
    ],
)
def test_help_with_the_making_comes_first(text):
    assert start_first(SECOND, text)[0] == (Intent.START_DOSSIER, 0.6)


@pytest.mark.parametrize(
    "text", ["hướng dẫn tôi làm hồ sơ gồm gì", "hướng dẫn thủ tục khai sinh", "làm hồ sơ tạm trú"]
)
def test_a_question_stays_a_question(text):
    assert start_first(SECOND, text) == SECOND


def test_a_guess_too_far_behind_stays_there():
    far = ((Intent.ASK_PROCEDURE, 0.9), (Intent.START_DOSSIER, 0.01))
    assert start_first(far, "giúp tôi làm hồ sơ tạm trú") == far
    assert start_first((), "giúp tôi làm hồ sơ tạm trú") == ()
