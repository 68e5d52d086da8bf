"""What is lost when these fail: a payment asked for twice, or a page to pay on nobody knows of."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.following.state import FeeDue
from bot.payments import store
from bot.payments.bill import Bill
from bot.payments.client import Client, PlatformDownError, RefusedError
from bot.payments.messages import Init
from bot.payments.queries import Queries
from bot.payments.references import new_reference
from bot.payments.settling import Told, settle
from bot.payments.states import PaymentState, Way
from bot.payments.tables import payment
from tests.doubles.gov.government import Government
from tests.payments.making import ACCOUNT, CODE, NOW, SITE, Clock, access, cashier, order, state_of


def started(bill: Bill | None) -> Bill:
    assert bill is not None
    return bill


def rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(payment)).scalar_one())


@pytest.mark.parametrize("code", [CODE, "H49.115.12.10-261120-000123"])
def test_a_reference_fits_the_protocol_and_a_button(code: str) -> None:
    reference = new_reference(code, NOW)
    assert reference.startswith("dvc" + code.replace(".", "").replace("-", "") + "20261122090000")
    assert len(f"pay:state:{reference}") <= 64
    assert len({new_reference(code, NOW) for _ in range(1000)}) == 1000


def test_a_payment_begins_with_a_message_the_platform_accepts(
    engine: Engine, gov: Government, clock: Clock
) -> None:
    bill = started(cashier(engine, gov.payment_url, clock).start(order(), Way.PLATFORM))
    assert (bill.state, bill.amount) == (PaymentState.STARTED, 50000)
    sent = gov.payment(bill.reference)
    assert bill.link.endswith(bill.reference) and bill.link.startswith(gov.url)
    assert (sent.amount, sent.dossier) == ("50000", CODE)
    assert sent.init["ThongTinGiaoDich"] == f"THANH TOAN HO SO {CODE}"
    receipt = sent.init["ThongTinBienLai"]
    assert [fee["SoTien"] for fee in receipt["PhiLePhi"]] == ["8000", "42000"]
    assert (receipt["MaDVC"], receipt["TKThuHuong"]) == ("2.000635.01", "113366668888")


def test_who_pays_never_leaves_this_program(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    bill = started(cashier(sqlite_engine, gov.payment_url, clock).start(order(), Way.PLATFORM))
    receipt = gov.payment(bill.reference).init["ThongTinBienLai"]
    for name in ("HoTenNguoiNop", "SoCMNDNguoiNop", "DiaChiNguoiNop", "HuyenNguoiNop", "TinhNguoiNop"):
        assert receipt[name] == ""
    assert gov.payment(bill.reference).init["Ip"] == "127.0.0.1"


def test_a_turn_that_runs_again_shows_the_same_payment(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    till = cashier(sqlite_engine, gov.payment_url, clock)
    bills = {started(till.start(order(), Way.PLATFORM)).reference for _ in range(3)}
    assert len(bills) == 1 and gov.inits() == 1 and rows(sqlite_engine) == 1


def test_many_presses_at_once_begin_one_payment(engine: Engine, gov: Government, clock: Clock) -> None:
    tills = [cashier(engine, gov.payment_url, clock) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        bills = list(pool.map(lambda till: started(till.start(order(), Way.PLATFORM)), tills))
    assert len({bill.reference for bill in bills}) == 1
    assert len({bill.link for bill in bills}) == 1
    assert rows(engine) == 1 and len(gov.payments()) == 1


@pytest.mark.parametrize("repeated", ["same", "refused"])
def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_reference(
    engine: Engine, gov: Government, clock: Clock, repeated: str
) -> None:
    """The platform knows the payment, we never saw its page: no second one for the same money."""
    gov.configure(repeated_init=repeated)
    gov.die_after("INIT")
    bill = started(cashier(engine, gov.payment_url, clock).start(order(), Way.PLATFORM))
    assert bill.state is PaymentState.STARTED and bill.link
    if repeated == "same":
        assert gov.inits(bill.reference) == 2 and len(gov.payments()) == 1
    else:
        # Its page is known to nobody and cannot be paid on; the next one has a page.
        assert [state_of(engine, each.reference) for each in gov.payments()] == [
            PaymentState.FAILED,
            PaymentState.STARTED,
        ]


@pytest.mark.parametrize("kind", ["error", "html", "maintenance", "truncated", "redirect", "reset", "broken"])
def test_a_platform_in_trouble_gives_no_page_and_the_row_waits(
    sqlite_engine: Engine, gov: Government, clock: Clock, kind: str
) -> None:
    till = cashier(sqlite_engine, gov.payment_url, clock)
    gov.fault(kind, "INIT", times=2)  # type: ignore[arg-type]
    assert till.start(order(), Way.PLATFORM) is None
    assert rows(sqlite_engine) == 1
    bill = started(till.start(order(), Way.PLATFORM))
    assert bill.state is PaymentState.STARTED and rows(sqlite_engine) == 1


def test_a_platform_that_is_silent_is_left_after_the_time_limit(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    client = Client(access(gov.payment_url, timeout=0.2), clock)
    with gov.fault("timeout", "QUERY", times=None), pytest.raises(PlatformDownError):
        client.query("dvc1")


def test_a_platform_that_fails_again_and_again_is_left_alone(gov: Government, clock: Clock) -> None:
    client = Client(access(gov.payment_url), clock)
    gov.fault("error", "QUERY", times=None)
    for _ in range(5):
        with pytest.raises(PlatformDownError):
            client.query("dvc1")
    assert len(gov.calls("QUERY")) == 5


def test_a_wrong_secret_is_an_answer_and_no_trouble(gov: Government, clock: Clock) -> None:
    """Refusals must not open the breaker for everybody."""
    client = Client(access(gov.payment_url, secret="other"), clock)
    message = Init(
        partner="DT01", reference="dvc1", amount="1", info="A", at="20261122090000", ip="127.0.0.1"
    )
    for _ in range(7):
        with pytest.raises(RefusedError, match="97"):
            client.init(message)


def test_a_bill_is_a_pdf_once_it_is_paid(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    bill = started(cashier(sqlite_engine, gov.payment_url, clock).start(order(), Way.PLATFORM))
    client = Client(access(gov.payment_url), clock)
    with pytest.raises(RefusedError):
        client.bill(bill.reference)
    gov.pay(bill.reference)
    assert client.bill(bill.reference).startswith(b"%PDF-")


def test_checking_asks_the_platform_and_settles_without_news(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    """The citizen is told in the same turn; a message on top would say it twice."""
    till = cashier(sqlite_engine, gov.payment_url, clock)
    bill = started(till.start(order(), Way.PLATFORM))
    assert started(till.check(bill.reference)).state is PaymentState.PENDING
    gov.pay(bill.reference)
    assert started(till.check(bill.reference)).state is PaymentState.PAID
    asked = gov.queries(bill.reference)
    assert started(till.check(bill.reference)).state is PaymentState.PAID
    assert gov.queries(bill.reference) == asked
    assert till.check("dvc0") is None


def test_nobody_is_asked_twice_for_money_that_has_come(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    """The one-stop record may say "unpaid" for hours after the payment."""
    till = cashier(sqlite_engine, gov.payment_url, clock)
    bill = started(till.start(order(), Way.PLATFORM))
    with sqlite_engine.begin() as connection:
        settle(connection, bill.reference, Told(PaymentState.PAID, 50000, "GD1"), NOW)
    clock.now += store.QUIET_SECONDS - 1
    again = started(till.start(order(), Way.PLATFORM))
    assert (again.reference, again.state) == (bill.reference, PaymentState.PAID)
    clock.now += 2
    assert started(till.start(order(), Way.PLATFORM)).reference != bill.reference


def test_another_sum_is_another_payment(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    till = cashier(sqlite_engine, gov.payment_url, clock)
    one = started(till.start(order(), Way.PLATFORM))
    other = started(till.start(order(CODE, FeeDue("Phí", 9000)), Way.PLATFORM))
    assert one.reference != other.reference and other.amount == 9000


def test_a_failed_payment_can_be_tried_again(sqlite_engine: Engine, gov: Government, clock: Clock) -> None:
    till = cashier(sqlite_engine, gov.payment_url, clock)
    one = started(till.start(order(), Way.PLATFORM))
    gov.fail(one.reference)
    assert started(till.check(one.reference)).state is PaymentState.FAILED
    assert started(till.start(order(), Way.PLATFORM)).reference != one.reference


def test_a_transfer_has_its_page_and_needs_no_platform(sqlite_engine: Engine, clock: Clock) -> None:
    till = cashier(sqlite_engine, None, clock)
    assert till.ways == {Way.TRANSFER}
    bill = started(till.start(order(), Way.TRANSFER))
    assert bill.link.startswith(f"{SITE}/thanh-toan/") and len(bill.link.rsplit("/", 1)[1]) >= 22
    assert CODE not in bill.link
    assert started(till.start(order(), Way.TRANSFER)).link == bill.link
    with pytest.raises(ValueError, match="nothing to begin"):
        till.start(order(), Way.PLATFORM)
    assert cashier(sqlite_engine, None, clock, account=None).ways == frozenset()
    assert ACCOUNT.number == "113366668888"


def test_money_that_came_by_the_platform_is_not_asked_for_by_transfer(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    till = cashier(sqlite_engine, gov.payment_url, clock)
    bill = started(till.start(order(), Way.PLATFORM))
    with sqlite_engine.begin() as connection:
        settle(connection, bill.reference, Told(PaymentState.PAID, 50000, "GD1"), NOW)
    assert started(till.start(order(), Way.TRANSFER)) == started(till.check(bill.reference))


def test_a_page_that_comes_after_the_platform_was_asked_is_kept(
    sqlite_engine: Engine, gov: Government, clock: Clock
) -> None:
    """The worker asks about the payment while INIT is still under way."""
    till = cashier(sqlite_engine, gov.payment_url, clock)
    with ThreadPoolExecutor(1) as pool, gov.gate("INIT", accepted=True) as gate:
        begun = pool.submit(till.start, order(), Way.PLATFORM)
        gate.wait_reached()
        Queries(sqlite_engine, Client(access(gov.payment_url), clock)).once(NOW + 60)
        gate.release()
        bill = started(begun.result())
    assert bill.state is PaymentState.PENDING and bill.link
