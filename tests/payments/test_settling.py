"""What is lost when these fail: money that arrived and is asked for again, or a wrong sum taken as paid."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

from prometheus_client import REGISTRY
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.payments.news import take_news
from bot.payments.settling import Settled, Told, move, settle
from bot.payments.states import SOURCES, PaymentState
from bot.payments.tables import payment, payment_news
from tests.payments.making import CONVERSATION, NOW, begun, state_of

PAID = Told(PaymentState.PAID, 50000, "GD1", "BANK")
FAILED = Told(PaymentState.FAILED, 50000)
PENDING = Told(PaymentState.PENDING)


def tell(engine: Engine, reference: str, told: Told, at: float = NOW + 60) -> Settled:
    with engine.begin() as connection:
        return settle(connection, reference, told, at)


def test_a_payment_only_goes_forward(sqlite_engine: Engine) -> None:
    """All 28 pairs of a state and a word of the platform."""
    words = (PAID, FAILED, PENDING, Told(PaymentState.PAID, 1, "GD1"))
    for number, (before, told) in enumerate(product(PaymentState, words)):
        reference = begun(sqlite_engine, before, f"H49.22-261120-{number:04d}").reference
        wrong_sum = told.state is PaymentState.PAID and told.amount != 50000
        wanted = PaymentState.MISMATCH if wrong_sum else told.state
        tell(sqlite_engine, reference, told)
        expected = wanted if before in SOURCES[wanted] else before
        assert state_of(sqlite_engine, reference) is expected, (before, told)
        if before in (PaymentState.PAID, PaymentState.MISMATCH):
            assert expected is before


def test_money_that_comes_after_a_failure_or_too_late_has_come() -> None:
    assert {PaymentState.FAILED, PaymentState.EXPIRED} <= SOURCES[PaymentState.PAID]


def test_what_was_told_is_kept(sqlite_engine: Engine) -> None:
    reference = begun(sqlite_engine).reference
    assert tell(sqlite_engine, reference, PAID) is Settled.APPLIED
    with sqlite_engine.connect() as connection:
        row = connection.execute(select(payment)).one()
    assert (row.transaction_id, row.bank, row.told_amount, row.settled_at, row.query_at) == (
        "GD1",
        "BANK",
        50000,
        NOW + 60,
        None,
    )


def test_another_sum_is_never_taken_as_paid_and_is_an_alert(sqlite_engine: Engine) -> None:
    """By hand: four payments, each told three times, four alerts."""

    def alerts() -> float:
        return REGISTRY.get_sample_value("qn_payment_alerts_total", {"reason": "mismatch"}) or 0.0

    before = alerts()
    for number, amount in enumerate((49999, 50001, 1, None)):
        reference = begun(sqlite_engine, code=f"H49.22-261120-{number:04d}").reference
        told = Told(PaymentState.PAID, amount, "GD1")
        assert tell(sqlite_engine, reference, told) is Settled.MISMATCH
        assert state_of(sqlite_engine, reference) is PaymentState.MISMATCH
        assert tell(sqlite_engine, reference, told) is Settled.MISMATCH
        assert tell(sqlite_engine, reference, PAID) is Settled.MISMATCH
    assert alerts() - before == 4


def test_a_repeat_changes_nothing_and_a_second_payment_is_an_alert(engine: Engine) -> None:
    reference = begun(engine).reference
    assert tell(engine, reference, PAID) is Settled.APPLIED
    assert tell(engine, reference, PAID, NOW + 90) is Settled.REPEATED
    assert tell(engine, reference, Told(PaymentState.PAID, 50000), NOW + 95) is Settled.REPEATED
    assert tell(engine, reference, FAILED, NOW + 99) is Settled.REPEATED
    assert tell(engine, reference, Told(PaymentState.PAID, 50000, "GD2")) is Settled.SECOND
    assert tell(engine, reference, Told(PaymentState.PAID, 1, "GD1")) is Settled.SECOND
    with engine.connect() as connection:
        row = connection.execute(select(payment)).one()
    assert (row.state, row.transaction_id, row.settled_at) == ("paid", "GD1", NOW + 60)


def test_a_payment_nobody_began_settles_nothing(sqlite_engine: Engine) -> None:
    assert tell(sqlite_engine, "dvc0", PAID) is Settled.UNKNOWN
    assert tell(sqlite_engine, "dvc0", FAILED) is Settled.UNKNOWN


def test_many_who_tell_the_same_at_once_settle_it_once(engine: Engine) -> None:
    """Callback and query race in several processes: one transition, one message to the citizen."""
    for number in range(5):
        reference = begun(engine, code=f"000.00.14.H49-261120-000{number}").reference
        start = Barrier(8)

        def race(told: Told, reference: str = reference, start: Barrier = start) -> Settled:
            start.wait()
            return tell(engine, reference, told)

        with ThreadPoolExecutor(8) as pool:
            ended = list(pool.map(race, [PAID] * 6 + [PENDING, FAILED]))
        paid = ended[:6]
        assert (paid.count(Settled.APPLIED), paid.count(Settled.REPEATED)) == (1, 5)
        assert state_of(engine, reference) is PaymentState.PAID
        with engine.connect() as connection:
            query = select(payment_news.c.state).where(payment_news.c.reference == reference)
            told = list(connection.execute(query).scalars())
        assert told.count("paid") == 1


def test_right_and_wrong_sum_at_once_end_in_one_of_the_two_for_good(engine: Engine) -> None:
    for number in range(5):
        reference = begun(engine, code=f"000.00.14.H49-261120-000{number}").reference
        start = Barrier(2)

        def race(amount: int, reference: str = reference, start: Barrier = start) -> Settled:
            start.wait()
            return tell(engine, reference, Told(PaymentState.PAID, amount, f"GD{amount}"))

        with ThreadPoolExecutor(2) as pool:
            right, wrong = pool.map(race, [50000, 1])
        pair = (state_of(engine, reference), right, wrong)
        assert pair in (
            (PaymentState.PAID, Settled.APPLIED, Settled.SECOND),
            (PaymentState.MISMATCH, Settled.MISMATCH, Settled.MISMATCH),
        )


def test_news_are_taken_once_by_many_and_only_the_newest_is_told(engine: Engine) -> None:
    failed_first = begun(engine)
    tell(engine, failed_first.reference, FAILED)
    tell(engine, failed_first.reference, PAID)
    other = begun(engine, code="000.00.14.H49-261120-0002")
    tell(engine, other.reference, Told(PaymentState.PAID, 1, "GD9"))

    def take(_: int) -> list[tuple[str, PaymentState]]:
        with engine.begin() as connection:
            return [(news.reference, news.state) for news in take_news(connection, NOW + 100)]

    with ThreadPoolExecutor(4) as pool:
        taken = [news for found in pool.map(take, range(4)) for news in found]
    assert sorted(taken) == sorted(
        [(failed_first.reference, PaymentState.PAID), (other.reference, PaymentState.MISMATCH)]
    )


def test_news_not_told_because_the_transaction_failed_come_again(sqlite_engine: Engine) -> None:
    tell(sqlite_engine, begun(sqlite_engine).reference, PAID)
    with sqlite_engine.connect() as connection, connection.begin() as lost:
        assert len(take_news(connection, NOW)) == 1
        lost.rollback()
    with sqlite_engine.begin() as connection:
        (news,) = take_news(connection, NOW)
    assert (news.conversation_id, news.amount, news.at) == (CONVERSATION, 50000, NOW + 60)


def test_each_state_reached_is_counted_once(sqlite_engine: Engine) -> None:
    """By hand: three payments, two paid (one told twice), one expired."""

    def count(state: str) -> float:
        return REGISTRY.get_sample_value("qn_payments_total", {"state": state}) or 0.0

    before = {state: count(state) for state in ("created", "paid", "expired")}
    one, two, three = (
        begun(sqlite_engine, PaymentState.CREATED, f"000.00.14.H49-261120-000{number}").reference
        for number in range(3)
    )
    for reference in (one, one, two):
        tell(sqlite_engine, reference, PAID)
    with sqlite_engine.begin() as connection:
        assert move(connection, three, PaymentState.EXPIRED, NOW)
        assert not move(connection, three, PaymentState.EXPIRED, NOW)
    after = {state: count(state) - number for state, number in before.items()}
    assert after == {"created": 3, "paid": 2, "expired": 1}
