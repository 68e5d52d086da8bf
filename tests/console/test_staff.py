"""Accounts: made, changed and helped by whoever manages staff, each with an entry in the log."""

import re

from bot.staff import accounts
from bot.staff.accounts import Account
from bot.staff.roles import Role
from tests.console.desk import PASSWORD, Desk


def found(desk: Desk, login: str) -> Account:
    with desk.engine.connect() as connection:
        account = accounts.by_login(connection, login)
    assert account is not None
    return account


def shown_password(page: str) -> str:
    match = re.search(r'<code class="password">([^<]+)</code>', page)
    assert match is not None, page
    return match[1]


def test_a_new_account_gets_in_with_the_password_that_was_shown(any_desk: Desk) -> None:
    any_desk.hire("sep", Role.ADMIN)
    any_desk.enter("sep")
    made = any_desk.post("/console/staff/new", login="Minh.Anh", name="Minh Anh", roles=["agent", "editor"])
    password = shown_password(made.text)
    account = found(any_desk, "minh.anh")
    assert account.roles == {Role.AGENT, Role.EDITOR} and account.must_change and not account.has_factor
    newest = any_desk.log()[0]
    assert (newest.action, newest.object) == ("account_created", f"account:{account.id}")
    assert newest.detail == {"login": "minh.anh", "roles": "agent,editor"}
    assert password not in str(any_desk.log())
    assert "minh.anh" in any_desk.client.get("/console/staff").text
    given = any_desk.give_password("minh.anh", password, client=any_desk.browser())
    assert given.status_code == 303


def test_what_is_wrong_with_an_account_is_said_where_it_is(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    desk.enter("sep")
    for fields, said in (
        ({"login": "sep", "name": "A", "roles": ["agent"]}, "đã có người dùng"),
        ({"login": "Đỗ", "name": "A", "roles": ["agent"]}, "chưa đúng dạng"),
        ({"login": "minh", "name": "A"}, "ít nhất một vai trò"),
        ({"login": "minh", "name": "   ", "roles": ["agent"]}, "họ và tên"),
        ({"login": "minh", "name": "A", "roles": ["god"]}, "không hợp lệ"),
        ({"login": "", "name": "A", "roles": ["agent"]}, "Xin nhập mục này"),
    ):
        answer = desk.post("/console/staff/new", **fields)
        assert answer.status_code == 422 and said in answer.text, fields
    assert [entry.action for entry in desk.log()] == ["entered"]


def test_roles_change_and_take_effect_at_once(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    lan = desk.hire("lan", Role.AGENT)
    other = desk.browser()
    desk.enter("lan", other)
    desk.enter("sep")
    answer = desk.post(f"/console/staff/{lan.id}", name="Lan Anh", roles=["privacy"], active="y")
    assert answer.headers["location"] == f"/console/staff/{lan.id}?done=account"
    assert other.get("/console/audit-log").status_code == 200
    detail = {"roles_before": "agent", "roles": "privacy", "active_before": True, "active": True}
    assert desk.log()[0].detail == {**detail, "renamed": True}


def test_switched_off_is_out(desk: Desk) -> None:
    """Whoever left the office must not read on."""
    desk.hire("sep", Role.ADMIN)
    lan = desk.hire("lan", Role.AGENT)
    other = desk.browser()
    desk.enter("lan", other)
    desk.enter("sep")
    desk.post(f"/console/staff/{lan.id}", name=lan.name, roles=["agent"])
    assert other.get("/console/").status_code == 303
    assert not found(desk, "lan").active


def test_nobody_gives_roles_to_themselves(desk: Desk) -> None:
    """Whoever manages accounts does not read chats; that must not be one click away."""
    sep = desk.hire("sep", Role.ADMIN)
    desk.hire("sep2", Role.ADMIN)
    desk.enter("sep")
    path = f"/console/staff/{sep.id}"
    answer = desk.post(path, name=sep.name, roles=["admin", "supervisor"], active="y")
    assert answer.status_code == 422 and "Không ai tự đổi vai trò" in answer.text
    assert desk.post(path, name=sep.name, roles=["admin"]).status_code == 422
    assert desk.post(path, name="Tên mới", roles=["admin"], active="y").status_code == 303
    assert found(desk, "sep").roles == {Role.ADMIN} and found(desk, "sep").name == "Tên mới"


def test_help_needs_a_reason_and_is_recorded(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    lan = desk.hire("lan", Role.AGENT)
    desk.enter("sep")
    path = f"/console/staff/{lan.id}"
    for deed in ("password", "factor", "unlock", "sessions"):
        assert desk.post(f"{path}/{deed}", reason="").status_code == 422
    assert found(desk, "lan").has_factor and len(desk.log()) == 1
    assert desk.post(f"{path}/factor", reason="Mất điện thoại").status_code == 303
    assert not found(desk, "lan").has_factor
    newest = desk.log()[0]
    assert (newest.action, newest.reason) == ("account_changed", "Mất điện thoại")
    assert newest.detail == {"what": "factor_dropped"}


def test_a_reset_password_is_shown_once_and_ends_the_sessions(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    lan = desk.hire("lan", Role.AGENT)
    other = desk.browser()
    desk.enter("lan", other)
    desk.enter("sep")
    answer = desk.post(f"/console/staff/{lan.id}/password", reason="Quên mật khẩu")
    password = shown_password(answer.text)
    assert other.get("/console/").status_code == 303
    assert desk.give_password("lan", PASSWORD, client=desk.browser()).status_code == 422
    assert desk.give_password("lan", password, client=desk.browser()).status_code == 303
    assert found(desk, "lan").must_change and password not in str(desk.log())


def test_a_locked_account_is_seen_and_opened(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    lan = desk.hire("lan", Role.AGENT)
    with desk.engine.begin() as connection:
        for _ in range(5):
            accounts.count_failure(connection, lan.id, desk.now)
    desk.enter("sep")
    assert "Tạm khóa đến 22/11/2026" in desk.client.get(f"/console/staff/{lan.id}").text
    desk.post(f"/console/staff/{lan.id}/unlock", reason="Gõ nhầm bàn phím")
    assert "Tạm khóa" not in desk.client.get(f"/console/staff/{lan.id}").text


def test_an_account_that_is_not_there_is_a_404(desk: Desk) -> None:
    desk.hire("sep", Role.ADMIN)
    desk.enter("sep")
    assert desk.client.get("/console/staff/999").status_code == 404
    assert desk.post("/console/staff/999/password", reason="x").status_code == 404
