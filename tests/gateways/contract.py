"""The one-stop client as contract tests set it up against the double of the government systems."""

from dataclasses import replace
from typing import Any

import pytest

from bot.gateways.onestop.client import Client
from bot.gateways.onestop.services import OneStop
from tests.doubles.gov.government import Government
from tests.gateways.counter import NOW, access

NEW = {"MaHoSo": "H49.22-261122-900001", "MaTTHC": "1.001193", "TrangThaiHoSo": "1"}
CODE = NEW["MaHoSo"]
MODES = [
    pytest.param({"codes": codes, "encoded": encoded}, id=f"{codes}-{'encoded' if encoded else 'plain'}")
    for codes in ("number", "string", "padded")
    for encoded in (False, True)
]


def onestop(gov: Government, **changes: Any) -> OneStop:
    """``changes``: fields of ``Access`` that differ from what the double expects."""
    client = Client(replace(access(gov.url), **changes), sleep=lambda seconds: None)
    return OneStop(client, lambda code: "label", lambda: NOW)
