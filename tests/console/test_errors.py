"""What is shown when something cannot be done, and what goes around every answer."""

import pytest
from starlette.routing import Route

from bot.console import headers
from bot.staff.roles import Role
from tests.console.desk import Desk


def test_unknown_pages_and_methods_are_answered_with_a_sentence(desk: Desk) -> None:
    assert "Không có trang này" in desk.client.get("/console/nothing").text
    wrong = desk.client.delete("/console/enter")
    assert wrong.status_code == 405 and "không nhận thao tác" in wrong.text and "allow" in wrong.headers


def test_whoever_is_in_keeps_the_menu_on_an_unknown_page(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    assert "<nav" not in desk.client.get("/console/nothing").text
    desk.enter("lan")
    answer = desk.client.get("/console/nothing")
    assert answer.status_code == 404 and "<nav" in answer.text


def test_a_fault_tells_nothing_about_the_inside(desk: Desk) -> None:
    """Names of tables, files or citizens in an error page help whoever attacks."""

    async def broken(_request: object) -> None:
        raise RuntimeError("SELECT secret FROM staff_account")

    desk.app.router.routes.append(Route("/console/broken", broken))
    answer = desk.client.get("/console/broken")
    assert answer.status_code == 500 and "Hệ thống gặp lỗi" in answer.text
    assert "SELECT" not in answer.text and "RuntimeError" not in answer.text
    assert answer.headers["content-security-policy"] == headers.POLICY


def test_every_answer_carries_the_policy_and_is_not_kept(desk: Desk) -> None:
    for path in ("/console/enter", "/console/", "/console/nothing", "/health/live"):
        found = desk.client.get(path).headers
        assert found["content-security-policy"] == headers.POLICY
        assert found["cache-control"] == "no-store" and found["x-content-type-options"] == "nosniff"
        assert found["x-frame-options"] == "DENY" and "strict-transport-security" not in found
    safe = desk.browser("https://console.example").get("/console/enter")
    assert safe.headers["strict-transport-security"].startswith("max-age=")


def test_the_policy_is_the_one_agreed() -> None:
    assert headers.POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_a_body_without_end_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One visitor could fill the memory of the server."""
    huge = b"login=" + b"a" * (headers.MOST_BYTES + 1)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = desk.client.post("/console/enter", content=huge, headers=kind)
    assert answer.status_code == 413 and "quá lớn" in answer.text


def test_files_are_kept_by_their_content(desk: Desk) -> None:
    """A new version must reach everybody at once, an old one must not be asked for again."""
    page = desk.client.get("/console/enter").text
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    hashed, bare = desk.client.get(style), desk.client.get(style.split("?")[0])
    assert "immutable" in hashed.headers["cache-control"] and "max-age=300" in bare.headers["cache-control"]
    assert hashed.text == bare.text and hashed.headers["content-type"] == "text/css; charset=utf-8"


def test_health_tells_whether_the_database_is_there(any_desk: Desk) -> None:
    assert any_desk.client.get("/health/live").json() == {"alive": True}
    assert any_desk.client.get("/health/ready").status_code == 200


def test_health_without_its_database(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("bot.console.work.transact", gone)
    answer = desk.client.get("/health/ready")
    assert answer.status_code == 503 and answer.json() == {"database": False}


def test_the_addresses_before_the_console_lead_to_it(desk: Desk) -> None:
    assert desk.client.get("/").headers["location"] == "/console/"
    assert desk.client.get("/console").headers["location"] == "/console/"


def test_a_name_is_never_markup(desk: Desk) -> None:
    """Whatever is typed somewhere is shown, not run."""
    desk.hire("lan", Role.ADMIN)
    desk.enter("lan")
    desk.post("/console/staff/new", login="minh", name="<script>alert(1)</script>", roles=["agent"])
    page = desk.client.get("/console/staff").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
