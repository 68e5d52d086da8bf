"""A console as a member of staff has it: a browser, accounts, and a clock that is set by hand."""

import re
from dataclasses import dataclass, field
from typing import Any

from pyotp import TOTP
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.console.app import console_app
from bot.keys import staff_key
from bot.settings import Settings
from bot.staff import accounts
from bot.staff.accounts import Account
from bot.staff.audit import entries
from bot.staff.chain import Entry
from bot.staff.roles import Role
from bot.staff.second_factor import SecondFactor
from tests.conftest import ROOT

PASSWORD = "Vịnh xanh núi đá 47"
NOON = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam


@dataclass
class Desk:
    """``client``: the browser; it does not follow redirects."""

    engine: Engine
    settings: Settings
    now: float = NOON
    client: TestClient = field(init=False)
    secrets: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        app = console_app(self.settings, ROOT, lambda: self.now)
        self.app = app
        self.client = self.browser()

    def browser(self, address: str = "http://console.example") -> TestClient:
        """One more browser at the same console."""
        return TestClient(self.app, base_url=address, follow_redirects=False, raise_server_exceptions=False)

    @staticmethod
    def read_secret(page: str) -> str:
        """What the page of a new second factor tells to type."""
        code = page.split('<code class="secret">')[1].split("</code>")[0]
        return re.sub(r"<[^>]+>|\s", "", code)

    def hire(self, login: str, *roles: Role, factor: bool = True, must_change: bool = False) -> Account:
        """An account with ``PASSWORD``; ``factor``: its second factor is set up."""
        with self.engine.begin() as connection:
            made = accounts.create(
                connection, login, f"Cán bộ {login}", roles, PASSWORD, self.now, must_change=must_change
            )
            if factor:
                second = SecondFactor(staff_key(self.settings))
                secret = self.secrets[login] = second.propose(login).secret
                assert second.confirm(connection, made.id, secret, self.code(login), self.now)
                self.now += 60
            found = accounts.find(connection, made.id)
        assert found is not None
        return found

    def code(self, login: str) -> str:
        return TOTP(self.secrets[login.strip().lower()]).at(int(self.now))

    def give_password(self, login: str, password: str = PASSWORD, client: TestClient | None = None) -> Any:
        browser = client or self.client
        token = hidden(browser.get("/console/enter").text, "csrf")
        return browser.post("/console/enter", data={"csrf": token, "login": login, "password": password})

    def enter(self, login: str, client: TestClient | None = None) -> None:
        """Password and second factor."""
        browser = client or self.client
        assert self.give_password(login, client=browser).status_code == 303
        token = hidden(browser.get("/console/factor").text, "csrf")
        given = browser.post("/console/factor", data={"csrf": token, "code": self.code(login)})
        assert given.headers["location"] == "/console/"
        self.now += 60

    def post(self, path: str, client: TestClient | None = None, **fields: Any) -> Any:
        """As the form on the page does, with the token of the session."""
        browser = client or self.client
        token = hidden(browser.get("/console/me").text, "csrf")
        return browser.post(path, data={"csrf": token, **fields})

    def log(self) -> list[Entry]:
        """The audit log, the newest entry first."""
        with self.engine.connect() as connection:
            return entries(connection)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found is not None, page
    return found[1]
