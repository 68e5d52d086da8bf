"""What tests of payments are made with: orders, a till over a database, a clock that is set."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.following.state import FeeDue
from bot.payments import store
from bot.payments.bill import Bill, Order, Owed, Standing
from bot.payments.cashier import Cashier
from bot.payments.client import Access, Client
from bot.payments.states import PaymentState, Way
from bot.payments.tables import payment
from bot.payments.transfer import Account

NOW = 1795312800.0
"""22/11/2026 09:00 in Vietnam."""
CODE = "000.00.14.H49-261120-0001"
SITE = "https://tro-ly.example.vn"
CONVERSATION = "c" * 32
ACCOUNT = Account("970415", "113366668888", "TRUNG TAM PVHCC")
ITEMS = (FeeDue("Lệ phí cấp bản sao", 8000, "LP01"), FeeDue("Phí chứng thực", 42000, "P02"))


@dataclass
class Clock:
    """POSIX seconds a test sets."""

    now: float = NOW

    def __call__(self) -> float:
        return self.now


def owed(*items: FeeDue) -> Owed:
    """50.000 đồng in two fees unless told otherwise."""
    return Owed(Standing.OWED, items or ITEMS, "2.000635", "Cấp bản sao trích lục hộ tịch", "H49.115", "UBND")


def order(code: str = CODE, *items: FeeDue, conversation_id: str = CONVERSATION) -> Order:
    return Order(code, owed(*items), conversation_id, "d" * 12)


def access(url: str = "http://127.0.0.1:9", timeout: float = 5.0, **fields: str) -> Access:
    """Of the double, with its defaults."""
    given = {"partner": "DT01", "secret": "secret", "token": "token-lgsp-thu-nghiem", **fields}
    return Access(url, given["partner"], given["secret"], given["token"], timeout)


def cashier(engine: Engine, url: str | None, clock: Clock, account: Account | None = ACCOUNT) -> Cashier:
    client = Client(access(url), clock) if url else None
    return Cashier(engine, client, account, SITE, clock)


def begun(engine: Engine, state: PaymentState = PaymentState.STARTED, code: str = CODE) -> Bill:
    """A payment by the platform that stands like this, without any platform."""
    with engine.begin() as connection:
        bill = store.begin(connection, order(code), Way.PLATFORM, SITE, NOW)
        values = {"state": state.value, "url": "https://thanh-toan.example.vn/1"}
        connection.execute(payment.update().where(payment.c.reference == bill.reference).values(values))
    return bill


def state_of(engine: Engine, reference: str) -> PaymentState:
    with engine.connect() as connection:
        query = select(payment.c.state).where(payment.c.reference == reference)
        return PaymentState(connection.execute(query).scalar_one())
