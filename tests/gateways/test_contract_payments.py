"""Payments against the double of the payment platform: what both must mean by a message."""

import asyncio

import pytest
from sqlalchemy.engine import Engine

from bot.aside import working
from bot.payments.client import PlatformDownError, RefusedError
from bot.payments.states import PaymentState, Way
from tests.doubles.gov.faults import Kind
from tests.doubles.gov.government import Government
from tests.gateways.contract_till import ORDER, Till


def test_a_citizen_is_led_to_the_page_and_seen_to_pay(engine: Engine, gov: Government) -> None:
    """Lost: nobody gets to the page, or a paid fee stays open."""
    till = Till(engine, gov)
    bill = till.start()
    assert (bill.state, bill.amount) == (PaymentState.STARTED, 83000)
    assert bill.link == f"{gov.url}/thanh-toan/trang/{bill.reference}"
    (begun,) = gov.payments()
    assert (begun.amount, begun.dossier) == ("83000", ORDER.dossier)
    assert begun.init["ThoiGianGD"] == "20261122153000"
    assert [each["SoTien"] for each in begun.init["ThongTinBienLai"]["PhiLePhi"]] == ["75000", "8000"]
    with pytest.raises(RefusedError):
        till.client.bill(bill.reference)
    till.ask()
    assert till.state(bill.reference) is PaymentState.PENDING
    gov.pay(bill.reference)
    till.ask()
    till.ask()
    assert till.state(bill.reference) is PaymentState.PAID
    assert till.client.bill(bill.reference).startswith(b"%PDF-")


def test_a_payment_that_fails_is_seen(engine: Engine, gov: Government) -> None:
    """Lost: the citizen waits for a payment that the bank refused."""
    till = Till(engine, gov)
    bill = till.start()
    gov.fail(bill.reference)
    till.ask()
    assert till.state(bill.reference) is PaymentState.FAILED


def test_asking_twice_is_one_payment(engine: Engine, gov: Government) -> None:
    """Lost: a citizen pays twice for pressing twice."""
    till = Till(engine, gov)
    assert till.start() == till.start()
    assert (len(gov.payments()), gov.inits()) == (1, 1)


LOST: list[Kind] = ["error", "html", "maintenance", "truncated", "broken", "redirect", "reset", "timeout"]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize("kind", LOST)
def test_a_lost_answer_never_makes_two_payments(
    kind: Kind, accepted: bool, sqlite_engine: Engine, gov: Government
) -> None:
    """Lost: a citizen gets two pages for one fee, or none for ever."""
    till = Till(sqlite_engine, gov)
    gov.fault(kind, "INIT", accepted=accepted, times=2)
    assert till.cashier.start(ORDER, Way.PLATFORM) is None
    bill = till.start()
    assert [each.reference for each in gov.payments()] == [bill.reference]
    assert bill.link.endswith(bill.reference)


@pytest.mark.parametrize("kind", LOST)
def test_no_answer_to_a_question_changes_nothing(kind: Kind, sqlite_engine: Engine, gov: Government) -> None:
    """Lost: a payment is given up, or taken for paid, because the platform is down."""
    till = Till(sqlite_engine, gov)
    bill = till.start()
    gov.pay(bill.reference)
    gov.fault(kind, "QUERY", times=2)
    till.ask()
    assert till.state(bill.reference) is PaymentState.STARTED
    till.ask()
    assert till.state(bill.reference) is PaymentState.PAID


@pytest.mark.parametrize("changes", [{"secret": "khac"}, {"partner": "khac"}, {"token": "khac"}])
def test_wrong_access_begins_nothing(changes: dict[str, str], sqlite_engine: Engine, gov: Government) -> None:
    """Lost: a mistake in the settings leads citizens to a page that is none."""
    till = Till(sqlite_engine, gov, **changes)
    assert till.cashier.start(ORDER, Way.PLATFORM) is None
    assert gov.payments() == []
    with pytest.raises((RefusedError, PlatformDownError)):
        till.client.bill("dvc1")


async def test_others_are_answered_while_a_payment_is_begun(sqlite_engine: Engine, gov: Government) -> None:
    """Lost: the whole assistant is silent while the platform takes its time for one citizen."""
    till = Till(sqlite_engine, gov, timeout=10)
    gate = gov.gate("INIT")
    beginning = asyncio.create_task(working(till.start))
    await asyncio.to_thread(gate.wait_reached)
    assert await working(lambda: "answered") == "answered" and not beginning.done()
    gate.release()
    assert (await beginning).state is PaymentState.STARTED
