"""A dead link costs a citizen the way; a checker that asks anything it is told is a hole in the house."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.upkeep import links_guard, links_kept
from bot.upkeep.links import USER_AGENT, Found, LinkChecker, Pace
from bot.upkeep.states import LinkState
from tests.upkeep.websites import Website, website

QUICK = Pace(connect=0.5, read=0.3, whole=0.4, apart=0.0)
DAY = 86_400.0


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


@pytest.fixture
def checker() -> LinkChecker:
    return LinkChecker(lambda ip: True, QUICK)


@pytest.mark.parametrize(
    ("path", "state", "status", "target"),
    [
        ("/fine", LinkState.ALIVE, 200, None),
        ("/no-head", LinkState.ALIVE, 200, None),
        ("/for-now", LinkState.ALIVE, 200, None),
        ("/moved", LinkState.MOVED, 200, "/fine"),
        ("/moved-then-for-now", LinkState.MOVED, 200, "/for-now"),
        ("/moved-away", LinkState.GONE, 404, "/missing"),
        ("/missing", LinkState.GONE, 404, None),
        ("/dropped", LinkState.GONE, 410, None),
        ("/secret", LinkState.FAILING, 403, None),
        ("/broken", LinkState.FAILING, 500, None),
        ("/nowhere", LinkState.FAILING, 301, None),
        ("/one", LinkState.ALIVE, 200, None),
        ("/zero", LinkState.FAILING, 302, None),
        ("/loop", LinkState.FAILING, 302, None),
        ("/to-file", LinkState.FORBIDDEN, None, None),
    ],
)
def test_what_comes_of_an_address(
    site: Website, checker: LinkChecker, path: str, state: LinkState, status: int | None, target: str | None
) -> None:
    """Three redirects are followed, no more; only those for good say where a record should lead."""
    wanted = Found(state, status, f"{site.address}{target}" if target else None)
    assert checker.check(f"{site.address}{path}") == wanted


def test_head_comes_first_and_a_failing_server_gets_one_more_chance(
    site: Website, checker: LinkChecker
) -> None:
    assert checker.check(f"{site.address}/fine").state is LinkState.ALIVE
    assert checker.check(f"{site.address}/missing").state is LinkState.GONE
    assert checker.check(f"{site.address}/hiccup").state is LinkState.ALIVE
    assert site.requests() == [
        "HEAD /fine",
        "HEAD /missing",
        "GET /missing",
        "HEAD /hiccup",
        "GET /hiccup",
        "GET /hiccup",
    ]
    assert site.agents == {USER_AGENT}


@pytest.mark.parametrize("path", ["/silent", "/dripping"])
def test_nobody_waits_for_a_server_that_does_not_answer(
    site: Website, checker: LinkChecker, path: str
) -> None:
    """Each byte of a slow header would start the time limit of the socket anew."""
    assert checker.check(f"{site.address}{path}") == Found(LinkState.FAILING)


def test_a_huge_body_is_not_read(site: Website, checker: LinkChecker) -> None:
    assert checker.check(f"{site.address}/huge") == Found(LinkState.ALIVE, 200)


def test_a_host_that_is_not_there(checker: LinkChecker) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert checker.check(f"http://127.0.0.1:{port}/") == Found(LinkState.FAILING)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/fine",
        "http://localhost:{port}/fine",
        "http://[::1]:{port}/fine",
        "http://2130706433:{port}/fine",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "http://user@127.0.0.1:{port}/fine",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ],
)
def test_nothing_inside_the_house_is_asked(site: Website, address: str) -> None:
    found = LinkChecker(pace=QUICK).check(address.format(port=site.server_address[1]))
    assert found == Found(LinkState.FORBIDDEN) and site.asked == []


def test_a_redirect_leads_into_the_house_no_more_than_an_address(site: Website) -> None:
    """The first hop may be asked, the second may not."""
    with website() as inside:
        site.inside = f"{inside.address.replace('127.0.0.1', '127.0.0.2')}/fine"
        checker = LinkChecker(lambda ip: ip == "127.0.0.1", QUICK)
        assert checker.check(f"{site.address}/inside") == Found(LinkState.FORBIDDEN)
        assert site.requests() == ["HEAD /inside"] and inside.asked == []


def test_a_name_that_resolves_to_another_address_the_second_time(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard looks at the connection as well, before a word is said."""
    monkeypatch.setattr("bot.upkeep.links.resolve", lambda *_args: None)
    assert LinkChecker(pace=QUICK).check(f"{site.address}/fine") == Found(LinkState.FORBIDDEN)
    assert site.asked == []


def test_every_address_of_a_host_must_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_args: Any, **_more: Any) -> list[Any]:
        return [(0, 0, 0, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr("socket.getaddrinfo", both)
    with pytest.raises(links_guard.ForbiddenAddressError):
        links_guard.resolve("two.example", 80, lambda ip: ip != "10.0.0.1")
    links_guard.resolve("two.example", 80, lambda ip: True)


def test_a_host_is_left_alone_for_a_while(site: Website) -> None:
    checker = LinkChecker(lambda ip: True, Pace(0.5, 0.3, 0.4, apart=0.1))
    checker.check(f"{site.address}/missing")
    (_, _, first), (_, _, second) = site.asked
    assert second - first >= 0.1


def test_how_long_an_address_fails_is_known(engine: Engine) -> None:
    """Failing once is bad luck, failing for a week is work."""
    gone, fine = Found(LinkState.GONE, 404), Found(LinkState.ALIVE, 200)
    with engine.begin() as connection:
        first = links_kept.record(connection, "https://a.vn/", gone, DAY)
        again = links_kept.record(connection, "https://a.vn/", Found(LinkState.FAILING), 3 * DAY)
        links_kept.record(connection, "https://b.vn/", Found(LinkState.MOVED, 200, "https://c.vn/"), DAY)
        links_kept.record(connection, "https://c.vn/", fine, 2 * DAY)
        links_kept.record(connection, "https://d.vn/", gone, 2 * DAY)
        assert (first.failures, first.failing_since) == (1, DAY)
        assert (again.failures, again.failing_since) == (2, DAY)
        assert [one.url[8] for one in links_kept.listed(connection)] == ["a", "d", "b"]
        assert links_kept.counts(connection) == {
            LinkState.ALIVE: 1,
            LinkState.MOVED: 1,
            LinkState.GONE: 1,
            LinkState.FAILING: 1,
            LinkState.FORBIDDEN: 0,
        }
        well = links_kept.record(connection, "https://a.vn/", fine, 4 * DAY)
        assert (well.failures, well.failing_since) == (0, None)
        assert links_kept.find(connection, "https://a.vn/") == well


def test_what_is_asked_next(sqlite_engine: Engine) -> None:
    """Never asked before asked long ago; nothing twice in a while; what no record has any more is dropped."""
    fine = Found(LinkState.ALIVE, 200)
    with sqlite_engine.begin() as connection:
        for number, url in enumerate(("https://a.vn/", "https://b.vn/", "https://c.vn/")):
            links_kept.record(connection, url, fine, (3 - number) * DAY)
        used = ["https://a.vn/", "https://b.vn/", "https://c.vn/", "https://new.vn/"]
        assert [one[8] for one in links_kept.due(connection, used, 3 * DAY, 9)] == ["n", "c", "b"]
        assert [one[8] for one in links_kept.due(connection, used, 3 * DAY, 2)] == ["n", "c"]
        assert links_kept.forget(connection, used[:2]) == 1
        assert links_kept.find(connection, "https://c.vn/") is None
