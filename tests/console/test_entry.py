"""Entering the console: password, then code; nothing is told to who guesses."""

from bot.staff import accounts, presence
from bot.staff.roles import Role
from tests.console.desk import PASSWORD, Desk, hidden


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
    for path in ("/console/", "/console/staff", "/console/audit-log", "/console/me"):
        assert desk.client.get(path).headers["location"].startswith("/console/factor")
    assert "<nav" not in desk.client.get("/console/factor").text


def test_the_second_factor_is_forced_and_set_up_by_a_code(desk: Desk) -> None:
    """An account without one would be protected by its password alone."""
    account = desk.hire("lan", Role.AGENT, factor=False)
    desk.give_password("lan")
    assert desk.client.get("/console/factor").headers["location"].startswith("/console/factor/new")
    page = desk.client.get("/console/factor/new").text
    assert "<svg" in page and 'class="qr"' in page
    secret = desk.read_secret(page)
    desk.secrets["lan"] = secret
    setup = {"csrf": hidden(page, "csrf"), "setup": hidden(page, "setup")}
    wrong = desk.client.post("/console/factor/new", data={**setup, "code": "000000"})
    assert wrong.status_code == 422 and desk.read_secret(wrong.text) == secret
    right = desk.client.post("/console/factor/new", data={**setup, "code": desk.code("lan")})
    assert right.headers["location"] == "/console/"
    assert desk.client.get("/console/").status_code == 200
    assert [entry.action for entry in desk.log()] == ["entered", "factor_set"]
    with desk.engine.connect() as connection:
        found = accounts.find(connection, account.id)
    assert found is not None and found.has_factor


def test_a_proposal_is_for_its_account_and_ten_minutes(desk: Desk) -> None:
    """Somebody else's page must not decide whose telephone opens an account."""
    desk.hire("lan", Role.AGENT, factor=False)
    desk.hire("minh", Role.AGENT, factor=False)
    desk.give_password("minh")
    theirs = hidden(desk.client.get("/console/factor/new").text, "setup")
    desk.client.cookies.clear()
    desk.give_password("lan")
    page = desk.client.get("/console/factor/new").text
    posted = {"csrf": hidden(page, "csrf"), "setup": theirs, "code": "000000"}
    assert desk.client.post("/console/factor/new", data=posted).headers["location"] == "/console/factor/new"
    posted["setup"] = "nonsense"
    assert desk.client.post("/console/factor/new", data=posted).headers["location"] == "/console/factor/new"


def test_unknown_wrong_inactive_and_locked_look_the_same(desk: Desk) -> None:
    """Otherwise the page would tell which logins exist."""
    lan = desk.hire("lan", Role.AGENT)
    desk.hire("sep", Role.ADMIN)
    gone = desk.hire("chu", Role.AGENT)
    with desk.engine.begin() as connection:
        accounts.change(connection, gone.id, gone.name, gone.roles, active=False)
        for _ in range(5):
            accounts.count_failure(connection, lan.id, desk.now)
    pages = [
        desk.give_password("nobody"),
        desk.give_password("sep", "wrong"),
        desk.give_password("chu"),
        desk.give_password("lan"),
    ]
    assert {page.status_code for page in pages} == {422}
    logins = ("nobody", "sep", "chu", "lan")
    plain = {
        page.text.replace(hidden(page.text, "csrf"), "").replace(f'value="{login}"', "")
        for page, login in zip(pages, logins, strict=True)
    }
    assert len(plain) == 1 and "hoặc tài khoản đang tạm khóa" in plain.pop()
    actions = [(entry.action, entry.login) for entry in desk.log()]
    assert actions == [
        ("locked_out", "lan"),
        ("entry_refused", "chu"),
        ("entry_refused", "sep"),
        ("entry_refused", "nobody"),
    ]


def test_guessing_codes_locks(desk: Desk) -> None:
    """Six digits last only while they cannot be tried one after the other."""
    desk.hire("lan", Role.AGENT)
    desk.give_password("lan")
    token = hidden(desk.client.get("/console/factor").text, "csrf")
    for _ in range(5):
        assert desk.client.post("/console/factor", data={"csrf": token, "code": "000000"}).status_code == 422
    late = desk.client.post("/console/factor", data={"csrf": token, "code": desk.code("lan")})
    assert late.status_code == 422
    assert [entry.action for entry in desk.log()] == ["locked_out"] * 2 + ["entry_refused"] * 4


