"""The pages of a dossier on the whole gateway. What is lost when these fail: links out of a conversation."""

import re
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.channels.dossiers import SENDING_SECONDS, _today, open_dossiers
from bot.channels.store import Store
from bot.channels.tables import inbox
from bot.database import connect, upgrade
from bot.dossiers.tables import milestone
from bot.forms.tokens import checklist_url, form_url
from bot.gateways.described import Described
from bot.keys import web_secret
from bot.knowledge_source import wording_from
from bot.leaving import PATH, Departure, departure_url
from bot.notices.kinds import Kind
from bot.notices.reminders import Reminders
from bot.notices.states import State
from bot.notices.tables import reminder
from bot.payments.bill import Order
from bot.payments.states import Way
from bot.services import open_services
from bot.settings import Settings
from tests.channels.conftest import words
from tests.channels.running import SmallRasa, running, settings
from tests.conftest import ROOT
from tests.e2e.visitor import Visitor
from tests.notices.conftest import CODE, HOURS
from tests.payments.making import owed
from tests.working import catalogue_url

BIRTH = Described("1.001193", "Đăng ký khai sinh", "06652", "phường Hà Tu", (), (), "H49.24")
DRAFT, CITIZEN = "0123456789ab", "c" * 32
PORTAL = "https://dichvucong.gov.vn/p/home/1.001193"
WAYS = {
    "payment_url": "http://127.0.0.1:9",
    "payment_partner": "DT01",
    "payment_secret": "secret",
    "transfer_bank": "970415",
    "transfer_account": "113366668888",
    "transfer_name": "TRUNG TAM PVHCC",
}
PAGES = ("/to-khai/x", "/danh-muc/x", "/phieu-hen/x", "/nop-ho-so/x", "/thanh-toan/x")


@pytest.fixture
def told(tmp_path: Path) -> Settings:
    """An installation with the shipped catalogue and every way to pay."""
    url = f"sqlite:///{tmp_path / 'own.db'}"
    shipped = sqlite3.connect(catalogue_url().removeprefix("sqlite:///"))
    with shipped, sqlite3.connect(tmp_path / "own.db") as own:
        shipped.backup(own)
    return settings(url, tmp_path, **WAYS)


def links(told: Settings) -> dict[str, str]:
    """A page of each kind as the conversation would offer it, and words that are on it."""
    engine = connect(told.database_url)
    services, secret, base = open_services(told, engine, lambda: 1.8e9), web_secret(told), told.gateway_url
    receipt = services.gateways.registrations.register(CITIZEN, DRAFT, BIRTH)
    handover = services.gateways.submissions.prepare(CITIZEN, DRAFT, BIRTH)
    bill = services.cashier.start(Order(CODE, owed(), CITIZEN, DRAFT), Way.TRANSFER)
    engine.dispose()
    assert bill is not None
    return {
        form_url(base, secret, "khai-sinh", BIRTH.procedure_code, (), None): "Tờ khai đăng ký khai sinh",
        checklist_url(base, secret, BIRTH.procedure_code, (), None): "Đăng ký khai sinh",
        f"{base}/phieu-hen/{receipt.token}": receipt.code,
        f"{base}/nop-ho-so/{handover.token}": "Đăng ký khai sinh",
        bill.link: "113366668888",
    }


async def test_every_page_answers_and_is_kept_by_nobody(told: Settings) -> None:
    """An address of a page is a secret of the citizen: no cache, no index, no frame, no referrer."""
    pages = links(told)
    async with running(told) as browser:
        for url, shown in pages.items():
            async with browser.get(url.removeprefix(told.gateway_url)) as answer:
                page, headers = await answer.text(), answer.headers
            assert answer.status == 200 and shown in page, url
            assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
            assert headers["X-Robots-Tag"].startswith("noindex") and headers["X-Content-Type-Options"]
            policy = headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
            assert "script-src" not in policy and "<script" not in page
            assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == ["/pages/style.css"]
        async with browser.get("/pages/style.css") as style:
            assert style.status == 200 and style.content_type == "text/css"
        for path in PAGES:
            async with browser.get(path) as unknown:
                assert unknown.status in (404, 410) and "lang=" in await unknown.text(), path


async def test_the_payment_platform_is_heard_where_there_is_one(told: Settings, tmp_path: Path) -> None:
    """A confirmation without the right hash settles nothing; without a platform there is no door at all."""
    async with running(told) as browser, browser.post("/payments/confirm", data=b"{}") as refused:
        assert refused.status in (400, 401) and "MaLoi" in await refused.json()
    bare = told.copy(update={"payment_url": "", "transfer_account": "", "transfer_bank": ""})
    async with running(bare) as browser:
        async with browser.post("/payments/confirm", data=b"{}") as absent:
            assert absent.status == 404
        async with browser.get("/thanh-toan/x") as absent:
            assert absent.status == 404


