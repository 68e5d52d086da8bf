"""Orders to the editors: what many asked for must not be lost, nor tell who asked."""

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.staff import accounts
from bot.staff.audit import Actor, entries
from bot.staff.roles import Role
from bot.upkeep import orders
from bot.upkeep.orders import OrderError, OrderFault
from bot.upkeep.states import Need, OrderState
from tests.steering import records

NOW = 1_795_323_600.0


def hired(engine: Engine) -> Actor:
    records.fill(engine)
    with engine.begin() as connection:
        made = accounts.create(connection, "lan", "Lan", [Role.EDITOR], "Vịnh xanh núi đá 47", NOW)
    return Actor(made.id, made.login)


@pytest.fixture
def actor(engine: Engine) -> Actor:
    return hired(engine)


def make(connection: Connection, actor: Actor, asked: int = 7) -> int:
    texts = ["Xin phép nuôi lợn, gọi 0912345678", "Xin phép nuôi lợn, gọi 0912345678", " "]
    return orders.make(
        connection, actor, Need.MISSING_RECORD, " Nuôi lợn\ntrong phố ", "", texts, asked, 5, NOW
    )


def test_an_order_is_made_once_masked_and_settled_once(engine: Engine, actor: Actor) -> None:
    with engine.begin() as connection:
        number = make(connection, actor)
        (order,) = orders.open_orders(connection)
        assert order == orders.find(connection, number)
        assert (order.title, order.code, order.asked, order.citizens) == ("Nuôi lợn trong phố", None, 7, 5)
        assert order.questions == ("Xin phép nuôi lợn, gọi 091****678",)
        with pytest.raises(OrderError, match="no_comment"):
            orders.settle(connection, actor, number, True, " ", NOW)
        assert orders.settle(connection, actor, number, True, "Đã thêm, CCCD 022089001234", NOW + 60)
        assert not orders.settle(connection, actor, number, False, "Thôi", NOW + 120)
        (settled,) = orders.settled_orders(connection)
        assert (settled.state, settled.settled_at) == (OrderState.DONE, NOW + 60)
        assert settled.comment is not None and "022089001234" not in settled.comment
        assert orders.open_orders(connection) == []
        assert [(entry.action, entry.object) for entry in entries(connection)] == [
            ("order_settled", f"order:{number}"),
            ("order_made", f"order:{number}"),
        ]


def test_the_most_asked_comes_first_and_settled_ones_are_paged(engine: Engine, actor: Actor) -> None:
    with engine.begin() as connection:
        numbers = [make(connection, actor, asked) for asked in (2, 9, 5)]
        assert [order.asked for order in orders.open_orders(connection)] == [9, 5, 2]
        for number in numbers:
            orders.settle(connection, actor, number, False, "Ngoài phạm vi", NOW)
        page = orders.settled_orders(connection, 2)
        rest = orders.settled_orders(connection, 2, page[-1].id)
        assert [order.id for order in (*page, *rest)] == numbers[::-1]
        assert orders.find(connection, 99) is None


def test_what_the_editors_could_not_work_with_is_refused(sqlite_engine: Engine) -> None:
    by, with_title = hired(sqlite_engine), ("Lệ phí", "1.000001", ["x"])
    refused: list[tuple[Need, str, str, list[str], OrderFault]] = [
        (Need.MISSING_RECORD, " ", "", [], OrderFault.NO_TITLE),
        (Need.MISSING_RECORD, "x" * 201, "", [], OrderFault.LONG_TITLE),
        (Need.MISSING_FACT, "Lệ phí", "9.999999", [], OrderFault.UNKNOWN_PROCEDURE),
        (Need.OTHER_NAME, "Tên gọi", "", [], OrderFault.NO_PROCEDURE),
        (Need.OTHER, "Khác", "", [str(number) for number in range(11)], OrderFault.MANY_QUESTIONS),
    ]
    with sqlite_engine.begin() as connection:
        for need, title, code, questions, fault in refused:
            with pytest.raises(OrderError) as error:
                orders.make(connection, by, need, title, code, questions, 1, 1, NOW)
            assert error.value.fault is fault
        orders.make(connection, by, Need.MISSING_FACT, *with_title, 1, 1, NOW)
        assert [order.code for order in orders.open_orders(connection)] == ["1.000001"]
