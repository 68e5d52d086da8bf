"""What is lost when these fail: every session and page address at a restart, or all that is sealed."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from bot.keys import kept, staff_key, web_secret
from bot.settings import Settings


def test_a_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "vault.key"
    first = kept(path, lambda: "first")
    assert first == kept(path, lambda: "second") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["vault.key"], "no draft is left lying about"


def test_processes_that_start_at_once_agree_on_a_key(tmp_path: Path) -> None:
    """Gateway and action server make it together on the first start: one must be able to open what the other
    has sealed.
    """
    for number in range(20):
        path = tmp_path / str(number)
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(lambda _, path=path: kept(path, lambda: uuid4().hex), range(8)))
        assert len(found) == 1


def test_the_configured_secret_wins_and_must_be_one(tmp_path: Path) -> None:
    given = Settings(var_dir=tmp_path, web_secret="0123456789abcdef")
    assert web_secret(given) == "0123456789abcdef" and os.listdir(tmp_path) == []
    with pytest.raises(ValueError, match="BOT_WEB_SECRET"):
        web_secret(Settings(var_dir=tmp_path, web_secret="short"))
    made = web_secret(Settings(var_dir=tmp_path))
    assert len(made) >= 32 and made == web_secret(Settings(var_dir=tmp_path))


def test_the_key_of_staff_is_one_for_fernet_and_stays(tmp_path: Path) -> None:
    """Another one after a restart, and nobody's second factor is right any more."""
    settings = Settings(var_dir=tmp_path)
    key = staff_key(settings)
    assert Fernet(key).decrypt(Fernet(staff_key(settings)).encrypt(b"x")) == b"x"
    assert (tmp_path / "staff.key").read_text().strip() == key.decode()
