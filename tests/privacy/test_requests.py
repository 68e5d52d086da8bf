"""A request that is forgotten, or ended by accident, is a right denied."""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.privacy import requests
from bot.privacy.clocks import Clocks
from bot.privacy.kinds import RequestKind, RequestSource, RequestState
from bot.privacy.punctuality import punctuality
from bot.privacy.requests import WrongStepError
from bot.staff.audit import Actor, entries
from tests.privacy.conftest import NOW

DAY = 86_400.0
Hired = Callable[[Connection, str], Actor]


def opened(
    connection: Connection, actor: Actor, kind: RequestKind = RequestKind.VIEW, received: float = NOW
) -> int:
    due = Clocks(received + 2 * DAY, received + 10 * DAY)
    return requests.open_request(
        connection, actor, kind, RequestSource.PHONE, "Xin xem, CCCD 022089001234", received, due, NOW,
        contact_sealed="sealed",
    )  # fmt: skip


def test_a_request_goes_its_way_and_every_step_is_recorded(engine: Engine, hired: Hired) -> None:
    with engine.begin() as connection:
        lan, minh = hired(connection, "lan"), hired(connection, "minh")
        number = opened(connection, lan)
        found = requests.find(connection, number)
        assert found is not None and found.summary == "Xin xem, CCCD 022********4"
        with pytest.raises(WrongStepError, match="new"):
            requests.end(connection, lan, number, RequestState.DONE, "Đã gửi", NOW)
        requests.acknowledge(connection, lan, number, NOW + 1)
        assert requests.give(connection, lan, number, minh.account_id or 0, NOW + 2)
        assert requests.extend(connection, minh, number, NOW + 20 * DAY, "Phải hỏi đơn vị khác", NOW + 3)
        assert not requests.extend(connection, minh, number, NOW + 30 * DAY, "Lần nữa", NOW + 4)
        with pytest.raises(ValueError, match="answer"):
            requests.end(connection, minh, number, RequestState.DONE, " ", NOW + 5)
        requests.end(connection, minh, number, RequestState.DONE, "Đã gửi bản sao", NOW + 5)
        with pytest.raises(WrongStepError, match="done"):
            requests.end(connection, minh, number, RequestState.REFUSED, "Không", NOW + 6)
        ended = requests.find(connection, number)
        assert ended is not None
        assert (ended.owner_id, ended.contact_sealed, ended.ended_at) == (minh.account_id, None, NOW + 5)
        assert requests.running(connection) == []
        assert {entry.object for entry in entries(connection)} == {f"request:{number}"}
        assert [entry.action for entry in entries(connection)] == [
            *["request_changed"] * 4,
            "request_opened",
        ]


def test_the_most_urgent_comes_first(sqlite_engine: Engine, hired: Hired) -> None:
    with sqlite_engine.begin() as connection:
        lan = hired(connection, "lan")
        late, early = opened(connection, lan), opened(connection, lan, received=NOW - 5 * DAY)
        assert [request.id for request in requests.running(connection)] == [early, late]
        with pytest.raises(ValueError, match="received"):
            opened(connection, lan, received=NOW + 1)


def test_punctuality_counted_by_hand(sqlite_engine: Engine, hired: Hired) -> None:
    """Six requests of ten days: two done in time (one confirmed late), one done late, one never confirmed and
    overdue, one running, one taken back: 4 are due, 2 of them in time; 4 confirmations are due, 2 in time.
    """
    with sqlite_engine.begin() as connection:
        lan = hired(connection, "lan")

        def one(received: float, confirmed: float | None, state: RequestState | None, ended: float) -> None:
            number = opened(connection, lan, received=received)
            if confirmed is not None:
                requests.acknowledge(connection, lan, number, confirmed)
            if state is not None:
                requests.end(connection, lan, number, state, "x", ended)

        begin = NOW - 30 * DAY
        one(begin, begin + DAY, RequestState.DONE, begin + 9 * DAY)
        one(begin, begin + 3 * DAY, RequestState.REFUSED, begin + 9 * DAY)
        one(begin, begin + DAY, RequestState.DONE, begin + 10 * DAY)
        one(begin, None, None, 0)
        one(NOW - DAY, None, None, 0)
        one(begin, None, RequestState.CANCELLED, begin + DAY)
        counted = punctuality(requests.received(connection, 0.0, NOW + 1), NOW)
    assert (counted.due, counted.in_time, counted.share) == (4, 2, 0.5)
    assert (counted.confirm_due, counted.confirmed_in_time) == (4, 2)
    assert (counted.open, counted.overdue) == (2, 1)
