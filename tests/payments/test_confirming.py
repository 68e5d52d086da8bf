"""What is lost when these fail: money the platform told us of and we forgot, or money nobody ever paid."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import select
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.payments.bill import Bill
from bot.payments.confirming import MAX_BYTES, PATH, Confirmations, Fate
from bot.payments.hashing import digest
from bot.payments.news import take_news
from bot.payments.queries import Queries
from bot.payments.states import PaymentState, Way
from bot.payments.tables import payment
from tests.doubles.gov.government import Government
from tests.doubles.gov.hashes import signature
from tests.doubles.gov.serving import Serving
from tests.payments.making import NOW, Clock, access, begun, cashier, order, state_of


@contextmanager
def serving(confirmations: Confirmations) -> Iterator[str]:
    """Its route on a free port of this machine."""
    with Serving(Starlette(routes=confirmations.routes())) as served:
        yield f"{served.url}{PATH}"


def confirmations(engine: Engine, clock: Clock) -> Confirmations:
    return Confirmations(engine, access(), clock)


def message(bill: Bill, **changes: Any) -> bytes:
    """A signed CONFIRM of the full sum."""
    fields = {
        "LoaiBanTin": "CONFIRM",
        "MaLoi": "00",
        "MaDoiTac": "DT01",
        "MaThamChieu": bill.reference,
        "SoTien": "50000",
        "MaTienTe": "VND",
        "MaGiaoDich": "GD1",
        "MaNganHang": "BANK",
        "ThoiGianGD": "20261122090500",
        "ThongTinGiaoDich": "THANH TOAN HO SO",
        **changes,
    }
    return json.dumps({**fields, "MaXacThuc": signature(fields, "secret")}).encode()


def paid_at_the_platform(engine: Engine, gov: Government, clock: Clock) -> Bill:
    bill = cashier(engine, gov.payment_url, clock).start(order(), Way.PLATFORM)
    assert bill is not None
    gov.pay(bill.reference)
    return bill


def test_the_platform_tells_and_the_citizen_hears(engine: Engine, gov: Government, clock: Clock) -> None:
    bill = paid_at_the_platform(engine, gov, clock)
    with serving(confirmations(engine, clock)) as url:
        reply = gov.send(url, gov.confirm(bill.reference))
    assert (reply.status, reply.code) == (200, "00")
    assert state_of(engine, bill.reference) is PaymentState.PAID
    with engine.begin() as connection:
        (news,) = take_news(connection, NOW)
    assert (news.state, news.amount) == (PaymentState.PAID, 50000)


def test_the_reply_is_signed_over_its_own_fields(sqlite_engine: Engine, clock: Clock) -> None:
    bill = begun(sqlite_engine)
    fate, raw = confirmations(sqlite_engine, clock).take(message(bill))
    reply = json.loads(raw)
    assert fate is Fate.TAKEN and set(reply) == {
        "MaLoi",
        "MoTaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "ThoiGianGD",
        "MaXacThuc",
    }
    signed = [reply[name] for name in ("MaLoi", "MoTaLoi", "MaDoiTac", "MaThamChieu", "ThoiGianGD")]
    assert signed == ["00", "Thanh cong", "DT01", bill.reference, "20261122090000"]
    assert reply["MaXacThuc"] == digest(signed, "secret")


def test_a_payment_confirmed_twice_is_answered_the_same_and_told_once(
    engine: Engine, gov: Government, clock: Clock
) -> None:
    bill = paid_at_the_platform(engine, gov, clock)
    told = gov.confirm(bill.reference)
    with serving(confirmations(engine, clock)) as url:
        first = gov.send(url, told)
        clock.now += 3600
        assert gov.send(url, told) == first
        assert gov.send(url, told) == first
    with engine.begin() as connection:
        assert len(take_news(connection, NOW)) == 1


def test_duplicates_at_once_settle_once(engine: Engine, clock: Clock) -> None:
    bill, desk = begun(engine), confirmations(engine, clock)
    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(desk.take, [message(bill)] * 8))
    assert len(set(ended)) == 1 and ended[0][0] is Fate.TAKEN
    with engine.begin() as connection:
        assert len(take_news(connection, NOW)) == 1


def test_callback_and_query_at_once_settle_once(engine: Engine, gov: Government, clock: Clock) -> None:
    for _ in range(3):
        till = cashier(engine, gov.payment_url, clock)
        bill = till.start(order(f"H49.22-261120-{int(clock.now) % 9999:04d}"), Way.PLATFORM)
        assert bill is not None
        gov.pay(bill.reference)
        told = gov.confirm(bill.reference)
        clock.now += 120
        desk = confirmations(engine, clock)
        client = till._client
        with ThreadPoolExecutor(3) as pool:
            asked = pool.submit(Queries(engine, client).once, clock.now)
            taken = [pool.submit(desk.take, json.dumps(told).encode()) for _ in range(2)]
            assert {each.result()[0] for each in taken} == {Fate.TAKEN}
            assert asked.result().settled in (0, 1)
        assert state_of(engine, bill.reference) is PaymentState.PAID
        with engine.begin() as connection:
            assert len(take_news(connection, NOW)) == 1


def test_nobody_else_can_say_that_money_has_come(engine: Engine, gov: Government, clock: Clock) -> None:
    bill = paid_at_the_platform(engine, gov, clock)
    told = gov.confirm(bill.reference)
    with serving(confirmations(engine, clock)) as url:
        for forged in (
            gov.wrong_hash(told),
            {**told, "SoTien": "1"},
            {**told, "MaXacThuc": ""},
            {key: value for key, value in told.items() if key != "MaXacThuc"},
            gov.confirm(bill.reference, MaDoiTac="DT02"),
            gov.confirm(bill.reference, LoaiBanTin="QUERY"),
        ):
            reply = gov.send(url, forged)
            assert (reply.status, reply.code) == (401, "97"), forged
            assert "MaXacThuc" not in reply.body
    assert state_of(engine, bill.reference) is PaymentState.STARTED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"not json",
        b"\xff\xfe",
        b"[" * 9000,
        b'{"LoaiBanTin":"CONFIRM"}',
        b'{"LoaiBanTin":"CONFIRM","MaLoi":{},"MaDoiTac":"DT01","MaThamChieu":"x","SoTien":1,"ThoiGianGD":"1"}',
        b'{"LoaiBanTin":"CONFIRM","MaLoi":0,"MaDoiTac":"DT01","MaThamChieu":"a|b","SoTien":1,"ThoiGianGD":"1"}',
        b'{"LoaiBanTin":"CONFIRM","MaLoi":0,"MaDoiTac":"D","MaThamChieu":"\\u0000","SoTien":1,"ThoiGianGD":1}',
        b'{"LoaiBanTin":"CONFIRM","MaLoi":0,"MaDoiTac":"D","MaThamChieu":"x","SoTien":1.5,"ThoiGianGD":"1"}',
    ],
)
def test_nonsense_is_refused_and_touches_nothing(raw: bytes, clock: Clock) -> None:
    desk = Confirmations(None, access(), clock)
    assert desk.take(raw)[0] is Fate.MALFORMED


def test_a_body_without_end_is_not_read(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    with serving(confirmations(sqlite_engine, clock)) as url:
        reply = gov.send(url, b" " * (MAX_BYTES + 1))
    assert (reply.status, reply.code) == (413, "99")


def test_a_payment_we_never_began_is_said_so(sqlite_engine: Engine, clock: Clock) -> None:
    """Genuine, but for somebody else's row: refused, so that the platform's staff look into it."""
    bill = begun(sqlite_engine)
    raw = message(bill, MaThamChieu="dvc0")
    fate, reply = confirmations(sqlite_engine, clock).take(raw)
    assert (fate, json.loads(reply)["MaLoi"]) == (Fate.UNKNOWN, "01")


def test_a_transfer_cannot_be_confirmed_by_the_platform(sqlite_engine: Engine, clock: Clock) -> None:
    bill = cashier(sqlite_engine, None, clock).start(order(), Way.TRANSFER)
    assert bill is not None
    assert confirmations(sqlite_engine, clock).take(message(bill))[0] is Fate.UNKNOWN
    assert state_of(sqlite_engine, bill.reference) is PaymentState.STARTED


def test_the_wrong_sum_is_refused_each_time_and_kept_for_staff(sqlite_engine: Engine, clock: Clock) -> None:
    for number, wrong in enumerate(({"SoTien": "5000"}, {"SoTien": "nhiều"}, {"MaTienTe": "USD"})):
        bill = begun(sqlite_engine, code=f"H49.22-261120-{number:04d}")
        desk = confirmations(sqlite_engine, clock)
        fate, reply = desk.take(message(bill, **wrong))
        assert (fate, json.loads(reply)["MaLoi"]) == (Fate.AMOUNT, "04")
        clock.now += 60
        assert desk.take(message(bill, **wrong)) == (fate, reply)
        assert state_of(sqlite_engine, bill.reference) is PaymentState.MISMATCH


@pytest.mark.parametrize(
    ("order_of", "ends"),
    [
        (("99", "00"), PaymentState.PAID),
        (("00", "99"), PaymentState.PAID),
        (("99", "99"), PaymentState.FAILED),
        ((0, "0"), PaymentState.PAID),
    ],
)
def test_words_in_any_order_end_in_the_truth(
    sqlite_engine: Engine, clock: Clock, order_of: tuple[str | int, ...], ends: PaymentState
) -> None:
    bill, desk = begun(sqlite_engine), confirmations(sqlite_engine, clock)
    for code in order_of:
        assert desk.take(message(bill, MaLoi=code))[0] is Fate.TAKEN
    assert state_of(sqlite_engine, bill.reference) is ends


def test_numbers_instead_of_texts_are_taken(sqlite_engine: Engine, clock: Clock) -> None:
    bill = begun(sqlite_engine)
    raw = message(bill, MaLoi=0, SoTien=50000, MaGiaoDich=123, ThoiGianGD=20261122090500)
    assert confirmations(sqlite_engine, clock).take(raw)[0] is Fate.TAKEN
    with sqlite_engine.connect() as connection:
        assert connection.execute(select(payment.c.transaction_id)).scalar_one() == "123"


def test_without_a_database_the_platform_is_asked_to_come_again(sqlite_engine: Engine, clock: Clock) -> None:
    bill = begun(sqlite_engine)
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE payment RENAME TO away")
    fate, reply = confirmations(sqlite_engine, clock).take(message(bill))
    assert (fate, json.loads(reply)["MaLoi"]) == (Fate.FAILED, "99")
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO payment")
    assert confirmations(sqlite_engine, clock).take(message(bill))[0] is Fate.TAKEN


def test_calls_are_counted_by_what_became_of_them(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    """By hand: two taken, one forged."""

    def count(fate: str) -> float:
        return REGISTRY.get_sample_value("qn_payment_confirms_total", {"fate": fate}) or 0.0

    before = {fate: count(fate) for fate in ("taken", "forged")}
    bill = paid_at_the_platform(sqlite_engine, gov, clock)
    told = gov.confirm(bill.reference)
    with serving(confirmations(sqlite_engine, clock)) as url:
        for each in (told, told, gov.wrong_hash(told)):
            gov.send(url, each)
    assert {fate: count(fate) - number for fate, number in before.items()} == {"taken": 2, "forged": 1}
