"""``MaXacThuc`` of the payment platform, protocol 1.0.6: SHA-256 over the signed fields. Pure.

The fields are joined by ``|`` with the secret last (UTF-8, lower-case hexadecimal digits, no HMAC), so a
field that contains ``|`` could stand for two: such messages are neither made nor accepted.
"""

import hashlib
import hmac
from collections.abc import Sequence

SEPARATOR = "|"


def digest(fields: Sequence[str], secret: str) -> str:
    """64 hexadecimal digits. Raises ``ValueError`` for a field with ``|`` and for an empty secret."""
    if not secret:
        raise ValueError("the secret of the payment platform is not set")
    if any(SEPARATOR in field for field in fields):
        raise ValueError("a signed field contains the separator")
    return hashlib.sha256(SEPARATOR.join((*fields, secret)).encode()).hexdigest()


def verified(told: str, fields: Sequence[str], secret: str) -> bool:
    """Whether ``told`` is the hash of the fields, compared in constant time; never raises."""
    try:
        expected = digest(fields, secret)
    except ValueError:
        return False
    return hmac.compare_digest(told.strip().lower().encode(), expected.encode())
