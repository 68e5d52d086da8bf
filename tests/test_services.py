"""What is lost when these fail: a way to hand in, to follow or to pay, in spite of the settings."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.following.ports import Absence
from bot.payments.states import Way
from bot.services import Disconnected, Services, audit_key, open_services
from bot.settings import Settings
from tests.working import source

NOW = 1_795_312_800.0
ONESTOP = {
    "onestop_url": "http://127.0.0.1:9",
    "onestop_username": "u",
    "onestop_password": "p",
    "onestop_unit": "H49",
    "onestop_destination": "d",
}
TRANSFER = {
    "transfer_bank": "970415",
    "transfer_account": "113366668888",
    "transfer_name": "TRUNG TAM PVHCC",
}


def services(engine: Engine, folder: Path, **more: Any) -> Services:
    return open_services(Settings.parse_obj({"var_dir": folder, **more}), engine, lambda: NOW)


def test_without_systems_nothing_is_promised(sqlite_engine: Engine, tmp_path: Path) -> None:
    """The default installation: look-ups and payments say that they are not there."""
    found = services(sqlite_engine, tmp_path)
    assert found.gateways.onestop is None and found.gateways.sender is None
    assert not found.following.lookups.connected and found.cashier.ways == frozenset()
    assert Disconnected().find("H49.22-261105-0007") is Absence.UNAVAILABLE


def test_what_is_configured_is_there(sqlite_engine: Engine, tmp_path: Path) -> None:
    pays = {"payment_url": "http://127.0.0.1:9", "payment_partner": "DT01", "payment_secret": "s"}
    found = services(sqlite_engine, tmp_path, **ONESTOP, **TRANSFER, **pays)
    assert found.gateways.sender is not None and found.following.lookups.connected
    assert found.cashier.ways == {Way.PLATFORM, Way.TRANSFER}


def test_flows_are_asked_in_the_same_order(sqlite_engine: Engine, tmp_path: Path) -> None:
    """A "thôi" to the reminders must not be heard by the counter first."""
    flows = services(sqlite_engine, tmp_path).flows(source().assistant().knowledge)
    assert [flow.name for flow in flows] == ["notice", "pay", "submit", "follow"]


def test_every_process_reads_codes_the_same_way(sqlite_engine: Engine, tmp_path: Path) -> None:
    """Limits are counted over all processes and restarts: the hash of a code must stay what it was."""
    assert audit_key("secret") == audit_key("secret") != audit_key("another")
    assert len(audit_key("secret")) == 32 and b"secret" not in audit_key("secret")
    first, second = (services(sqlite_engine, tmp_path) for _ in range(2))
    assert first.secret == second.secret
    assert second.gateways.vault.open(first.gateways.vault.seal(b"1234")) == b"1234"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"vault_key": "short"}, "BOT_VAULT_KEY"),
        ({"web_secret": "short"}, "BOT_WEB_SECRET"),
        ({**TRANSFER, "transfer_bank": "97"}, "six digits"),
    ],
)
def test_settings_that_make_no_sense_stop_the_start(
    sqlite_engine: Engine, tmp_path: Path, wrong: dict[str, str], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        services(sqlite_engine, tmp_path, **wrong)
