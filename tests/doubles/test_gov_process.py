"""The government double as a process of its own."""

from pathlib import Path

import pytest
import requests

from tests.doubles.gov.process import Outside
from tests.doubles.gov.records import Kind
from tests.doubles.gov.settings import Settings
from tests.doubles.gov_client import CODE, NEW

SETTINGS = Settings()


def create(gov: Outside) -> int:
    """The error code."""
    headers = {
        "Content-Type": "application/json;charset=utf-8",
        "Charset": "utf-8",
        "dstcode": SETTINGS.destination,
    }
    given = {"username": SETTINGS.username, "password": SETTINGS.password}
    session = requests.post(f"{gov.url}/mapi/login", json=given, headers=headers, timeout=10).json()[
        "session"
    ]
    body = {"session": session, "madonvi": SETTINGS.unit, "service": "DongBoHoSoMC", "isUpdating": "False"}
    reply = requests.post(f"{gov.url}/mapi/g", json={**body, "data": [NEW]}, headers=headers, timeout=10)
    return int(reply.json()["error_code"])


def test_what_it_received_outlives_it(tmp_path: Path) -> None:
    """Lost: after a crash nobody could count how often a dossier arrived."""
    state = tmp_path / "received.jsonl"
    with Outside(state) as gov:
        address = gov.url
        gov.call("die_after", service="DongBoHoSoMC")
        with pytest.raises(requests.ConnectionError):
            create(gov)
        gov.kill()
        assert [each.key for each in gov.received(Kind.CREATED)] == [CODE]
        with state.open("ab") as cut:
            cut.write(b'{"kind":"created","key":"' + b"x" * 10)
        gov.start()
        assert gov.url == address
        assert create(gov) == 3
        gov.call("accept", code=CODE, at="20261123080000", due="20261126170000")
        assert gov.call("dossier", code=CODE)["TrangThaiHoSo"] == "2"
        assert (gov.call("created", code=CODE), gov.call("existed", code=CODE)) == (1, 1)
        assert gov.call("logins") == 2
        assert gov.call("calls", service="login")[0]["status"] == 200
    assert [each.kind for each in gov.received(Kind.MOVED)] == [Kind.MOVED]
