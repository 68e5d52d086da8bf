"""The account fees may be transferred to. Pure."""

from dataclasses import dataclass

from bot.payments import vietqr
from bot.payments.bill import Bill
from bot.payments.references import plain


@dataclass(frozen=True)
class Account:
    """``bank``: BIN of six digits; ``holder``: as the bank writes it."""

    bank: str
    number: str
    holder: str

    def __post_init__(self) -> None:
        vietqr.check_account(self.bank, self.number)


def account_of(bank: str, number: str, holder: str) -> Account | None:
    """The account of the settings; None unless all three are there. Raises ``ValueError`` for a wrong one."""
    return Account(bank, number, holder) if bank and number and holder else None


def content_of(bill: Bill) -> str:
    """What the transfer says, by which staff find the dossier: its code without dots and dashes."""
    return plain(bill.dossier).upper()


def code_of(bill: Bill, account: Account) -> str:
    """Text of the VietQR code; raises ``ValueError`` where content or sum do not fit."""
    return vietqr.payload(account.bank, account.number, bill.amount, content_of(bill))
