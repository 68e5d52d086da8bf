"""The payments of one gateway, for contract tests against the double of the payment platform."""

from datetime import datetime
from typing import Any

from sqlalchemy.engine import Engine

from bot.following.state import FeeDue
from bot.gateways.values import LOCAL
from bot.payments.bill import Bill, Order, Owed, Standing
from bot.payments.cashier import Cashier
from bot.payments.client import Access, Client
from bot.payments.confirming import Confirmations
from bot.payments.queries import Queries
from bot.payments.states import PaymentState, Way
from tests.doubles.gov.government import Government
from tests.payments.making import state_of

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=LOCAL).timestamp()
FEES = (FeeDue("Lệ phí", 75000, "LP1"), FeeDue("Bản sao", 8000, "LP2"))
OWED = Owed(
    Standing.OWED, FEES, "1.013225", "Cấp giấy phép xây dựng", "000.00.22.H49", "UBND phường Bãi Cháy"
)
ORDER = Order("H49.22-261122-0001", OWED, "c1")


class Till:
    """With its page for confirmations. ``now`` moves with ``ask``."""

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
