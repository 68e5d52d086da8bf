"""A phone, Zalo's double and our door together: followed, spoken to, pressed, timed out, left."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
import uvicorn
from sqlalchemy.engine import Connection, Engine
from starlette.applications import Starlette

from bot.channels.adapter import Sent
from bot.channels.message import Choice, Incoming, Kind, Refusal, Reply
from bot.channels.states import Fate
from bot.channels.zalo import credentials
from bot.channels.zalo.adapter import ZaloAdapter
from bot.channels.zalo.client import Client
from bot.channels.zalo.oauth import challenge, pair_of
from bot.channels.zalo.render import template
from bot.channels.zalo.webhook import PATH, Webhook
from bot.settings import Settings
from tests.channels.zalo.doubles import MemoryHub, Settled
from tests.doubles.zalo.driver import Platform, user_id

T = TypeVar("T")
NOON = 1763960400.0
HOUR = 3600.0
CITIZEN = user_id(1)


class Door:
    """A running webhook with the adapter beside it; its clock shows what the platform's shows."""

    def __init__(self, zalo: Platform, told: Settings, engine: Engine) -> None:
        self.zalo, self.told, self.engine = zalo, told, engine
        self.hub = MemoryHub(engine)
        self.hub.time = NOON
        self.settled = Settled()
        self.webhook = Webhook(self.hub, told, self.settled)
        self.adapter = self.another("one")

    def another(self, owner: str) -> ZaloAdapter:
        """A further process' adapter."""
        return ZaloAdapter(self.told, self.run, self.hub.now, owner, lambda: "Các lựa chọn khác:")

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        def transact() -> T:
            with self.engine.begin() as connection:
                return work(connection, *args)

        return await asyncio.to_thread(transact)

    async def authorise(self) -> None:
        pair = await self.zalo.tokens()
        life = float(pair["expires_in"])
        tokens = (pair["access_token"], pair["refresh_token"], life, self.hub.time)
        await self.run(credentials.store, *tokens)

    async def advance(self, seconds: float) -> None:
        self.hub.time = await self.zalo.advance(seconds)

    async def say(self, reply: Reply, to: str = CITIZEN) -> list[Sent]:
        payloads = self.adapter.parts(to, reply, lambda choice: f"token-{choice.payload}")
        return [await self.adapter.send(payload) for payload in payloads]

    async def heard(self) -> list[Incoming]:
        await self.zalo.settle()
        return list(self.hub.accepted.values())


@pytest.fixture
async def door(sqlite_engine: Engine) -> AsyncIterator[Door]:
    async with opened(sqlite_engine) as door:
        yield door


@asynccontextmanager
async def opened(engine: Engine) -> AsyncIterator[Door]:
    async with Platform.inside(start=NOON, ticking=False) as zalo:
        door = Door(zalo, Settings.parse_obj(await zalo.gateway_settings()), engine)
        await door.authorise()
        app = Starlette(routes=door.webhook.routes())
        server = uvicorn.Server(uvicorn.Config(app, port=0, ws="none", log_level="error", lifespan="off"))
        task = asyncio.create_task(server.serve())
        while not (server.started or task.done()):
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        await zalo.configure(hook_url=f"http://127.0.0.1:{port}{PATH}")
        try:
            yield door
        finally:
            server.should_exit = True
            await task
            await door.adapter.close()


async def test_a_citizen_follows_asks_presses_and_leaves(door):
    phone = door.zalo.phone(1)
    await phone.follows()
    await phone.says("Lệ phí khai sinh?")
    choices = tuple(Choice(f"Nơi nộp {n}", payload=f"p{n}") for n in range(7))
    sent = await door.say(Reply("Bà con chọn nơi nộp:\n" + "• giấy tờ\n" * 300, choices))
    assert [each.fate for each in sent] == [Fate.SENT] * 3
    heard = await phone.hears(3)
    assert [len(each.titles) for each in heard] == [0, 5, 2]
    assert [each.message_id for each in heard] == [each.external_id for each in sent]
    await phone.taps("Nơi nộp 6")
    await phone.unfollows()
    deeds = [(each.kind, each.text) for each in await door.heard()]
    assert deeds == [
        (Kind.HELLO, ""),
        (Kind.TEXT, "Lệ phí khai sinh?"),
        (Kind.BUTTON, "token-p6"),
        (Kind.GOODBYE, ""),
    ]
    assert [fate.fate for fate in await door.say(Reply("Tạm biệt"))] == [Fate.UNREACHABLE]


@pytest.mark.parametrize("timestamps", ["body", "header", "both"])
@pytest.mark.parametrize("escaped", [False, True])
async def test_repeated_shuffled_and_differently_written_events_count_once(door, timestamps, escaped):
    await door.zalo.configure(copies=3, shuffle=8, timestamps=timestamps, escaped=escaped)
    await door.zalo.says_many((number % 4, f"câu hỏi {number}") for number in range(20))
    heard = await door.heard()
    assert sorted(each.text for each in heard) == sorted(f"câu hỏi {number}" for number in range(20))


async def test_forgers_stay_outside_and_the_console_may_probe(door):
    for trick, status in {
        "unsigned": 401,
        "wrong_secret": 401,
        "app_secret": 401,
        "hmac": 401,
        "bare": 401,
        "tampered": 401,
        "stale": 401,
        "other_app": 403,
        "other_oa": 403,
        "not_json": 400,
        "not_object": 400,
        "too_big": 413,
    }.items():
        assert await door.zalo.forge(trick) == status, trick
    for shape in ("braces", "empty", "get"):
        assert await door.zalo.probe(shape) == 200
    assert await door.heard() == []


