"""Confirmations of the double of the payment platform, right and wrong, over HTTP."""

from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.payments.confirming import PATH
from bot.payments.states import PaymentState
from tests.doubles.gov.government import Government
from tests.doubles.gov.serving import Serving
from tests.gateways.contract_till import Till


def test_a_confirmation_twice_counts_once(engine: Engine, gov: Government) -> None:
    """Lost: the citizen is thanked twice, or the platform repeats itself without end."""
    till = Till(engine, gov)
    with Serving(Starlette(routes=till.routes)) as gateway:
        bill = till.start()
        gov.pay(bill.reference)
        message = gov.confirm(bill.reference)
        replies = [gov.send(gateway.url + PATH, message) for _ in range(3)]
    assert [(each.status, each.code) for each in replies] == [(200, "00")] * 3
    assert replies[0].body == replies[2].body
    assert till.state(bill.reference) is PaymentState.PAID


def test_a_forged_confirmation_pays_nothing(engine: Engine, gov: Government) -> None:
    """Lost: whoever knows a reference gets a fee paid for nothing."""
    till = Till(engine, gov)
    with Serving(Starlette(routes=till.routes)) as gateway:
        bill = till.start()
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
        assert till.state(bill.reference) is PaymentState.STARTED
        other = gov.send(gateway.url + PATH, gov.confirm(bill.reference, MaThamChieu="dvc-khac"))
        assert other.code == "01"
        assert gov.send(gateway.url + PATH, right).code == "00"
    assert till.state(bill.reference) is PaymentState.PAID


def test_another_sum_is_not_a_paid_fee(engine: Engine, gov: Government) -> None:
    """Lost: a dossier goes on with a fee of one đồng."""
    till = Till(engine, gov)
    with Serving(Starlette(routes=till.routes)) as gateway:
        bill = till.start()
        gov.pay(bill.reference)
        assert gov.send(gateway.url + PATH, gov.confirm(bill.reference, SoTien="1")).code != "00"
    assert till.state(bill.reference) is PaymentState.MISMATCH


def test_confirmations_in_the_wrong_order(engine: Engine, gov: Government) -> None:
    """Lost: a late message about a first, failed try takes back what was paid."""
    till = Till(engine, gov)
    with Serving(Starlette(routes=till.routes)) as gateway:
        bill = till.start()
        gov.fail(bill.reference)
        failed = gov.confirm(bill.reference)
        gov.pay(bill.reference)
        paid = gov.confirm(bill.reference)
        assert failed["MaLoi"] != "00"
        assert [gov.send(gateway.url + PATH, each).status for each in (paid, failed)] == [200, 200]
    assert till.state(bill.reference) is PaymentState.PAID
