"""What was worked out of one bundle of knowledge, kept no longer than the bundle itself."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Generic, TypeVar

Owner = TypeVar("Owner")
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

TEXTS = 2048
"""So many texts are remembered, cleaned and masked as they are, with what little was read in them."""


class Memory(Generic[Owner]):
    """Remembers the latest results of pure functions of its owner and a key; safe to call from several
    threads, of which two may work out the same.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._remembered: dict[Any, Any] = {}

    def once(self, make: Callable[[Owner, Key], Made], key: Key, most: int = TEXTS) -> Made:
        """``make(owner, key)``, of which the ``most`` latest are remembered. It depends on nothing else."""
        made = self._remembered.get(make)
        if made is None:
            owner = self._owner
            made = self._remembered.setdefault(make, lru_cache(maxsize=most)(lambda key: make(owner, key)))
        result: Made = made(key)
        return result