async def test_a_file_is_fetched_at_once_and_other_things_are_refused(door):
    phone = door.zalo.phone(1)
    await phone.sends_file(b"%PDF-1.7 ...", "Tờ khai.pdf")
    await phone.sends_image(b"\xff\xd8\xff\xe0", caption="Giấy của tôi")
    await phone.sends_voice()
    await phone.sends_sticker()
    await phone.sends_location()
    await phone.sends_card("84912345678")
    await phone.submits("Nguyễn An", "84912345678")
    file, image, *refused = await door.heard()
    assert await door.adapter.download(file.fetch[0]) == ("Tờ khai.pdf", b"%PDF-1.7 ...")
    assert (await door.adapter.download(image.fetch[0]))[1] == b"\xff\xd8\xff\xe0"
    assert image.text == "Giấy của tôi"
    kinds = [Refusal.VOICE, Refusal.STICKER, Refusal.LOCATION, Refusal.CONTACT, Refusal.CONTACT]
    assert [each.text for each in refused] == [kind.value for kind in kinds]
    assert "84912345678" not in repr(door.hub.accepted)


async def test_a_call_that_broke_off_is_settled_by_the_echo(door):
    """The answer reached the phone although we never heard so: it must not be sent again."""
    phone = door.zalo.phone(1)
    await phone.says("Xin chào")
    await door.zalo.fault("reset_accepted")
    assert [each.fate for each in await door.say(Reply("Dạ, mời bà con hỏi ạ."))] == [Fate.UNKNOWN]
    (arrived,) = await phone.hears()
    await door.zalo.settle()
    assert door.settled.asked == [(CITIZEN, arrived.message_id, "Dạ, mời bà con hỏi ạ.")]


async def test_troubles_of_the_platform_have_their_fates(door):
    await door.zalo.phone(1).says("Xin chào")
    for kind, details, fate in (
        ("error", {"code": -200}, Fate.RETRY),
        ("error", {"code": -32}, Fate.RETRY),
        ("error", {"code": -224}, Fate.OPERATOR),
        ("error", {"code": -234}, Fate.LATER),
        ("http", {"status": 503}, Fate.RETRY),
        ("reset", {}, Fate.UNKNOWN),
    ):
        await door.zalo.fault(kind, **details)
        assert [each.fate for each in await door.say(Reply("Dạ"))] == [fate], (kind, details)
    assert await door.zalo.answers_to(1) == []


async def test_the_window_of_seven_days_and_the_token_of_25_hours(door):
    await door.zalo.configure(templates={"297400": ("ma_ho_so",)})
    await door.zalo.phone(1).says("Xin chào")
    await door.advance(26 * HOUR)
    assert [each.fate for each in await door.say(Reply("Sau một ngày"))] == [Fate.SENT]
    await door.advance(150 * HOUR)
    (late,) = await door.say(Reply("Sau tám ngày"))
    assert (late.fate, late.error) == (Fate.UNREACHABLE, "zalo -230")
    notice = template(CITIZEN, "297400", {"ma_ho_so": "H49.01-1"})
    assert (await door.adapter.send(notice)).fate is Fate.SENT


async def test_eight_processes_share_one_refresh_on_the_platform(engine):
    """Zalo's double takes a refresh token once; a second use locks us out."""
    async with opened(engine) as door:
        await door.zalo.phone(1).says("Xin chào")
        adapters = [door.another(f"p{number}") for number in range(8)]
        (payload,) = door.adapter.parts(CITIZEN, Reply("Dạ"), lambda choice: "")
        for _ in range(3):
            await door.zalo.revoke()
            sent = await asyncio.gather(*(each.send(payload) for each in adapters for _ in range(3)))
            assert {each.fate for each in sent} == {Fate.SENT}
        for each in adapters:
            await each.close()
        codes = [
            call.code
            for call in await door.zalo.calls()
            if "oauth" in call.path or "access_token" in call.path
        ]
        assert -14020 not in codes
        assert await door.run(_version) == 4


def _version(connection: Connection) -> int:
    found = credentials.load(connection)
    return found.version if found else 0


async def test_a_spent_refresh_token_stops_the_channel_until_it_is_authorised_again(door):
    await door.zalo.phone(1).says("Xin chào")
    await door.zalo.revoke(refresh_too=True)
    assert [each.fate for each in await door.say(Reply("Dạ"))] == [Fate.OPERATOR]
    assert (await door.adapter.check()).fate is Fate.OPERATOR
    await door.authorise()
    assert (await door.adapter.check()).fate is Fate.SENT
    assert [each.fate for each in await door.say(Reply("Dạ"))] == [Fate.SENT]


async def test_the_client_uploads_and_looks_up(door):
    client = Client(door.told)
    access = (await door.zalo.tokens())["access_token"]
    await door.zalo.phone(1).follows()
    upload = await client.upload(access, "file", "don.pdf", b"%PDF-1.7 ...")
    assert upload.error == 0 and upload.data["token"]
    assert (await client.user_detail(access, CITIZEN)).data["user_is_follower"] is True
    assert (await client.account(access)).data["oa_id"] == door.told.zalo_oa_id
    assert (await client.quota(access, CITIZEN)).error == 0
    verifier, _ = challenge()
    assert pair_of(await client.exchange("no-such-code", verifier)) is None
    await client.close()
