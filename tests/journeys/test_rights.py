"""What citizens may ask for besides answers: news of a procedure, a say over their words, their data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.notices import queue
from bot.notices.purpose import Purpose
from bot.notices.watching import announce
from bot.privacy import requests
from bot.privacy.kinds import RequestKind, RequestState
from tests.doubles.gov.government import Government
from tests.journeys.conversation import Conversation, text_of
from tests.journeys.guided import titles
from tests.journeys.installation import Installation, Visitor

TELL_ME = "Báo tôi khi thay đổi"


@pytest.fixture
def here(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Installation]:
    with Government() as running:
        yield Installation(sqlite_engine, running, tmp_path)


@pytest.fixture
def citizen(here: Installation) -> Visitor:
    with here.engine.begin() as connection:
        me = meet(connection, Channel.WEB, "browser", here.now())
    return Visitor(here, me.conversation_id)


def test_a_procedure_is_followed_from_its_answer(citizen: Visitor, here: Installation) -> None:
    answer = citizen.says("lệ phí đăng ký khai sinh")
    code = answer.reply.procedure_code
    assert code and titles(answer)[-1] == TELL_ME and len(titles(answer)) <= 5
    asked = citizen.presses(TELL_ME)
    assert code in text_of(asked) and "Anh/chị có đồng ý" in text_of(asked)
    assert code in text_of(citizen.says("đồng ý"))
    assert TELL_ME not in titles(citizen.says("lệ phí đăng ký khai sinh"))
    with here.engine.begin() as connection:
        assert announce(connection, code, 10**6, ("fees",), here.now(), here.services.hours) == 1
        (one,) = queue.due(connection, citizen.id, here.now())
    assert one.subject == code
    assert code in text_of(citizen.says("tôi đã đồng ý gì"))
    assert "Đã tắt" in text_of(citizen.says("đừng nhắc nữa"))
    assert here.services.notices.watched(citizen.id) == ()


def test_the_procedure_named_in_the_wish_is_followed(citizen: Visitor, here: Installation) -> None:
    """Not the one spoken of before."""
    citizen.says("lệ phí đăng ký khai sinh")
    asked = citizen.says("khi nào lệ phí đăng ký kết hôn thay đổi thì báo tôi nhé")
    assert "kết hôn" in text_of(asked).lower() and asked.reply.outcome is Outcome.ASKED_BACK


@pytest.mark.parametrize(
    "question",
    ["thủ tục thay đổi nơi cư trú", "báo tôi thủ tục thay đổi nơi cư trú", "khi thay đổi chủ hộ thì báo ai"],
)
def test_procedures_of_changing_something_stay_questions(citizen: Visitor, question: str) -> None:
    told = citizen.says(question)
    assert told.reply.intent is not Intent.PRIVACY_REQUEST
    assert "báo thay đổi trên kênh này" not in text_of(told)


def test_improving_is_asked_for_once_after_thanks(citizen: Visitor, here: Installation) -> None:
    citizen.says("lệ phí đăng ký khai sinh")
    asked = citizen.says("cảm ơn bạn nhiều")
    assert "để trợ lý trả lời tốt hơn" in text_of(asked)
    assert "Đã ghi nhận" in text_of(citizen.presses("Đồng ý"))
    assert here.services.notices.agreed(citizen.id, Purpose.IMPROVE)
    assert "tốt hơn" not in text_of(citizen.says("cảm ơn bạn nhiều"))
    citizen.says("rút đồng ý cải thiện")
    assert not here.services.notices.agreed(citizen.id, Purpose.IMPROVE)
    assert "tốt hơn" not in text_of(citizen.says("cảm ơn bạn nhiều"))


def test_a_request_about_data_gets_its_number_and_day(citizen: Visitor, here: Installation) -> None:
    citizen.says("cho tôi xem dữ liệu của tôi")
    received = citizen.presses("Gửi yêu cầu")
    with here.engine.connect() as connection:
        (kept,) = requests.of_conversations(connection, [citizen.id])
    assert f"Số tiếp nhận: {kept.id}." in text_of(received) and "03/12/2026" in text_of(received)
    assert (kept.kind, kept.state) == (RequestKind.VIEW, RequestState.NEW)
    assert "Đã rút yêu cầu" in text_of(citizen.presses("Rút yêu cầu này"))


def test_what_is_told_of_rights_over_data_leads_to_a_request(citizen: Visitor) -> None:
    told = citizen.says("dữ liệu cá nhân của tôi được bảo vệ thế nào")
    assert titles(told) == ("Gửi yêu cầu về dữ liệu",)
    assert len(titles(citizen.presses("Gửi yêu cầu về dữ liệu"))) == 5


def test_where_nothing_is_kept_nothing_is_offered(citizen: Visitor) -> None:
    """On the command line nobody can be written to."""
    alone = Conversation(citizen.desk)
    assert TELL_ME not in titles(alone.says("lệ phí đăng ký khai sinh"))
