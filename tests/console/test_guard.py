"""Every page behind the guard: nobody sees or does what is not theirs, whatever page is added."""

import pytest

from bot.console.app import GROUPS
from bot.staff import accounts
from bot.staff.roles import Role
from tests.console.desk import Desk

_OPEN = {"/console/enter", "/console/oidc", "/console/oidc/back", "/health/live", "/health/ready"}
_HALFWAY = {"/console/factor", "/console/factor/new", "/console/leave"}

ROUTES = [
    (method, route.path)
    for group in GROUPS
    for route in group.routes()
    for method in sorted((route.methods or set()) - {"HEAD"})
    if route.path not in _OPEN
]


def address(path: str) -> str:
    """With something in place of each parameter."""
    return "/".join("1" if part.startswith("{") else part for part in path.split("/"))


def test_every_page_asks_who_it_is(desk: Desk) -> None:
    """One page that forgot the guard would show everything to everybody."""
    for method, path in ROUTES:
        answer = desk.client.request(method, address(path))
        assert (method, path, answer.status_code) == (method, path, 303)
        assert answer.headers["location"].startswith("/console/enter")


def test_every_page_asks_for_the_second_factor(desk: Desk) -> None:
    desk.hire("lan", *Role)
    desk.give_password("lan")
    for method, path in ROUTES:
        if path not in _HALFWAY:
            answer = desk.client.request(method, address(path))
            assert answer.headers.get("location", "").startswith("/console/factor"), (method, path)


def test_every_deed_needs_the_token_of_the_session(desk: Desk) -> None:
    """A page of another site could act in the name of whoever is logged in."""
    desk.hire("lan", *Role)
    desk.enter("lan")
    for method, path in ROUTES:
        if method != "GET":
            answer = desk.client.request(method, address(path), data={"csrf": "guess"})
            assert (method, path, answer.status_code) == (method, path, 403)
            assert "Biểu mẫu đã hết hiệu lực" in answer.text


def test_the_token_may_come_in_a_header(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    token = desk.client.get("/console/").text.split('name="csrf" content="')[1].split('"')[0]
    answer = desk.client.post("/console/me/presence", data={"state": "here"}, headers={"X-CSRF": token})
    assert answer.status_code == 303


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_admins_manage_accounts(desk: Desk, role: Role) -> None:
    desk.hire("lan", role)
    desk.enter("lan")
    for path in ("/console/staff", "/console/staff/new", "/console/staff/1"):
        assert desk.client.get(path).status_code == 403
    assert "/console/staff" not in desk.client.get("/console/").text


def test_what_was_refused_is_recorded(desk: Desk) -> None:
    """P9 and P10: a try at what is not theirs must be found later."""
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    assert desk.client.get("/console/audit-log").status_code == 403
    newest = desk.log()[0]
    assert (newest.action, newest.object, newest.login) == ("entry_refused", "page:/console/audit-log", "lan")


def test_a_dismissed_member_is_out_at_once(desk: Desk) -> None:
    lan = desk.hire("lan", Role.AGENT)
    desk.hire("sep", Role.ADMIN)
    desk.enter("lan")
    with desk.engine.begin() as connection:
        accounts.change(connection, lan.id, lan.name, lan.roles, active=False)
    assert desk.client.get("/console/").headers["location"] == "/console/enter"


def test_a_script_that_asks_gets_401_and_no_form(desk: Desk) -> None:
    """A live list would swallow the log-in page and show nothing wrong."""
    answer = desk.client.get("/console/", headers={"Sec-Fetch-Dest": "empty"})
    assert answer.status_code == 401 and "location" not in answer.headers


def test_a_one_time_password_is_good_for_changing_it_only(desk: Desk) -> None:
    desk.hire("lan", *Role, must_change=True)
    desk.enter("lan")
    for _, path in ROUTES:
        if path not in _HALFWAY and path != "/console/me/password":
            assert desk.client.get(address(path)).headers.get("location") in ("/console/me/password", None)
    assert desk.client.get("/console/").headers["location"] == "/console/me/password"
    assert desk.client.get("/console/me/password").status_code == 200
