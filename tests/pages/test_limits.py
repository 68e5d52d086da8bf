"""One machine that asks without end does not take the pages from the others."""

from bot.pages.limits import AddressLimiter, address_key


def test_one_too_many_has_to_wait_and_others_have_not() -> None:
    moment = 1000.0
    limiter = AddressLimiter(lambda: moment, ((2, 60),))
    assert [limiter.allows("203.0.113.9") for _ in range(3)] == [True, True, False]
    assert limiter.allows("203.0.113.10")
    moment += 61
    assert limiter.allows("203.0.113.9")


def test_the_number_of_addresses_remembered_is_bounded() -> None:
    limiter = AddressLimiter(lambda: 1000.0, ((1, 60),), most=2)
    for host in ("203.0.113.1", "203.0.113.2", "203.0.113.3"):
        assert limiter.allows(host)
    assert limiter.allows("203.0.113.1")  # forgotten meanwhile
    assert not limiter.allows("203.0.113.3")


def test_an_ipv6_household_counts_once() -> None:
    assert address_key("2001:db8:1:2::5") == address_key("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert address_key("::ffff:203.0.113.9") == address_key("203.0.113.9") == "203.0.113.9"
    assert address_key(None) == "local"
