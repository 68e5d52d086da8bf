"""The one-stop system as this installation is configured."""

import time

from bot.gateways.onestop.client import Client, access_of
from bot.gateways.onestop.services import OneStop
from bot.gateways.vault import Vault
from bot.settings import Settings


def open_onestop(settings: Settings, vault: Vault) -> OneStop | None:
    """None where no system is configured. One for the whole process: it keeps session and breaker."""
    access = access_of(settings)
    return OneStop(Client(access), vault.label, time.time) if access else None
