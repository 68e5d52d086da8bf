"""JSON that strangers sent."""

from typing import TypeVar

import msgspec
from sqlalchemy.exc import DataError

T = TypeVar("T")

NEVER_STORABLE = (DataError, ValueError)
"""Errors of the database about a value it has no room for: the same message never gets in."""


def decoded(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw) -> T:
    """As ``decoder.decode``; whatever is wrong with ``raw`` is a ``msgspec.DecodeError``: also bytes that are
    no UTF-8 and arrays in arrays without end.
    """
    try:
        return decoder.decode(raw)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(type(error).__name__) from None
