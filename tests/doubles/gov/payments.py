"""Payments that the platform has heard of."""

from typing import Any

import msgspec

from tests.doubles.gov.records import Kind, Records

PENDING, PAID, FAILED = "3", "1", "4"


class Payment(msgspec.Struct):
    """``state``: ``TrangThaiGD``. ``transaction`` and ``bank`` are empty while it is pending."""

    reference: str
    amount: str
    dossier: str
    init: dict[str, Any]
    state: str = PENDING
    transaction: str = ""
    bank: str = ""
    at: str = ""


class Payments:
    def __init__(self, records: Records) -> None:
        self._records = records
        self.held: dict[str, Payment] = {}

    def begin(self, init: dict[str, Any]) -> Payment:
        """Remember an INIT whose reference is new."""
        receipt = init.get("ThongTinBienLai") or {}
        payment = Payment(init["MaThamChieu"], str(init["SoTien"]), str(receipt.get("MaHoSo", "")), init)
        self.held[payment.reference] = payment
        self._records.add(Kind.INIT, payment.reference, msgspec.to_builtins(payment))
        return payment

    def settle(self, reference: str, state: str, at: str) -> Payment:
        """The citizen paid, or the bank refused; raises ``KeyError`` for an unknown reference."""
        payment = self.held[reference]
        payment.state, payment.at, payment.bank = state, at, "BANK"
        payment.transaction = payment.transaction or f"GD{1000 + list(self.held).index(reference)}"
        self._records.add(Kind.SETTLED, reference, msgspec.to_builtins(payment))
        return payment

    def restore(self) -> None:
        """Bring the payments to where the records, read from a file, left them."""
        for entry in self._records.of(Kind.INIT, Kind.SETTLED):
            self.held[entry.key] = msgspec.convert(entry.data, Payment)
