"""The one-stop client as contract tests set it up against the double of the government systems."""

from datetime import datetime
from typing import Any

import pytest

from bot.gateways.onestop.client import Access, Client
from bot.gateways.onestop.services import OneStop
from bot.gateways.values import LOCAL
from tests.doubles.gov.government import Government

NOW = datetime(2026, 11, 22, 9, tzinfo=LOCAL).timestamp()
NEW = {"MaHoSo": "H49.22-261122-900001", "MaTTHC": "1.001193", "TrangThaiHoSo": "1"}
CODE = NEW["MaHoSo"]
MODES = [
    pytest.param({"codes": codes, "encoded": encoded}, id=f"{codes}-{'encoded' if encoded else 'plain'}")
    for codes in ("number", "string", "padded")
    for encoded in (False, True)
]


def access(gov: Government, **changes: Any) -> Access:
    own = gov.settings
    values = {
        "login_url": gov.url + gov.LOGIN,
        "call_url": gov.url + gov.CALL,
        "username": own.username,
        "password": own.password,
        "unit": own.unit,
        "destination": own.destination,
        "timeout_seconds": 5.0,
    }
    return Access(**{**values, **changes})


def onestop(gov: Government, **changes: Any) -> OneStop:
    client = Client(access(gov, **changes), sleep=lambda seconds: None)
    return OneStop(client, lambda code: "label", lambda: NOW)
