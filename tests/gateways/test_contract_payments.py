"""Payments against the double of the payment platform: what both must mean by a message."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.following.state import FeeDue
from bot.gateways.values import LOCAL
from bot.payments.bill import Bill, Order, Owed, Standing
from bot.payments.cashier import Cashier
from bot.payments.client import Access, Client, PlatformDownError, RefusedError
from bot.payments.confirming import PATH, Confirmations
from bot.payments.queries import Queries
from bot.payments.states import PaymentState, Way
from tests.doubles.gov.faults import Kind
from tests.doubles.gov.government import Government
from tests.doubles.gov.serving import Serving
from tests.payments.making import state_of

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=LOCAL).timestamp()
FEES = (FeeDue("Lệ phí", 75000, "LP1"), FeeDue("Bản sao", 8000, "LP2"))
OWED = Owed(
    Standing.OWED, FEES, "1.013225", "Cấp giấy phép xây dựng", "000.00.22.H49", "UBND phường Bãi Cháy"
)
ORDER = Order("H49.22-261122-0001", OWED, "c1")


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


class Counter:
    """The payments of one gateway, with its page for confirmations. ``now`` moves with ``ask``."""

    def __init__(self, engine: Engine, gov: Government, **changes: Any) -> None:
        self.now, self._engine = NOW, engine
        own = gov.settings
        values = {"url": gov.payment_url, "partner": own.partner, "secret": own.secret}
        access = Access(**{**values, "token": own.payment_token, "timeout": 0.5, **changes})
        self.client = Client(access, lambda: self.now)
        self.cashier = Cashier(engine, self.client, None, "https://example.vn", lambda: self.now)
        self.routes = Confirmations(engine, access, lambda: self.now).routes()

    def start(self) -> Bill:
        bill = self.cashier.start(ORDER, Way.PLATFORM)
        assert bill is not None
        return bill

    def ask(self) -> None:
        self.now += 1800
        Queries(self._engine, self.client).once(self.now)

    def state(self, reference: str) -> PaymentState:
        return state_of(self._engine, reference)


def test_a_citizen_is_led_to_the_page_and_seen_to_pay(engine: Engine, gov: Government) -> None:
    """Lost: nobody gets to the page, or a paid fee stays open."""
    counter = Counter(engine, gov)
    bill = counter.start()
    assert (bill.state, bill.amount) == (PaymentState.STARTED, 83000)
    assert bill.link == f"{gov.url}/thanh-toan/trang/{bill.reference}"
    (begun,) = gov.payments()
    assert (begun.amount, begun.dossier) == ("83000", ORDER.dossier)
    assert begun.init["ThoiGianGD"] == "20261122153000"
    assert [each["SoTien"] for each in begun.init["ThongTinBienLai"]["PhiLePhi"]] == ["75000", "8000"]
    with pytest.raises(RefusedError):
        counter.client.bill(bill.reference)
    counter.ask()
    assert counter.state(bill.reference) is PaymentState.PENDING
    gov.pay(bill.reference)
    counter.ask()
    counter.ask()
    assert counter.state(bill.reference) is PaymentState.PAID
    assert counter.client.bill(bill.reference).startswith(b"%PDF-")


def test_a_payment_that_fails_is_seen(engine: Engine, gov: Government) -> None:
    """Lost: the citizen waits for a payment that the bank refused."""
    counter = Counter(engine, gov)
    bill = counter.start()
    gov.fail(bill.reference)
    counter.ask()
    assert counter.state(bill.reference) is PaymentState.FAILED


def test_asking_twice_is_one_payment(engine: Engine, gov: Government) -> None:
    """Lost: a citizen pays twice for pressing twice."""
    counter = Counter(engine, gov)
    assert counter.start() == counter.start()
    assert (len(gov.payments()), gov.inits()) == (1, 1)


LOST: list[Kind] = ["error", "html", "maintenance", "truncated", "broken", "redirect", "reset", "timeout"]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("kind", LOST)
def test_a_lost_answer_never_makes_two_payments(
    kind: Kind, accepted: bool, sqlite_engine: Engine, gov: Government
) -> None:
    """Lost: a citizen gets two pages for one fee, or none for ever."""
    counter = Counter(sqlite_engine, gov)
    gov.fault(kind, "INIT", accepted=accepted, times=2)
    assert counter.cashier.start(ORDER, Way.PLATFORM) is None
    bill = counter.start()
    assert [each.reference for each in gov.payments()] == [bill.reference]
    assert bill.link.endswith(bill.reference)


@pytest.mark.parametrize("kind", LOST)
def test_no_answer_to_a_question_changes_nothing(kind: Kind, sqlite_engine: Engine, gov: Government) -> None:
    """Lost: a payment is given up, or taken for paid, because the platform is down."""
    counter = Counter(sqlite_engine, gov)
    bill = counter.start()
    gov.pay(bill.reference)
    gov.fault(kind, "QUERY", times=2)
    counter.ask()
    assert counter.state(bill.reference) is PaymentState.STARTED
    counter.ask()
    assert counter.state(bill.reference) is PaymentState.PAID


@pytest.mark.parametrize("changes", [{"secret": "khac"}, {"partner": "khac"}, {"token": "khac"}])
def test_wrong_access_begins_nothing(changes: dict[str, str], sqlite_engine: Engine, gov: Government) -> None:
    """Lost: a mistake in the settings leads citizens to a page that is none."""
    counter = Counter(sqlite_engine, gov, **changes)
    assert counter.cashier.start(ORDER, Way.PLATFORM) is None
    assert gov.payments() == []
    with pytest.raises((RefusedError, PlatformDownError)):
        counter.client.bill("dvc1")


def test_a_confirmation_twice_counts_once(engine: Engine, gov: Government) -> None:
    """Lost: the citizen is thanked twice, or the platform repeats itself without end."""
    counter = Counter(engine, gov)
    with Serving(Starlette(routes=counter.routes)) as gateway:
        bill = counter.start()
        gov.pay(bill.reference)
        message = gov.confirm(bill.reference)
        replies = [gov.send(gateway.url + PATH, message) for _ in range(3)]
    assert [(each.status, each.code) for each in replies] == [(200, "00")] * 3
    assert replies[0].body == replies[2].body
    assert counter.state(bill.reference) is PaymentState.PAID


def test_a_forged_confirmation_pays_nothing(engine: Engine, gov: Government) -> None:
    """Lost: whoever knows a reference gets a fee paid for nothing."""
    counter = Counter(engine, gov)
    with Serving(Starlette(routes=counter.routes)) as gateway:
        bill = counter.start()
        gov.pay(bill.reference)
        right = gov.confirm(bill.reference)
        forged = [
            gov.wrong_hash(right),
            {**right, "MaXacThuc": ""},
            {**right, "SoTien": "1"},
            {key: value for key, value in right.items() if key != "MaXacThuc"},
            b"{",
            [],
        ]
        replies = [gov.send(gateway.url + PATH, each) for each in forged]
        assert all(each.code not in ("0", "00") for each in replies)
        assert counter.state(bill.reference) is PaymentState.STARTED
        other = gov.send(gateway.url + PATH, gov.confirm(bill.reference, MaThamChieu="dvc-khac"))
        assert other.code == "01"
        assert gov.send(gateway.url + PATH, right).code == "00"
    assert counter.state(bill.reference) is PaymentState.PAID


def test_another_sum_is_not_a_paid_fee(engine: Engine, gov: Government) -> None:
    """Lost: a dossier goes on with a fee of one đồng."""
    counter = Counter(engine, gov)
    with Serving(Starlette(routes=counter.routes)) as gateway:
        bill = counter.start()
        gov.pay(bill.reference)
        assert gov.send(gateway.url + PATH, gov.confirm(bill.reference, SoTien="1")).code != "00"
    assert counter.state(bill.reference) is PaymentState.MISMATCH


def test_confirmations_in_the_wrong_order(engine: Engine, gov: Government) -> None:
    """Lost: a late message about a first, failed try takes back what was paid."""
    counter = Counter(engine, gov)
    with Serving(Starlette(routes=counter.routes)) as gateway:
        bill = counter.start()
        gov.fail(bill.reference)
        failed = gov.confirm(bill.reference)
        gov.pay(bill.reference)
        paid = gov.confirm(bill.reference)
        assert failed["MaLoi"] != "00"
        assert [gov.send(gateway.url + PATH, each).status for each in (paid, failed)] == [200, 200]
    assert counter.state(bill.reference) is PaymentState.PAID
