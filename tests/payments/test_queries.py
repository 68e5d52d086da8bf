"""What is lost when these fail: a payment whose confirmation got lost stays unpaid for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.engine import Engine

from bot.payments.client import Client
from bot.payments.news import take_news
from bot.payments.queries import Queries, wait_after
from bot.payments.states import PaymentState, Way
from tests.doubles.gov.government import Government
from tests.payments.making import CODE, NOW, Clock, access, cashier, order, state_of

DAY = 24 * 3600.0


def begin(engine: Engine, gov: Government, clock: Clock, code: str = CODE) -> str:
    bill = cashier(engine, gov.payment_url, clock).start(order(code), Way.PLATFORM)
    assert bill is not None
    return bill.reference


def queries(engine: Engine, gov: Government, clock: Clock) -> Queries:
    return Queries(engine, Client(access(gov.payment_url), clock))


def test_the_wait_doubles_up_to_half_an_hour() -> None:
    minutes = [wait_after(number) / 60 for number in range(8)]
    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]
    assert wait_after(10_000) == 1800


def test_a_payment_without_a_word_is_asked_about(engine: Engine, gov: Government, clock: Clock) -> None:
    reference, worker = begin(engine, gov, clock), queries(engine, gov, clock)
    assert worker.once(NOW + 59).asked == 0
    assert worker.once(NOW + 60).asked == 1
    assert state_of(engine, reference) is PaymentState.PENDING
    gov.pay(reference)
    assert worker.once(NOW + 119).asked == 0
    assert worker.once(NOW + 120).settled == 1
    assert state_of(engine, reference) is PaymentState.PAID
    assert worker.once(NOW + DAY).asked == 0
    with engine.begin() as connection:
        (news,) = take_news(connection, NOW)
    assert (news.reference, news.state) == (reference, PaymentState.PAID)


def test_a_failure_is_told(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    reference = begin(sqlite_engine, gov, clock)
    gov.fail(reference)
    assert queries(sqlite_engine, gov, clock).once(NOW + 60).settled == 1
    assert state_of(sqlite_engine, reference) is PaymentState.FAILED


def test_two_gateways_ask_once(engine: Engine, gov: Government, clock: Clock) -> None:
    for number in range(6):
        begin(engine, gov, clock, f"H49.22-261120-{number:04d}")
    workers = [queries(engine, gov, clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda worker: worker.once(NOW + 60), workers))
    assert sum(each.asked for each in done) == 6 == gov.queries()


def test_after_a_day_it_is_given_up_but_not_before_a_last_question(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    late = begin(sqlite_engine, gov, clock)
    never = begin(sqlite_engine, gov, clock, "H49.22-261120-0002")
    worker = queries(sqlite_engine, gov, clock)
    assert worker.once(NOW + DAY - 1).expired == 0
    gov.pay(late)
    done = worker.once(NOW + DAY + 7200)
    assert (done.settled, done.expired) == (1, 1)
    assert state_of(sqlite_engine, late) is PaymentState.PAID
    assert state_of(sqlite_engine, never) is PaymentState.EXPIRED
    with sqlite_engine.begin() as connection:
        assert {news.state for news in take_news(connection, NOW)} == {
            PaymentState.PAID,
            PaymentState.EXPIRED,
        }


def test_nothing_is_given_up_unheard_while_the_platform_is_silent(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    """The citizen may have paid: only after two days without an answer staff are called."""
    reference = begin(sqlite_engine, gov, clock)
    worker = queries(sqlite_engine, gov, clock)
    gov.fault("maintenance", "QUERY", times=None)
    assert worker.once(NOW + DAY + 1).expired == 0
    assert state_of(sqlite_engine, reference) is PaymentState.STARTED
    assert worker.once(NOW + 2 * DAY).expired == 1


@pytest.mark.parametrize("kind", ["error", "html", "truncated", "reset"])
def test_trouble_of_the_platform_changes_nothing(
    sqlite_engine: Engine, gov: Government, clock: Clock, kind: str
) -> None:
    reference, worker = begin(sqlite_engine, gov, clock), queries(sqlite_engine, gov, clock)
    gov.pay(reference)
    gov.fault(kind, "QUERY", times=2)  # type: ignore[arg-type]
    assert worker.once(NOW + 60).settled == 0
    assert state_of(sqlite_engine, reference) is PaymentState.STARTED
    assert worker.once(NOW + 120).settled == 1


def test_without_a_platform_only_pages_are_closed(sqlite_engine: Engine, clock: Clock) -> None:
    bill = cashier(sqlite_engine, None, clock).start(order(), Way.TRANSFER)
    assert bill is not None
    worker = Queries(sqlite_engine, None)
    worker.once(NOW + DAY - 1)
    assert state_of(sqlite_engine, bill.reference) is PaymentState.STARTED
    assert worker.once(NOW + DAY).asked == 0
    assert state_of(sqlite_engine, bill.reference) is PaymentState.EXPIRED
    with sqlite_engine.begin() as connection:
        assert take_news(connection, NOW) == []


def test_who_never_got_a_page_to_pay_on_hears_nothing_of_its_end(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    gov.fault("maintenance", "INIT", times=2)
    assert cashier(sqlite_engine, gov.payment_url, clock).start(order(), Way.PLATFORM) is None
    assert queries(sqlite_engine, gov, clock).once(NOW + DAY).expired == 1
    with sqlite_engine.begin() as connection:
        assert take_news(connection, NOW) == []
