"""How often one address may ask for pages. Counted in this process, in memory alone."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable

from pyrate_limiter.abstracts import Rate, RateItem
from pyrate_limiter.buckets.in_memory_bucket import InMemoryBucket

MOST_ADDRESSES = 20_000


class AddressLimiter:
    """Sliding windows by address. ``now``: seconds that never go back. ``rates``: requests and seconds, the
    shorter span first. The addresses
    unheard of for longest are forgotten when there are more than ``most``.
    """

    def __init__(
        self,
        now: Callable[[], float],
        rates: tuple[tuple[int, float], ...],
        most: int = MOST_ADDRESSES,
    ) -> None:
        self._now, self._most = now, most
        self._rates = [Rate(count, int(seconds * 1000)) for count, seconds in rates]
        self._buckets: OrderedDict[str, InMemoryBucket] = OrderedDict()

    def allows(self, host: str | None) -> bool:
        """Count one request from ``host``; False when it is one too many."""
        key, moment = address_key(host), int(self._now() * 1000)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = InMemoryBucket(self._rates)
        self._buckets.move_to_end(key)
        bucket.leak(moment)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return bucket.put(RateItem(key, moment))


def address_key(host: str | None) -> str:
    """The address requests are counted by; of IPv6 the /64 that one household or office has."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or "local"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
