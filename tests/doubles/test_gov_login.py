"""The log-in provider of the government double."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from tests.doubles.gov.government import Government

BACK = "http://127.0.0.1:1/lien-ket"


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def authorized(gov: Government, **changes: str) -> dict[str, str]:
    """What comes back to the client in the address."""
    query = {
        "response_type": "code",
        "client_id": gov.settings.client_id,
        "redirect_uri": BACK,
        "scope": "openid",
        "acr_values": "LoA1",
        "state": "trang-thai",
        **changes,
    }
    response = requests.get(f"{gov.url}/oauth2/authorize", params=query, allow_redirects=False, timeout=10)
    assert response.status_code == 302
    return dict(parse_qsl(urlsplit(response.headers["location"]).query))


def exchanged(gov: Government, code: str, **changes: str) -> requests.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "client_id": gov.settings.client_id,
        "client_secret": gov.settings.client_secret,
        **changes,
    }
    return requests.post(f"{gov.url}/oauth2/token", data=form, timeout=10)


def test_a_citizen_logs_in(gov: Government) -> None:
    """Lost: linking a conversation to a person could not be shown."""
    gov.log_in_as("cd5")
    back = authorized(gov)
    assert back["state"] == "trang-thai"
    tokens = exchanged(gov, back["code"]).json()
    assert tokens["id_token"].count(".") == 2
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    person = requests.post(f"{gov.url}/oauth2/userinfo", headers=bearer, timeout=10).json()
    code = gov.codes(status=5)[0]
    assert (person["sub"], person["LoaiTaiKhoan"]) == ("cd5", "1")
    assert person["SoDinhDanh"][-4:] == gov.owner(code).id_last4
    form = {"token": tokens["access_token"]}
    told = requests.post(f"{gov.url}/oauth2/introspect", data=form, timeout=10).json()
    assert told["active"] and told["client_id"] == gov.settings.client_id
    hint = {"id_token_hint": tokens["id_token"]}
    requests.get(f"{gov.url}/oidc/logout", params=hint, timeout=10)
    assert requests.post(f"{gov.url}/oauth2/userinfo", headers=bearer, timeout=10).status_code == 401


def test_a_code_is_good_once_and_for_one_client_and_address(gov: Government) -> None:
    """Lost: a client that reuses codes or leaves out its secret would pass."""
    code = authorized(gov)["code"]
    assert exchanged(gov, code, client_secret="khac").status_code == 401
    assert exchanged(gov, code).status_code == 200
    assert exchanged(gov, code).json()["error"] == "invalid_grant"
    other = authorized(gov)["code"]
    assert exchanged(gov, other, redirect_uri=BACK + "/khac").status_code == 400


def test_a_citizen_cancels(gov: Government) -> None:
    """Lost: a client that takes every return for a log-in would pass."""
    gov.log_in_as(None)
    assert authorized(gov) == {"error": "access_denied", "state": "trang-thai"}
    assert authorized(gov, scope="email")["error"] == "invalid_request"
