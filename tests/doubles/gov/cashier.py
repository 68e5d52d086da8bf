"""The payment platform seen from a test: a citizen who pays, and what the platform tells the partner."""

from typing import Any

from tests.doubles.gov import callbacks
from tests.doubles.gov.payments import FAILED, PAID, Payment
from tests.doubles.gov.records import Kind
from tests.doubles.gov.world import World


class Cashier:
    """References that were never begun raise ``KeyError``."""

    def __init__(self, world: World) -> None:
        self.world = world

    def payments(self) -> list[Payment]:
        """In the order they were begun."""
        with self.world.lock:
            return list(self.world.payments.held.values())

    def payment(self, reference: str) -> Payment:
        with self.world.lock:
            return self.world.payments.held[reference]

    def pay(self, reference: str) -> None:
        """The citizen has paid on the platform's page; the partner is not told yet."""
        with self.world.lock:
            self.world.payments.settle(reference, PAID, self.world.clock.stamp())

    def fail(self, reference: str) -> None:
        with self.world.lock:
            self.world.payments.settle(reference, FAILED, self.world.clock.stamp())

    def confirm(self, reference: str, **changes: Any) -> dict[str, Any]:
        """A signed CONFIRM of the payment's state; ``changes``: fields that differ and are signed too.

        Keep messages and ``send`` them later or in another order, to get duplicates and wrong order.
        """
        with self.world.lock:
            payment = self.world.payments.held[reference]
            return callbacks.confirm(payment, self.world.settings, self.world.clock.stamp(), **changes)

    @staticmethod
    def wrong_hash(message: dict[str, Any]) -> dict[str, Any]:
        """The same with a hash that differs in its last digit."""
        right = str(message["MaXacThuc"])
        return {**message, "MaXacThuc": right[:-1] + ("0" if right[-1] != "0" else "1")}

    @staticmethod
    def send(url: str, message: Any) -> callbacks.Reply:
        """Posts it (bytes: as they are); what the partner answered."""
        return callbacks.send(url, message)

    def inits(self, reference: str = "") -> int:
        """INITs of the reference, repeated ones included; "": of all."""
        records = self.world.records
        return records.count(Kind.INIT, reference) + records.count(Kind.INIT_REPEATED, reference)

    def queries(self, reference: str = "") -> int:
        return self.world.records.count(Kind.QUERY, reference)

    def bills(self, reference: str = "") -> int:
        return self.world.records.count(Kind.BILL, reference)
