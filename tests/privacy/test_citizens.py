"""A request from the conversation that is lost, doubled or somebody else's is a right denied."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Engine

from bot.answers.working_days import WorkCalendar
from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.knowledge_source import wording_from
from bot.privacy import requests
from bot.privacy.asking import Asked, Unasked
from bot.privacy.citizens import MOST, CitizenRequests
from bot.privacy.kinds import RequestKind, RequestSource, RequestState
from bot.privacy.requests import acknowledge, end
from bot.staff.audit import SYSTEM, entries, verify
from tests.conftest import ROOT
from tests.privacy.conftest import NOW, joined

SAY = wording_from(ROOT / "domain.yml").say
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def counter(engine: Engine, calendar: WorkCalendar | None = None) -> CitizenRequests:
    return CitizenRequests(engine, ZONE, calendar or WorkCalendar(), SAY, lambda: NOW)


def somebody(engine: Engine, address: str = "8001") -> str:
    with engine.begin() as connection:
        return meet(connection, Channel.ZALO, address, NOW).conversation_id


def test_a_request_is_taken_once_and_recorded(engine: Engine) -> None:
    """Sunday: two working days end on Tuesday, ten days on the Wednesday of the week after next."""
    desk, me = counter(engine), somebody(engine)
    made = desk.open(me, RequestKind.VIEW, "zalo")
    assert isinstance(made, Asked)
    assert (made.acknowledge_by, made.answer_by) == (date(2026, 11, 24), date(2026, 12, 2))
    assert desk.open(me, RequestKind.VIEW, "zalo") == made
    other = desk.open(me, RequestKind.ERASE, "zalo")
    assert isinstance(other, Asked) and desk.running(me) == (made, other)
    with engine.connect() as connection:
        kept = requests.find(connection, made.number)
        assert kept is not None and kept.source is RequestSource.CHAT and kept.conversation_id == me
        assert kept.summary == "Người dân gửi trong cuộc trò chuyện: xem dữ liệu cá nhân của mình"
        assert "Zalo" in kept.identified
        assert [(one.login, one.action) for one in entries(connection)] == [
            ("citizen", "request_opened"),
            ("citizen", "request_opened"),
        ]
        assert verify(connection) is None


def test_it_is_taken_back_by_its_own_citizen_alone(sqlite_engine: Engine) -> None:
    desk, me, other = counter(sqlite_engine), somebody(sqlite_engine), somebody(sqlite_engine, "8002")
    made = desk.open(me, RequestKind.VIEW, "zalo")
    assert isinstance(made, Asked)
    assert not desk.cancel(other, made.number) and desk.running(me) == (made,)
    assert desk.cancel(me, made.number) and desk.cancel(me, made.number)
    assert desk.running(me) == ()
    with sqlite_engine.connect() as connection:
        kept = requests.find(connection, made.number)
        assert kept is not None and kept.state is RequestState.CANCELLED and kept.answer


def test_what_has_ended_cannot_be_taken_back_and_may_be_asked_anew(sqlite_engine: Engine) -> None:
    desk, me = counter(sqlite_engine), somebody(sqlite_engine)
    made = desk.open(me, RequestKind.VIEW, "zalo")
    assert isinstance(made, Asked)
    with sqlite_engine.begin() as connection:
        acknowledge(connection, SYSTEM, made.number, NOW)
        end(connection, SYSTEM, made.number, RequestState.DONE, "Đã gửi", NOW)
    assert not desk.cancel(me, made.number)
    again = desk.open(me, RequestKind.VIEW, "zalo")
    assert isinstance(again, Asked) and again.number != made.number


def test_there_is_an_end_to_asking(sqlite_engine: Engine) -> None:
    desk, me = counter(sqlite_engine), somebody(sqlite_engine)
    for _ in range(MOST):
        made = desk.open(me, RequestKind.VIEW, "zalo")
        assert isinstance(made, Asked) and desk.cancel(me, made.number)
    assert desk.open(me, RequestKind.VIEW, "zalo") is Unasked.TOO_MANY


@pytest.mark.parametrize("known", [True, False])
def test_no_day_is_promised_that_nobody_knows(sqlite_engine: Engine, known: bool) -> None:
    """An erased or unknown conversation has nobody to answer; unknown days off give no day."""
    calendar = WorkCalendar() if known else WorkCalendar(until=date(2026, 11, 23))
    desk = counter(sqlite_engine, calendar)
    where = "f" * 32 if known else somebody(sqlite_engine)
    assert desk.open(where, RequestKind.VIEW, "zalo") is Unasked.UNAVAILABLE
    assert desk.running(where) == () and not desk.cancel(where, 1)


def test_joining_channels_loses_no_request(sqlite_engine: Engine) -> None:
    desk = counter(sqlite_engine)
    with sqlite_engine.begin() as connection:
        before, now_at = joined(connection)
    made = desk.open(before, RequestKind.VIEW, "zalo")
    assert isinstance(made, Asked)
    assert desk.running(now_at) == (made,) and desk.open(now_at, RequestKind.VIEW, "web") == made
    assert desk.cancel(now_at, made.number)
