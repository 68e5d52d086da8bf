"""The road to Rasa: every reply arrives whole, every failure has a name."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.assistants import Assistants
from bot.channels.brain import MODEL_HEADER, BrainError, RasaBrain, open_brain
from bot.channels.message import Choice, Reply
from bot.conversations import sessions
from bot.conversations.channel import Channel
from bot.conversations.said import Card, Source
from bot.conversations.turns import Dated, Facts, Scored
from bot.database import connect
from bot.settings import Settings

SECRET = "s3cret"
# What Rasa's local channel gives back for one turn with two messages.
TURN = [
    {"recipient_id": "c1", "text": "Hai câu hỏi.", "custom": {"outcome": "answered", "card": None}},
    {
        "recipient_id": "c1",
        "text": "Hồ sơ gồm:\n- Tờ khai",
        "buttons": [
            {"title": "Lệ phí", "payload": "/ask_fee"},
            {"title": "Mở cổng", "url": "https://example.vn"},
        ],
        "custom": {
            "outcome": "answered",
            "procedure_code": "1.001193",
            "intent": "ask_documents",
            "confidence": 0.98,
            "candidates": [{"code": "1.001193", "score": 0.97}, {"code": "1.000656", "score": 0.02}],
            "sources": [{"code": "1.001193", "date": "2026-11-21"}],
            "revision": 7,
            "card": {
                "code": "1.001193",
                "name": "Đăng ký khai sinh",
                "checklist": ["Tờ khai"],
                "sources": [{"title": "Cổng", "url": "https://example.vn/1", "date": "2026-11-21"}],
            },
        },
    },
]


class FakeRasa:
    """A server in Rasa's place that answers what it is told to."""

    def __init__(self) -> None:
        self.status, self.body = 200, json.dumps(TURN)
        self.healthy = 200
        self.pause = asyncio.Event()
        self.pause.set()
        self.heard: list[dict[str, object]] = []
        self.peers: set[object] = set()
        self.url = ""

    async def webhook(self, request: web.Request) -> web.Response:
        await self.pause.wait()
        if request.headers.get("Authorization") != f"Bearer {SECRET}":
            return web.json_response({"error": "unauthorized"}, status=401)
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        self.heard.append(await request.json())
        headers = {MODEL_HEADER: "c6db3af5e33a0e74"}
        return web.Response(
            text=self.body, status=self.status, content_type="application/json", headers=headers
        )

    async def health(self, _request: web.Request) -> web.Response:
        return web.json_response({}, status=self.healthy)


@asynccontextmanager
async def serving() -> AsyncIterator[FakeRasa]:
    fake, app = FakeRasa(), web.Application()
    app.router.add_post("/webhooks/local/webhook", fake.webhook)
    app.router.add_get("/webhooks/local/", fake.health)
    app.router.add_get("/health", fake.health)
    runner = web.AppRunner(app)
    await runner.setup()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        fake.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        await web.SockSite(runner, listening).start()
        yield fake
        fake.pause.set()
        await runner.cleanup()


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    async with serving() as fake:
        yield fake


@pytest.fixture
async def brain(rasa: FakeRasa, sqlite_url: str) -> AsyncIterator[RasaBrain]:
    brain = RasaBrain((rasa.url,), rasa.url, sqlite_url, SECRET, timeout=5.0)
    yield brain
    await brain.close()


async def ask(brain: RasaBrain) -> list[Reply]:
    return await brain.reply("c1", Channel.ZALO, "m1", "cần gì")


async def test_a_turn_arrives_with_text_buttons_and_card(brain: RasaBrain, rasa: FakeRasa) -> None:
    """What is lost here never reaches the citizen."""
    first, second = await ask(brain)
    assert first == Reply("Hai câu hỏi.", outcome="answered")
    card = Card(
        "1.001193",
        "Đăng ký khai sinh",
        ("Tờ khai",),
        (Source("Cổng", "", "https://example.vn/1", "2026-11-21"),),
    )
    buttons = (Choice("Lệ phí", "/ask_fee"), Choice("Mở cổng", url="https://example.vn"))
    facts = Facts(
        intent="ask_documents",
        confidence=0.98,
        outcome="answered",
        procedure_code="1.001193",
        candidates=(Scored("1.001193", 0.97), Scored("1.000656", 0.02)),
        sources=(Dated("1.001193", "2026-11-21"),),
        revision=7,
        model="c6db3af5e33a0e74",
    )
    assert second == Reply("Hồ sơ gồm:\n- Tờ khai", buttons, card, "answered", facts)
    assert rasa.heard == [
        {
            "sender": "c1",
            "message": "cần gì",
            "input_channel": "zalo",
            "metadata": {},
            "message_id": "m1",
        }
    ]


