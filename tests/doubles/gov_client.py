"""A plain caller of the government double, for tests of the double itself."""

from typing import Any

import requests

from tests.doubles.gov.government import Government

PATIENCE = 10.0


def headers(gov: Government) -> dict[str, str]:
    return {
        "Content-Type": "application/json;charset=utf-8",
        "Accept": "application/json",
        "Charset": "utf-8",
        "dstcode": gov.settings.destination,
    }


def post(gov: Government, path: str, body: dict[str, Any], timeout: float = PATIENCE) -> requests.Response:
    return requests.post(
        gov.url + path, json=body, headers=headers(gov), timeout=timeout, allow_redirects=False
    )


def login(gov: Government) -> str:
    """A session."""
    given = {"username": gov.settings.username, "password": gov.settings.password}
    return str(post(gov, gov.LOGIN, given).json()["session"])


def ask(
    gov: Government, session: str, service: str, timeout: float = PATIENCE, **fields: Any
) -> requests.Response:
    body = {"session": session, "madonvi": gov.settings.unit, "service": service, **fields}
    return post(gov, gov.CALL, body, timeout)


def call(gov: Government, session: str, service: str, **fields: Any) -> dict[str, Any]:
    return dict(ask(gov, session, service, **fields).json())


NEW = {
    "MaHoSo": "H49.22-261122-0001",
    "MaTTHC": "1.001193",
    "TenTTHC": "Đăng ký khai sinh",
    "TrangThaiHoSo": "1",
}
CODE = NEW["MaHoSo"]
