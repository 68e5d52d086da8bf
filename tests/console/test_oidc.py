"""Entering through the log-in provider: who is bound comes in, the second factor stays."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.staff import accounts
from bot.staff.oidc import Departure, Failure, LoginError
from bot.staff.roles import Role
from tests.console.desk import Desk, hidden


class Provider:
    """Says of everybody who comes back that they are ``lan-at-province``."""

    failure: Failure | None = None
    back = ""

    def depart(self, back: str, _now: float) -> Departure:
        if self.failure:
            raise LoginError(self.failure)
        self.back = back
        return Departure("https://login.example/authorize?state=s", "sealed")

    def arrive(self, sealed: str, query: Mapping[str, str], _now: float) -> str:
        if self.failure or sealed != "sealed" or query.get("state") != "s":
            raise LoginError(self.failure or Failure.STATE)
        return "https://login.example#lan-at-province"


@pytest.fixture
def provider(desk: Desk) -> Provider:
    made = Provider()
    known: Any = made
    desk.app.state.console = replace(desk.app.state.console, provider=known)
    return made


def test_a_bound_account_comes_in_with_its_second_factor(desk: Desk, provider: Provider) -> None:
    lan = desk.hire("lan", Role.AGENT)
    with desk.engine.begin() as connection:
        accounts.bind_subject(connection, lan.id, "https://login.example#lan-at-province")
    assert 'href="/console/oidc"' in desk.client.get("/console/enter").text
    away = desk.client.get("/console/oidc")
    assert away.headers["location"].startswith("https://login.example/")
    assert "SameSite=lax" in away.headers["set-cookie"] and "HttpOnly" in away.headers["set-cookie"]
    assert provider.back == "http://console.example/console/oidc/back"
    back = desk.client.get("/console/oidc/back?code=c&state=s")
    assert back.status_code == 200 and 'content="0; url=/console/factor"' in back.text
    assert desk.client.get("/console/").headers["location"] == "/console/factor"
    token = hidden(desk.client.get("/console/factor").text, "csrf")
    desk.client.post("/console/factor", data={"csrf": token, "code": desk.code("lan")})
    assert desk.client.get("/console/").status_code == 200


def test_who_is_bound_to_nobody_stays_outside(desk: Desk, provider: Provider) -> None:
    """The province knows many people; only staff may read citizens' words."""
    desk.client.get("/console/oidc")
    back = desk.client.get("/console/oidc/back?code=c&state=s")
    assert back.headers["location"] == "/console/enter?fault=oidc_unknown"
    assert "chưa được gắn" in desk.client.get(back.headers["location"]).text
    assert desk.log()[0].detail == {"why": "unknown"}


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_is_a_sentence_and_recorded(desk: Desk, provider: Provider, failure: Failure) -> None:
    provider.failure = failure
    for path in ("/console/oidc", "/console/oidc/back"):
        assert desk.client.get(path).headers["location"] == "/console/enter?fault=oidc_failed"
    assert [entry.detail["why"] for entry in desk.log()] == [failure.value] * 2


def test_without_a_provider_there_is_no_such_way(desk: Desk) -> None:
    assert "/console/oidc" not in desk.client.get("/console/enter").text
    assert desk.client.get("/console/oidc").status_code == 404
    assert desk.client.get("/console/oidc/back").status_code == 404


def test_nobody_comes_back_too_often(desk: Desk, provider: Provider) -> None:
    """Each refusal is recorded: whoever repeats them must not fill the log."""
    answers = [desk.client.get("/console/oidc/back?state=x").status_code for _ in range(22)]
    assert answers == [303] * 20 + [429] * 2
    assert len([entry for entry in desk.log() if entry.action == "entry_refused"]) == 20
    page = desk.client.get("/console/oidc/back?state=x")
    assert "Xin chờ một phút" in page.text and page.headers["retry-after"] == "60"
    desk.now += 61
    assert desk.client.get("/console/oidc/back?state=x").status_code == 303


def test_the_provider_sends_back_to_the_address_staff_know(desk: Desk, provider: Provider) -> None:
    """Behind a proxy the console does not see it, and a forged host must not choose it."""
    console = desk.app.state.console
    settings = desk.settings.copy(update={"console_public_url": "https://ban-lam-viec.example/"})
    desk.app.state.console = replace(console, settings=settings)
    desk.client.get("/console/oidc", headers={"host": "elsewhere.example"})
    assert provider.back == "https://ban-lam-viec.example/console/oidc/back"