def test_a_form_of_another_site_cannot_enter(desk: Desk) -> None:
    """Working in a stranger's account, staff would put citizens' words into their hands."""
    desk.hire("lan", Role.AGENT)
    desk.client.get("/console/enter")
    posted = {"csrf": "guess", "login": "lan", "password": PASSWORD}
    assert desk.client.post("/console/enter", data=posted).status_code == 403
    desk.client.cookies.clear()
    posted["csrf"] = ""
    assert desk.client.post("/console/enter", data=posted).status_code == 403


def test_cookies_are_for_this_site_and_not_for_scripts(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    cookie = desk.give_password("lan").headers["set-cookie"]
    assert "staff=" in cookie and "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert "Path=/console" in cookie and "Secure" not in cookie
    safe = desk.browser("https://console.example")
    assert "Secure" in desk.give_password("lan", client=safe).headers["set-cookie"]


def test_the_token_changes_with_the_second_factor(desk: Desk) -> None:
    """A token somebody planted before must not be good afterwards."""
    desk.hire("lan", Role.AGENT)
    desk.give_password("lan")
    before = desk.client.cookies["staff"]
    token = hidden(desk.client.get("/console/factor").text, "csrf")
    desk.client.post("/console/factor", data={"csrf": token, "code": desk.code("lan")})
    assert desk.client.cookies["staff"] != before
    other = desk.browser()
    other.cookies.set("staff", before, path="/console")
    assert other.get("/console/").headers["location"] == "/console/enter"


def test_nobody_is_led_to_another_site(desk: Desk) -> None:
    """An address sent by mail must not end on a page that looks like ours."""
    desk.hire("lan", Role.AGENT)
    for wanted in ("https://evil.example/", "//evil.example", "/console//evil", "/console/\\evil", "/other"):
        browser = desk.browser()
        token = hidden(browser.get("/console/enter").text, "csrf")
        path = f"/console/enter?next={wanted}"
        given = browser.post(path, data={"csrf": token, "login": "lan", "password": PASSWORD})
        assert given.headers["location"] == "/console/factor?next=%2Fconsole%2F"


def test_after_entering_one_is_where_one_wanted_to_be(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    asked = desk.client.get("/console/me?x=1").headers["location"]
    assert asked == "/console/enter?next=/console/me%3Fx%3D1"
    token = hidden(desk.client.get(asked).text, "csrf")
    given = desk.client.post(asked, data={"csrf": token, "login": "lan", "password": PASSWORD})
    token = hidden(desk.client.get(given.headers["location"]).text, "csrf")
    code = {"csrf": token, "code": desk.code("lan")}
    assert desk.client.post(given.headers["location"], data=code).headers["location"] == "/console/me?x=1"


def test_leaving_ends_the_session_for_good(desk: Desk) -> None:
    """The next person at the desk must not go on as somebody else."""
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    kept = desk.client.cookies["staff"]
    left = desk.post("/console/leave")
    assert left.headers["location"] == "/console/enter?done=left"
    desk.client.cookies.set("staff", kept, path="/console")
    assert desk.client.get("/console/").status_code == 303
    assert desk.log()[0].action == "left"


def test_who_left_takes_no_conversations(desk: Desk) -> None:
    """Citizens would be promised somebody who went home."""
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    desk.post("/console/me/presence", state="here")
    desk.post("/console/leave")
    with desk.engine.connect() as connection:
        assert presence.here(connection, desk.now) == []


def test_two_tabs_at_the_door_do_not_shut_each_other_out(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    first = hidden(desk.client.get("/console/enter").text, "csrf")
    desk.client.get("/console/enter")
    posted = {"csrf": first, "login": "lan", "password": PASSWORD}
    assert desk.client.post("/console/enter", data=posted).status_code == 303


def test_who_is_in_needs_no_door(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    assert desk.client.get("/console/enter?next=/console/me").headers["location"] == "/console/me"


def test_half_an_hour_of_silence_ends_the_session(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    desk.now += 28 * 60
    assert desk.client.get("/console/").status_code == 200
    desk.now += 31 * 60
    assert desk.client.get("/console/").headers["location"] == "/console/enter"
