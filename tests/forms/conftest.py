"""The gateway's form pages over the shipped records they need."""

from collections.abc import Iterator
from datetime import date, datetime, timezone

import msgspec
import pytest
import yaml
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from bot.answers.wording import Wording
from bot.catalogue.importing.context import read_agencies, read_units, store_agencies, store_units
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Procedure
from bot.channels.web.headers import SecurityHeaders
from bot.forms.offer import Forms, read_forms
from bot.forms.routes import Desk, routes
from bot.knowledge_source import wording_from
from bot.pages import routes as page_routes
from tests.conftest import ROOT, SHIPPED

BASE = "https://tro-ly.example.vn"
SECRET = "a secret of the tests alone"
TODAY = date(2026, 11, 22)
HONG_GAI = "06685"


@pytest.fixture(scope="session")
def forms() -> Forms:
    return read_forms(ROOT / "data" / "forms")


@pytest.fixture(scope="session")
def wording() -> Wording:
    return wording_from(ROOT / "domain.yml")


@pytest.fixture(scope="session")
def records(forms: Forms) -> dict[str, Procedure]:
    return shipped_records(forms)


def shipped_records(forms: Forms) -> dict[str, Procedure]:
    """The shipped records of every procedure a form is for."""
    wanted = {code for form in forms.all() for code in form.procedures}
    found: dict[str, Procedure] = {}
    for path in sorted((SHIPPED / "curated").glob("*.yaml")):
        for raw in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or ():
            if raw["code"] in wanted:
                found[raw["code"]] = msgspec.convert({**raw, "curated": True}, Procedure)
    return found


def fill(engine: Engine, records: dict[str, Procedure]) -> None:
    """A catalogue of these records alone, with all communes and agencies."""
    run_import(engine, Import(tuple(records.values()), "test"))
    moment = datetime(2026, 11, 1, tzinfo=timezone.utc)
    with engine.begin() as connection:
        store_agencies(connection, read_agencies(SHIPPED / "agencies.csv"), moment)
        store_units(connection, read_units(SHIPPED / "units.csv", SHIPPED / "unit_successions.csv"), moment)


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 3, tzinfo=timezone.utc).timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def site(engine: Engine, forms: Forms, wording: Wording, clock: Clock, base: str = BASE) -> Starlette:
    """The pages behind the headers of the gateway."""
    desk = Desk(engine, forms, wording, base, SECRET, clock, lambda: TODAY, clock)
    return Starlette(routes=[*routes(desk), *page_routes.routes()], middleware=[Middleware(SecurityHeaders)])


@pytest.fixture
def catalogue(sqlite_engine: Engine, records: dict[str, Procedure]) -> Engine:
    fill(sqlite_engine, records)
    return sqlite_engine


@pytest.fixture
def client(catalogue: Engine, forms: Forms, wording: Wording, clock: Clock) -> Iterator[TestClient]:
    with TestClient(site(catalogue, forms, wording, clock), base_url=BASE) as opened:
        yield opened


def path_of(url: str) -> str:
    """The address below the gateway's own."""
    return url.removeprefix(BASE)
