"""Text of a VietQR code: EMVCo merchant-presented mode with the Napas account template. Pure.

Sources: EMV QRCPS Merchant-Presented Mode 1.1 (fields 00–63), Napas VietQR format (template 38, service
QRIBFTTA: transfer to an account).
"""

import re
from binascii import crc_hqx

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DYNAMIC = "12"
DONG = "704"
COUNTRY = "VN"
MAX_CONTENT = 25
MAX_AMOUNT = 9_999_999_999_999
_BIN = re.compile(r"[0-9]{6}")
_NUMBER = re.compile(r"[0-9A-Za-z]{1,19}")
_CONTENT = re.compile(r"[0-9A-Za-z ]{1,25}")


def payload(bank: str, account: str, amount: int, content: str) -> str:
    """The text to encode for one transfer. ``amount`` in đồng.

    ``content``: at most 25 letters (no marks), digits and spaces, as all banks keep them. Raises
    ``ValueError`` for anything else: half a code would send money into the void.
    """
    check_account(bank, account)
    if not 0 < amount <= MAX_AMOUNT:
        raise ValueError(f"no sum to transfer: {amount}")
    if not _CONTENT.fullmatch(content):
        raise ValueError("the content does not fit into a transfer")
    beneficiary = field("00", bank) + field("01", account)
    text = "".join(
        (
            field("00", "01"),
            field("01", DYNAMIC),
            field("38", field("00", NAPAS) + field("01", beneficiary) + field("02", TO_ACCOUNT)),
            field("53", DONG),
            field("54", str(amount)),
            field("58", COUNTRY),
            field("62", field("08", content)),
            # The check sum covers its own tag and length.
            "6304",
        )
    )
    return text + check_sum(text)


def check_account(bank: str, account: str) -> None:
    """Raises ``ValueError`` unless ``bank`` is six digits and ``account`` 1–19 letters and digits."""
    if not _BIN.fullmatch(bank):
        raise ValueError("the bank of the account is not a number of six digits")
    if not _NUMBER.fullmatch(account):
        raise ValueError("the account is not 1 to 19 letters and digits")


def field(tag: str, value: str) -> str:
    """Tag, length in two digits, value. Raises ``ValueError`` unless the value has 1–99 characters."""
    if not 0 < len(value) <= 99 or not value.isascii():
        raise ValueError(f"field {tag} does not fit")
    return f"{tag}{len(value):02d}{value}"


def check_sum(text: str) -> str:
    """CRC-16/CCITT-FALSE as four capital hexadecimal digits."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"
