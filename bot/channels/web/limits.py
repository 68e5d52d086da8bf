"""How often one browser and one address may ask. Counted in this process.

With several gateway processes each counts for itself; what a session *says* is besides counted in the
database (``rows.prepare``), which holds for all of them.
"""

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import Enum

from pyrate_limiter.abstracts import Rate, RateItem
from pyrate_limiter.buckets.in_memory_bucket import InMemoryBucket

from bot.channels.web.errors import ApiError, Code

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_STEP_BACK = 1_000
"""Milliseconds by which a clock goes back only when somebody sets it."""
SAID_PER_MINUTE = 20
"""Messages of one session."""


class Spent(Enum):
    """What is counted."""

    WRITE = "write"
    READ = "read"
    FILE = "file"
    WRITE_ADDRESS = "write_address"
    READ_ADDRESS = "read_address"
    OPEN_ADDRESS = "open_address"


# An office or a mobile network hides many people behind one address: reading is hardly limited there.
RATES: Mapping[Spent, tuple[tuple[int, int], ...]] = {
    Spent.WRITE: ((5, 3_000), (SAID_PER_MINUTE, _MINUTE)),
    Spent.READ: ((120, _MINUTE),),
    Spent.FILE: ((5, _MINUTE), (30, _HOUR)),
    Spent.WRITE_ADDRESS: ((60, _MINUTE),),
    Spent.READ_ADDRESS: ((600, _MINUTE),),
    Spent.OPEN_ADDRESS: ((20, _MINUTE), (200, _HOUR)),
}
"""Requests and milliseconds, the shorter span first."""


class Limiter:
    """Sliding windows by key. Memory is bounded: the keys unheard of for longest are forgotten when there are
    more than ``most_keys`` or more than ``most`` requests are remembered (about 50 MB together).
    """

    def __init__(
        self,
        now: Callable[[], float],
        rates: Mapping[Spent, tuple[tuple[int, int], ...]] = RATES,
        most: int = 200_000,
        most_keys: int = 20_000,
    ) -> None:
        self._now, self._rates, self._most, self._most_keys = now, rates, most, most_keys
        self._latest = 0
        self._buckets: OrderedDict[tuple[Spent, str], InMemoryBucket] = OrderedDict()
        self._kept = 0

    def spend(self, what: Spent, key: str) -> None:
        """Count one request; raises ``ApiError`` with the seconds to wait when it is one too many."""
        moment = int(self._now() * 1000)
        if moment < self._latest - _STEP_BACK:
            # What was counted lies in the future now and would keep people out until it is past.
            self._buckets.clear()
            self._kept = 0
        self._latest = moment
        bucket = self._buckets.get((what, key))
        if bucket is None:
            bucket = InMemoryBucket([Rate(count, span) for count, span in self._rates[what]])
            self._buckets[what, key] = bucket
        self._buckets.move_to_end((what, key))
        self._kept -= bucket.leak(moment)
        item = RateItem(key, moment)
        if not bucket.put(item):
            wait = int(bucket.waiting(item))  # type: ignore[arg-type]
            raise ApiError(Code.TOO_MANY, max(1, math.ceil(wait / 1000)))
        self._kept += 1
        while len(self._buckets) > 1 and (self._kept > self._most or len(self._buckets) > self._most_keys):
            _, forgotten = self._buckets.popitem(last=False)
            self._kept -= forgotten.count()

    def __len__(self) -> int:
        """Requests remembered."""
        return self._kept
