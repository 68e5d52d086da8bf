"""What is lost when these fail: accounts that do not add up, or a payment that leads back to a person."""

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.payments.erasing import erase, move
from bot.payments.news import take_news
from bot.payments.settling import Told, settle
from bot.payments.states import PaymentState
from bot.payments.tables import payment, payment_news
from tests.payments.making import CONVERSATION, NOW, begun

PAID = Told(PaymentState.PAID, 50000, "GD1", "BANK")


def test_the_sum_stays_and_the_person_goes(engine: Engine) -> None:
    bill = begun(engine)
    with engine.begin() as connection:
        settle(connection, bill.reference, PAID, NOW)
        assert erase(connection, CONVERSATION) == 1
        assert erase(connection, CONVERSATION) == 0
        row = connection.execute(select(payment)).one()
        assert connection.execute(select(payment_news)).all() == []
        assert take_news(connection, NOW) == []
    assert (row.reference, row.amount, row.state, row.transaction_id) == (
        bill.reference,
        50000,
        "paid",
        "GD1",
    )
    assert (row.conversation_id, row.draft, row.url, row.token) == (None, None, None, None)


def test_money_that_comes_after_the_erasure_is_booked_and_told_to_nobody(engine: Engine) -> None:
    bill = begun(engine)
    with engine.begin() as connection:
        erase(connection, CONVERSATION)
        settle(connection, bill.reference, PAID, NOW)
        assert connection.execute(select(payment.c.state)).scalar_one() == "paid"
        assert take_news(connection, NOW) == []


def test_linked_channels_hear_of_what_was_begun_on_the_other(engine: Engine) -> None:
    one, two = begun(engine), begun(engine, code="H49.22-261120-0002")
    with engine.begin() as connection:
        settle(connection, one.reference, PAID, NOW)
        assert move(connection, CONVERSATION, "e" * 32) == 2
        settle(connection, two.reference, PAID, NOW)
        assert {news.conversation_id for news in take_news(connection, NOW)} == {"e" * 32}
