"""The key of the sessions survives a restart and is nobody else's."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.web.errors import ApiError
from bot.channels.web.session import Sessions
from bot.keys import web_secret
from bot.settings import Settings
from tests.channels.web.site import Clock


def test_processes_that_start_together_agree_on_one_secret(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var")
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: web_secret(settings), range(32)))
    assert len(found) == 1 and len(found.pop()) >= 32
    path = tmp_path / "var" / "web.secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["web.secret"]


def test_a_configured_secret_is_used_and_a_short_one_refused(tmp_path: Path) -> None:
    assert web_secret(Settings(var_dir=tmp_path, web_secret="x" * 16)) == "x" * 16
    with pytest.raises(ValueError, match="BOT_WEB_SECRET"):
        web_secret(Settings(var_dir=tmp_path, web_secret="short"))


def test_a_token_of_another_secret_is_none_of_ours() -> None:
    clock = Clock()
    _, token = Sessions("one" * 10, clock).open("https://a.example")
    with pytest.raises(ApiError):
        Sessions("two" * 10, clock).check(token, "https://a.example")


def test_session_ids_do_not_repeat() -> None:
    sessions = Sessions("one" * 10, Clock())
    assert len({sessions.open("https://a.example")[0].sid for _ in range(1000)}) == 1000


def test_a_token_that_was_good_is_looked_at_each_time() -> None:
    """A page that took it from ours, or a browser that was left open, must not go on with it."""
    clock = Clock()
    sessions = Sessions("one" * 10, clock)
    session, token = sessions.open("https://a.example")
    for _ in range(2):
        assert sessions.check(token, "https://a.example") == session
        with pytest.raises(ApiError, match="foreign_origin"):
            sessions.check(token, "https://b.example")
    for wrong in (token[:-1], token + "x", ""):
        with pytest.raises(ApiError, match="no_session"):
            sessions.check(wrong, "https://a.example")
    clock.time = session.expires_at
    with pytest.raises(ApiError, match="session_expired"):
        sessions.check(token, "https://a.example")