async def test_turns_share_a_connection(brain: RasaBrain, rasa: FakeRasa) -> None:
    for _ in range(3):
        await ask(brain)
    assert len(rasa.peers) == 1


async def test_items_of_an_older_shape_are_understood(brain: RasaBrain, rasa: FakeRasa) -> None:
    """Without custom data, and items that hold nothing to show."""
    rasa.body = '[{"recipient_id":"c1","text":"Chào"},{"recipient_id":"c1","image":"x"}]'
    assert await ask(brain) == [Reply("Chào")]


@pytest.mark.parametrize(
    ("status", "body", "retryable"),
    [
        (200, "[]", True),
        (200, '[{"recipient_id":"c1","custom":{"outcome":"answered"}}]', True),
        (500, "{}", True),
        (503, "", True),
        (400, "{}", False),
        (404, "", False),
        (200, "<html>", False),
        (200, "{}", False),
        (200, '[{"text":5}]', False),
        (200, b"\xff\xfe".decode("latin-1"), False),
    ],
)
async def test_every_failure_says_whether_to_try_again(
    brain: RasaBrain, rasa: FakeRasa, status: int, body: str, retryable: bool
) -> None:
    """A message given up too early is lost, one tried for ever blocks the citizen's next one."""
    rasa.status, rasa.body = status, body
    with pytest.raises(BrainError) as failure:
        await ask(brain)
    assert failure.value.retryable is retryable


async def test_silence_has_its_name(brain: RasaBrain, rasa: FakeRasa) -> None:
    rasa.body = "[]"
    with pytest.raises(BrainError, match="silent turn"):
        await ask(brain)


async def test_a_wrong_secret_is_not_tried_again(rasa: FakeRasa, sqlite_url: str) -> None:
    brain = RasaBrain((rasa.url,), rasa.url, sqlite_url, "wrong")
    with pytest.raises(BrainError) as failure:
        await ask(brain)
    await brain.close()
    assert not failure.value.retryable and rasa.heard == []


async def test_a_turn_without_end_is_given_up_and_tried_again(rasa: FakeRasa, sqlite_url: str) -> None:
    rasa.pause.clear()
    brain = RasaBrain((rasa.url,), rasa.url, sqlite_url, SECRET, timeout=0.05)
    with pytest.raises(BrainError, match="too long") as failure:
        await ask(brain)
    await brain.close()
    assert failure.value.retryable and not failure.value.away


async def test_the_next_try_goes_where_the_first_may_still_be_going_on(
    rasa: FakeRasa, sqlite_url: str
) -> None:
    """Two processes at work on one conversation would each write what was spoken of."""
    async with serving() as other:
        brain = RasaBrain((rasa.url, other.url), "", sqlite_url, SECRET, timeout=0.3)
        known = Assistants((rasa.url, other.url))
        one, two, relieved, *_ = [
            who for who in map(str, range(50)) if (await known.ranked(who))[0] == rasa.url
        ]
        rasa.pause.clear()
        other.pause.clear()
        turns = [
            asyncio.create_task(brain.reply(who, Channel.WEB, "m1", "cần gì")) for who in (one, two, relieved)
        ]
        for late in turns:
            with pytest.raises(BrainError, match="too long"):
                await late
        rasa.pause.set()
        other.pause.set()
        await brain.reply(relieved, Channel.WEB, "m1", "cần gì")
        assert relieved not in [call["sender"] for call in rasa.heard]
        await brain.reply(relieved, Channel.WEB, "m2", "cần gì")
        assert relieved in [call["sender"] for call in rasa.heard]
        await brain.close()


async def test_a_busy_assistant_is_relieved_by_an_idle_one(rasa: FakeRasa, sqlite_url: str) -> None:
    """Citizens would wait for one assistant while another has nothing to do."""
    async with serving() as other:
        brain = RasaBrain((rasa.url, other.url), "", sqlite_url, SECRET, timeout=5.0)
        rasa.pause.clear()
        other.pause.clear()
        turns = [
            asyncio.create_task(brain.reply(f"citizen-{n}", Channel.WEB, "m", "cần gì")) for n in range(8)
        ]
        await asyncio.sleep(0.2)
        rasa.pause.set()
        other.pause.set()
        assert all(len(replies) == 2 for replies in await asyncio.gather(*turns))
        await brain.close()
    # 1.25 times half of eight.
    assert max(len(rasa.heard), len(other.heard)) <= 5


