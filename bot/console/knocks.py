"""How often one address may come to a door of the console. Counted in this process."""

from collections import OrderedDict
from collections.abc import Callable

from pyrate_limiter.abstracts import Rate, RateItem
from pyrate_limiter.buckets.in_memory_bucket import InMemoryBucket
from starlette.exceptions import HTTPException

# A whole office may come from one address in the morning.
_RATES = ((20, 60_000), (200, 3_600_000))
_MOST = 5_000


class Knocks:
    """Sliding windows; ``now``: POSIX seconds. Addresses unheard of for longest are forgotten."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._buckets: OrderedDict[str, InMemoryBucket] = OrderedDict()

    def count(self, address: str) -> None:
        """One more; raises ``HTTPException`` 429 when it is one too many."""
        moment = int(self._now() * 1000)
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = InMemoryBucket([Rate(count, span) for count, span in _RATES])
            self._buckets[address] = bucket
        self._buckets.move_to_end(address)
        bucket.leak(moment)
        if not bucket.put(RateItem(address, moment)):
            raise HTTPException(429, "error_429", {"Retry-After": "60"})
        while len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
