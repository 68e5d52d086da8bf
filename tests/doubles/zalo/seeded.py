"""Randomness that depends on names, not on the order in which things happen."""

import base64
import hashlib
from random import Random


def rng(seed: int, *names: object) -> Random:
    return Random("/".join(map(str, (seed, *names))))


def hex_id(seed: int, *names: object) -> str:
    """20 hexadecimal digits, as the platform's message ids."""
    return _digest(seed, *names).hex()[:20]


def secret(seed: int, *names: object) -> str:
    """Something like a token: 86 characters."""
    return base64.urlsafe_b64encode(_digest(seed, *names)).decode().rstrip("=")


def digits(seed: int, *names: object) -> str:
    """19 digits that do not fit a double's mantissa, as the platform's user ids."""
    return str(5 * 10**18 + int.from_bytes(_digest(seed, *names)[:7], "big"))


def _digest(seed: int, *names: object) -> bytes:
    return hashlib.sha512("/".join(map(str, (seed, *names))).encode()).digest()