async def test_nobody_there_is_worth_another_try(sqlite_url: str) -> None:
    """Rasa is restarted within seconds; the message waits."""
    brain = RasaBrain(("http://127.0.0.1:1",), "http://127.0.0.1:1", sqlite_url)
    with pytest.raises(BrainError) as failure:
        await ask(brain)
    assert failure.value.retryable and failure.value.away
    assert not await brain.ready()
    await brain.close()


async def test_ready_means_model_and_actions(brain: RasaBrain, rasa: FakeRasa, sqlite_url: str) -> None:
    assert await brain.ready()
    rasa.healthy = 503
    assert not await brain.ready()
    rasa.healthy = 200
    without_actions = RasaBrain((rasa.url,), "http://127.0.0.1:1", sqlite_url)
    assert not await without_actions.ready()
    await without_actions.close()


async def test_a_forgotten_conversation_is_gone_from_rasas_own_table(tmp_path: Path) -> None:
    """A citizen who asks to be forgotten is; nobody else is. The file keeps no trace of the words."""
    path = tmp_path / "tracker.db"
    store = SQLTrackerStore(Domain.empty(), "sqlite", db=str(path))
    for sender in ("mine", "other"):
        said = UserUttered(f"lời của {sender} ở Hạ Long")
        await store.save(DialogueStateTracker.from_events(sender, [said]))
    store.engine.dispose()
    brain = RasaBrain((), "", f"sqlite:///{path}")
    await brain.forget("mine")
    await brain.close()
    assert await store.retrieve("mine") is None
    kept = await store.retrieve("other")
    assert kept is not None and len(kept.events) > 0
    store.engine.dispose()
    assert b"mine" not in path.read_bytes()


async def test_a_forgotten_conversation_is_gone_from_the_sessions(sqlite_url: str) -> None:
    """What it was about would otherwise come up in the next question of whoever has the device."""
    engine = connect(sqlite_url)
    sessions.create(engine)
    for sender in ("mine", "other"):
        sessions.save(engine, sender, [{"event": "slot"}])
    brain = RasaBrain((), "", sqlite_url)
    await brain.forget("mine")
    await brain.close()
    with engine.connect() as connection:
        assert sessions.known(connection) == ["other"]
    engine.dispose()


async def test_another_assistant_stands_in_for_one_that_is_away(rasa: FakeRasa, sqlite_url: str) -> None:
    """A machine that fails or is renewed would otherwise keep its share of the citizens waiting."""
    away = ("http://127.0.0.1:1", "http://127.0.0.1:2")
    brain = RasaBrain((*away, rasa.url), "", sqlite_url, SECRET, timeout=5.0)
    assert await brain.ready()
    for number in range(8):
        assert len(await brain.reply(f"citizen-{number}", Channel.WEB, "m1", "cần gì")) == 2
    await brain.close()
    assert len(rasa.heard) == 8


async def test_only_an_assistant_that_is_away_is_stood_in_for(rasa: FakeRasa, sqlite_url: str) -> None:
    """A message that breaks one assistant would otherwise break them all, one after the other."""
    async with serving() as other:
        rasa.status = other.status = 500
        brain = RasaBrain((rasa.url, other.url), "", sqlite_url, SECRET, timeout=5.0)
        with pytest.raises(BrainError, match="status 500"):
            await ask(brain)
        await brain.close()
        assert len(rasa.heard) + len(other.heard) == 1


async def test_forgetting_before_rasa_ever_ran_is_no_error(brain: RasaBrain) -> None:
    await brain.forget("c1")


async def test_the_configured_brain_uses_the_settings(rasa: FakeRasa, sqlite_url: str) -> None:
    host, port = rasa.url.removeprefix("http://").split(":")[0], int(rasa.url.rsplit(":", 1)[1])
    settings = Settings(
        host=host, rasa_port=port, action_port=port, tracker_url=sqlite_url, relay_secret=SECRET
    )
    brain = open_brain(settings)
    assert await brain.ready()
    assert len(await ask(brain)) == 2
    await brain.close()
