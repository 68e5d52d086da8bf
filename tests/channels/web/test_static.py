"""The widget's files load on other sites, and only once while they stay the same."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.static import static_routes


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    folder = tmp_path / "web"
    (folder / "assistant").mkdir(parents=True)
    (folder / "node_modules").mkdir()
    for name in ("index.html", "assistant.js", "assistant/panel.js", "texts.vi.json"):
        (folder / name).write_text(f"// {name}")
    for name in ("node_modules/x.js", ".hidden.js", "panel.test.js", "notes.md", "package.json"):
        (folder / name).write_text("private")
    headers = Middleware(SecurityHeaders, embedding=["https://tinh.example"], https=True)
    return TestClient(Starlette(routes=static_routes(folder), middleware=[headers]))


def test_an_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/assistant.js")
    assert first.status_code == 200 and first.headers["content-type"].startswith("text/javascript")
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cache-control"] == "public, max-age=300"
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = client.get("/assistant.js", headers={"If-None-Match": f'"x", {tag}'})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag


def test_the_page_is_served_under_a_strict_policy(client: TestClient) -> None:
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'self' https://tinh.example" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "max-age" in page.headers["strict-transport-security"]
    assert page.headers["cache-control"] == "no-cache"
    assert "frame-ancestors 'none'" in client.get("/texts.vi.json").headers["content-security-policy"]


def test_the_second_visit_does_not_lose_the_pages_own_policy(client: TestClient) -> None:
    """A policy in the 304 replaces that of the kept page: no script would run, the chat would be gone."""
    tag = client.get("/").headers["etag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 304 and "content-security-policy" not in again.headers


@pytest.mark.parametrize(
    "path",
    ["/node_modules/x.js", "/.hidden.js", "/panel.test.js", "/notes.md", "/../web.secret", "/package.json"],
)
def test_nothing_but_the_widget_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_files_in_folders_are_served_and_no_folder_is_no_error(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/assistant/panel.js").text == "// assistant/panel.js"
    assert static_routes(tmp_path / "nothing") == []