async def test_leaving_for_the_portal_is_counted_once(sqlite_url: str, tmp_path: Path) -> None:
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    url = departure_url(told.gateway_url, web_secret(told), Departure(DRAFT, "1.001193", "zalo", PORTAL))
    async with running(told) as browser:
        for _ in range(2):
            async with browser.get(urlsplit(url).path, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (302, PORTAL)
                assert answer.headers["Referrer-Policy"] == "no-referrer"
    with connect(sqlite_url).connect() as connection:
        rows = connection.execute(select(milestone)).all()
    counted = [(row.draft_id, row.step, row.procedure_code, row.channel) for row in rows]
    assert counted == [(DRAFT, "opened", "1.001193", "zalo")]


async def test_nobody_but_us_can_lead_people_away(sqlite_url: str, tmp_path: Path) -> None:
    """A link of ours that leads anywhere is what fraud is made of."""
    upgrade(sqlite_url)
    told = settings(sqlite_url, tmp_path)
    departure = Departure(DRAFT, "1.001193", "web", "https://example.com/gia-mao")
    forged = departure_url("", "another secret, long enough", departure)
    genuine = departure_url("", web_secret(told), Departure(DRAFT, "1.001193", "web", PORTAL))
    checklist = checklist_url("", web_secret(told), "1.001193", (), None).rsplit("/", 1)[1]
    async with running(told) as browser:
        for path in (forged, genuine[:-1], f"{PATH}/{checklist}", f"{PATH}/x", f"{PATH}/{'x' * 3000}"):
            async with browser.get(path, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (302, told.portal_url)
    with connect(sqlite_url).connect() as connection:
        assert connection.execute(select(milestone)).all() == []


async def test_what_could_not_be_told_comes_before_the_answer(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """Who declined messages of ours still hears the news, first thing when they write."""
    told = settings(database_url, tmp_path)
    rasa = SmallRasa(told)
    await rasa.start()
    async with running(told), Visitor.at(told.gateway_url) as citizen:
        await citizen.says("xin chào")
        await citizen.hears_of("đáp xin chào")
        with engine.begin() as connection:
            here, now = connection.execute(select(inbox.c.conversation_id, inbox.c.received_at)).one()
            Reminders(HOURS).plan(connection, here, Kind.RESULT_READY, CODE, now + 3600, now)
            connection.execute(update(reminder).values(state=State.HELD.value))
        await citizen.says("lệ phí khai sinh")
        await citizen.hears_of("đáp lệ phí khai sinh")
        said = [m["text"] for m in await citizen.log()]
        await citizen.says("cảm ơn")
        await citizen.hears_of("đáp cảm ơn")
        later = [m["text"] for m in await citizen.log()]
    await rasa.stop()
    assert said[3].startswith("Hồ sơ …0042") and said[2:] == ["lệ phí khai sinh", said[3], said[4]]
    assert said[4] == "đáp lệ phí khai sinh" and later[5:] == ["cảm ơn", "đáp cảm ơn"]


def test_slots_are_those_the_installation_can_use(sqlite_url: str, tmp_path: Path) -> None:
    """Without a one-stop system nothing is sent; all the rest goes on."""
    upgrade(sqlite_url)
    wording, store = wording_from(ROOT / "domain.yml"), Store(connect(sqlite_url))

    def slots(**more: Any) -> dict[str, float]:
        told = settings(sqlite_url, tmp_path, **more)
        worker = open_dossiers(told, store, {}, wording, print, lambda: 1.8e9).worker
        return {slot.name: slot.seconds for slot in worker._slots}

    always = {"payments", "following", "registrations", "look-ups", "second factors", "days"}
    assert set(slots()) == always
    account = {"onestop_username": "u", "onestop_password": "p", "onestop_unit": "H49"}
    connected = slots(onestop_url="http://127.0.0.1:9", onestop_destination="d", **account)
    assert set(connected) == {*always, "submissions"} and connected["submissions"] == SENDING_SECONDS


def test_every_slot_runs_on_a_fresh_installation(engine: Engine, database_url: str, tmp_path: Path) -> None:
    """A job that fails the first time keeps failing silently until somebody reads the log."""
    store, wording = Store(connect(database_url)), words().wording
    told = settings(database_url, tmp_path, **WAYS)
    worker = open_dossiers(told, store, {}, wording, print, lambda: 1.8e9).worker
    for slot in worker._slots:
        slot.once(1.8e9)


def test_today_is_the_day_where_citizens_are() -> None:
    """At seven in the evening UTC it is tomorrow in Quảng Ninh."""
    assert _today(Settings(), 1_795_374_000.0) == date(2026, 11, 23)
