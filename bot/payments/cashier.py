"""Begins payments: the row first, then the platform, so that no page to pay on is ever without its row."""

import logging
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.engine import Engine

from bot.payments import store
from bot.payments.bill import Bill, Order
from bot.payments.client import Client, PlatformDownError, RefusedError
from bot.payments.messages import Entry, FeeEntry, Init, Receipt
from bot.payments.settling import move, settle
from bot.payments.states import OPEN, PaymentState, Way
from bot.payments.times import stamp
from bot.payments.transfer import Account
from bot.text import fold

SENDER = "127.0.0.1"
"""``Ip`` of INIT: the address of the citizen is nobody's business."""
_NAME, _INFO = 250, 200

logger = logging.getLogger(__name__)


class Cashier:
    """The ``Till`` over a database and the platform.

    ``client``: None where there is no platform; ``account``: None where transfers are not taken; ``site``:
    public address of the gateway.
    """

    def __init__(
        self,
        engine: Engine,
        client: Client | None,
        account: Account | None,
        site: str,
        now: Callable[[], float],
    ) -> None:
        self._engine, self._client, self._account = engine, client, account
        self._page = f"{site.rstrip('/')}/thanh-toan"
        self._now = now

    @property
    def ways(self) -> frozenset[Way]:
        """What is set up here."""
        here = {Way.PLATFORM: self._client, Way.TRANSFER: self._account}
        return frozenset(way for way, there in here.items() if there is not None)

    def start(self, order: Order, way: Way) -> Bill | None:
        """See ``Till``. Raises ``ValueError`` for a way that is not set up or when nothing is owed."""
        if way not in self.ways or order.owed.amount <= 0:
            raise ValueError("there is nothing to begin")
        bill = self._begin(order, way)
        if way is Way.TRANSFER or bill.state is not PaymentState.CREATED:
            return bill
        try:
            return self._page_of(bill, order)
        except RefusedError as error:
            # The page of an INIT whose answer was lost is known to nobody: the next one replaces it.
            logger.warning("payment %s: INIT was %s", bill.reference, error)
            self._fail(bill)
        except PlatformDownError:
            return None
        bill = self._begin(order, way)
        if bill.state is not PaymentState.CREATED:
            return bill
        try:
            return self._page_of(bill, order)
        except (RefusedError, PlatformDownError) as error:
            logger.warning("payment %s: the second INIT failed too: %s", bill.reference, error)
            return None

    def check(self, reference: str) -> Bill | None:
        """See ``Till``. What is found here is told at once, so it makes no news."""
        with self._engine.connect() as connection:
            bill = store.find(connection, reference, self._page)
        if bill is None or bill.way is not Way.PLATFORM or bill.state not in OPEN or self._client is None:
            return bill
        try:
            told = self._client.query(reference)
        except (PlatformDownError, RefusedError):
            return bill
        if told is None:
            return bill
        with self._engine.begin() as connection:
            settle(connection, reference, told, self._now(), tell=False)
            return store.find(connection, reference, self._page)

    def _begin(self, order: Order, way: Way) -> Bill:
        with self._engine.begin() as connection:
            return store.begin(connection, order, way, self._page, self._now())

    def _page_of(self, bill: Bill, order: Order) -> Bill:
        assert self._client is not None
        url = self._client.init(self._message(bill, order))
        with self._engine.begin() as connection:
            store.started(connection, bill.reference, url, self._now())
            found = store.find(connection, bill.reference, self._page)
        return found if found is not None else replace(bill, link=url)

    def _fail(self, bill: Bill) -> None:
        with self._engine.begin() as connection:
            move(connection, bill.reference, PaymentState.FAILED, self._now(), tell=False)

    def _message(self, bill: Bill, order: Order) -> Init:
        """The same for the same bill, however often it is made."""
        assert self._client is not None
        info = _plain(f"THANH TOAN HO SO {bill.dossier}")
        account = self._account
        owed = order.owed
        return Init(
            partner=self._client.access.partner,
            reference=bill.reference,
            amount=str(bill.amount),
            info=info,
            at=stamp(bill.created_at),
            ip=SENDER,
            receipt=Receipt(
                service_code=f"{owed.procedure_code}.01",
                service_name=owed.procedure_name[:_NAME],
                procedure_code=owed.procedure_code,
                procedure_name=owed.procedure_name[:_NAME],
                unit_code=owed.unit_code,
                unit_name=owed.unit_name[:_NAME],
                dossier=bill.dossier,
                account=account.number if account else "",
                account_bank=account.bank if account else "",
                account_name=account.holder if account else "",
                content=info,
                fees=tuple(
                    FeeEntry(fee_code=item.code, fee_name=item.name, amount=str(item.amount))
                    for item in bill.items
                ),
                entries=tuple(Entry(text=item.name, amount=str(item.amount)) for item in bill.items),
            ),
        )


def _plain(text: str) -> str:
    """Capital letters without marks; nothing that could part the fields of a hash."""
    return fold(text).upper().replace("|", " ")[:_INFO]
