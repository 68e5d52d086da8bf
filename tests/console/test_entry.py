"""Entering the console: password, then code; nothing is told to who guesses."""

import re

from bot.staff.roles import Role
from tests.console.desk import Desk


def test_password_and_code_lead_in(any_desk: Desk) -> None:
    """Nobody could work otherwise, on either database."""
    any_desk.hire("lan", Role.AGENT)
    assert any_desk.client.get("/console/").headers["location"] == "/console/enter"
    any_desk.enter("LAN ")
    page = any_desk.client.get("/console/")
    assert page.status_code == 200 and "Cán bộ lan" in page.text
    assert [entry.action for entry in any_desk.log()] == ["entered"]


def test_the_password_alone_opens_nothing(desk: Desk) -> None:
    """A stolen password must not show conversations."""
    desk.hire("lan", Role.ADMIN)
    assert desk.give_password("lan").status_code == 303
    for path in ("/console/",):
        assert desk.client.get(path).headers["location"].startswith("/console/factor")
    page = desk.client.get("/console/factor").text
    assert "menu" not in re.findall(r'class="(\w+)"', page)
