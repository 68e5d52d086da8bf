"""What citizens lose when these fail: their name readable in the database, or a dossier nobody can open."""

from pathlib import Path

import pytest

from bot.gateways.vault import Vault, open_vault
from bot.settings import Settings
from tests.gateways.counter import KEY


def test_what_is_sealed_opens_with_the_same_key_alone() -> None:
    sealed = Vault(KEY).seal("Nguyễn Thị Thử".encode())
    assert "Thử".encode() not in sealed
    assert Vault(KEY).open(sealed) == "Nguyễn Thị Thử".encode()
    assert Vault("A" * 43 + "=").open(sealed) is None
    assert Vault(KEY).open(sealed[:-2]) is None


def test_the_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path / "var")
    sealed = open_vault(settings).seal(b"x")
    assert open_vault(settings).open(sealed) == b"x"
    assert (tmp_path / "var" / "vault.key").stat().st_mode & 0o777 == 0o600


def test_a_configured_key_must_be_one() -> None:
    assert open_vault(Settings(vault_key=KEY)).open(Vault(KEY).seal(b"x")) == b"x"
    with pytest.raises(ValueError, match="BOT_VAULT_KEY"):
        open_vault(Settings(vault_key="abc"))


def test_codes_in_logs_tell_nothing_without_the_key() -> None:
    label = Vault(KEY).label("H49.24-261122-0001")
    assert len(label) == 16 and label == Vault(KEY).label("H49.24-261122-0001")
    assert label != Vault("A" * 43 + "=").label("H49.24-261122-0001")
