"""While a person has a conversation the machine is silent; what they write arrives once, signed."""

import asyncio

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.channels.gateway import Gateway
from bot.channels.inbox import Waiting
from bot.channels.message import Kind, Refusal, Reply
from bot.channels.response import Response
from bot.channels.rules import Rules
from bot.channels.staff.reaching import Unsaid
from bot.channels.staff.settling import silent
from bot.channels.store import Store
from bot.channels.web.view import shown
from bot.conversations import log
from bot.conversations.channel import Author, Channel, Reach
from bot.conversations.people import Person
from bot.conversations.tables import identity, turn
from bot.conversations.turns import Facts
from bot.handoffs import talking
from bot.handoffs.states import Ending
from bot.handoffs.tables import staff_message
from bot.staff.tables import staff_account
from tests.channels.conftest import Clock, Platform, eventually, sent_text, words
from tests.channels.counter import OFFER, Counter, open_counter
from tests.channels.staff.people import ASKS, Staff, latest

SAY = words().text
ASK = "gặp cán bộ"


async def waiting(counter: Counter, channel: Channel = Channel.TELEGRAM) -> Staff:
    """A citizen who asked for a person, and the person."""
    await counter.does(Kind.HELLO, channel=channel)
    counter.brain.knows[ASK] = ASKS
    lan = Staff(counter.engine, counter.clock)
    lan.is_here()
    await counter.says(ASK, channel)
    return lan


async def hears(counter: Counter, text: str, channel: Channel = Channel.TELEGRAM) -> None:
    await eventually(lambda: text in counter.told(channel))


def claimed() -> str:
    return SAY("handoff_claimed", officer="Lan")


async def test_a_person_takes_over_talks_and_gives_back(engine: Engine) -> None:
    """Two voices in one conversation contradict each other; silence after the person left is worse."""
    async with open_counter(engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        await hears(counter, claimed())
        asked = len(counter.brain.asked)
        assert await counter.says("tôi hỏi cán bộ") == []
        lan.says("Chào bác, gọi 0203 3 825 511 ạ")
        await hears(counter, "Cán bộ Lan: Chào bác, gọi 0203 3 825 511 ạ")
        lan.says("Tôi xin phép dừng ở đây")
        lan.ends()
        await hears(counter, SAY("handoff_ended", officer="Lan"))
        assert counter.told()[-2:] == [
            "Tôi xin phép dừng ở đây",
            SAY("handoff_ended", officer="Lan"),
        ]
        assert len(counter.brain.asked) == asked
        assert await counter.says("cảm ơn") == ["đáp cảm ơn"]
    with engine.connect() as connection:
        entries = log.entries(connection, latest(engine).conversation_id)
        outcomes = connection.execute(select(turn.c.outcome).order_by(turn.c.id)).scalars().all()
    staff = [entry.said.text for entry in entries if entry.author is Author.STAFF]
    assert staff == ["Chào bác, gọi 020*****511 ạ", "Tôi xin phép dừng ở đây"]
    assert "tôi hỏi cán bộ" in [entry.said.text for entry in entries]
    assert outcomes[-2:] == ["handed_off", "answered"]
    assert latest(engine).answered_at is not None


async def test_on_the_web_the_log_names_the_author_and_shows_what_was_written(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter, Channel.WEB)
        lan.claims()
        lan.says("Gọi 0203 3 825 511 ạ")
        await hears(counter, "Gọi 0203 3 825 511 ạ", Channel.WEB)


async def test_the_web_is_told_the_name_and_never_the_login(sqlite_engine: Engine) -> None:
    """Citizens have a right to know whom they talk to; a login is half of a key."""
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter, Channel.WEB)
        lan.claims()
        lan.says("Chào bác")
        await hears(counter, "Chào bác", Channel.WEB)
    with sqlite_engine.connect() as connection:
        entries = log.entries(connection, latest(sqlite_engine).conversation_id)
        login = connection.execute(select(staff_account.c.login)).scalar_one()
    wired = [shown(entry) for entry in entries]
    assert [message["name"] for message in wired if message["author"] == "staff"] == ["Lan"]
    assert all("name" not in message for message in wired if message["author"] != "staff")
    assert login not in str(wired)


async def test_a_platform_is_told_the_name_once_for_messages_in_a_row(engine: Engine) -> None:
    """Five lines in a row under the same name read like five people; none at all like the machine."""
    async with open_counter(engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        await hears(counter, claimed())
        lan.says("Một")
        lan.says("Hai")
        await hears(counter, "Hai")
        await counter.says("Vâng")
        lan.says("Ba")
        await hears(counter, "Cán bộ Lan: Ba")
        lan.releases()
        await hears(counter, SAY("handoff_released", officer="Lan"))
        minh = Staff(engine, counter.clock, "Minh")
        minh.claims()
        minh.says("Bốn")
        await hears(counter, "Cán bộ Minh: Bốn")
    assert [text for text in counter.told() if text[-2:] in ("ột", "ai", "Ba", "ốn")] == [
        "Cán bộ Lan: Một",
        "Hai",
        "Cán bộ Lan: Ba",
        "Cán bộ Minh: Bốn",
    ]


async def test_zalo_is_signed_too(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter, Channel.ZALO)
        lan.claims()
        lan.says("Chào bác")
        await hears(counter, "Cán bộ Lan: Chào bác", Channel.ZALO)


async def test_silence_does_not_swallow_rights_and_refusals(sqlite_engine: Engine) -> None:
    """A voice message nobody can hear must not seem heard; erasing works whoever is talking."""
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter)
        await counter.says(OFFER)
        lan.claims()
        await hears(counter, claimed())
        assert await counter.does(Kind.UNREADABLE, Refusal.VOICE.value) == [SAY("refused_voice")]
        assert await counter.does(Kind.UNREADABLE, Refusal.STICKER.value) == []
        assert await counter.taps("Một") == []
        assert await counter.says("trợ giúp") == []
        assert len(await counter.says("quyền riêng tư")) == 1
        assert await counter.taps(SAY("handoff_back_button")) == [SAY("handoff_back")]
        assert latest(sqlite_engine).ending is Ending.CITIZEN_LEFT
        assert await counter.says("câu hỏi") == ["đáp câu hỏi"]


async def test_erasing_in_the_middle_takes_everything_of_it(engine: Engine) -> None:
    async with open_counter(engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        lan.says("Chào bác")
        await hears(counter, "Cán bộ Lan: Chào bác")
        await counter.says("xóa dữ liệu")
        assert await counter.taps(SAY("erase_yes")) == [SAY("erased")]
        with engine.connect() as connection:
            assert connection.execute(select(staff_message)).all() == []
        assert await counter.says("câu hỏi") == ["đáp câu hỏi"]


async def test_what_was_giving_way_is_told_in_order(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        lan.says("Bác chờ chút")
        lan.releases()
        await hears(counter, SAY("handoff_released", officer="Lan"))
        released = SAY("handoff_released", officer="Lan")
        assert counter.told()[-3:] == [claimed(), "Cán bộ Lan: Bác chờ chút", released]
        assert await counter.says("câu hỏi") == ["đáp câu hỏi"]


async def test_killed_between_saying_and_noting_it_is_said_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both stand in one transaction: what was said without its note was not said."""
    died: list[int] = []

    def dying(connection: Connection, message_id: int, now: float) -> bool:
        if len(died) < 2:
            died.append(message_id)
            raise asyncio.CancelledError
        return kept(connection, message_id, now)

    kept = talking.stamp
    async with open_counter(engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        await hears(counter, claimed())
    for _ in range(2):
        async with open_counter(engine) as counter:
            monkeypatch.setattr("bot.handoffs.talking.stamp", dying)
            if not died:
                Staff.says(lan, "Chào bác")
            await eventually(lambda: len(died) > 0)
            await asyncio.sleep(0.1)
            monkeypatch.undo()
    async with open_counter(engine) as counter:
        await eventually(lambda: _unsaid(engine) == 0)
        await counter.settled()
    with engine.connect() as connection:
        entries = log.entries(connection, latest(engine).conversation_id)
    assert [e.said.text for e in entries if e.author is Author.STAFF] == ["Chào bác"]


def _unsaid(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(talking.take(connection, 10))


async def test_two_gateways_say_it_once(engine: Engine) -> None:
    async with open_counter(engine) as counter, open_counter(engine):
        lan = await waiting(counter)
        lan.claims()
        for number in range(5):
            lan.says(f"Câu {number}")
        await eventually(lambda: _unsaid(engine) == 0)
        await asyncio.sleep(0.7)
    with engine.connect() as connection:
        entries = log.entries(connection, latest(engine).conversation_id)
    assert [e.said.text for e in entries if e.author is Author.STAFF] == [f"Câu {n}" for n in range(5)]
    assert [e.said.text for e in entries].count(claimed()) == 1


@pytest.mark.parametrize(
    ("reach", "quiet_days", "why"),
    [
        (Reach.BLOCKED, 0, Unsaid.BLOCKED),
        (Reach.WINDOW_CLOSED, 0, Unsaid.WINDOW_CLOSED),
        (Reach.REACHABLE, 8, Unsaid.WINDOW_CLOSED),
    ],
)
async def test_what_cannot_arrive_is_given_back_with_its_reason(
    sqlite_engine: Engine, reach: Reach, quiet_days: int, why: Unsaid
) -> None:
    """Staff would believe the citizen had been told."""
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter, Channel.ZALO)
        lan.claims()
        await hears(counter, claimed(), Channel.ZALO)
        with sqlite_engine.begin() as connection:
            heard_at = counter.clock() - quiet_days * 86_400
            connection.execute(update(identity).values(reach=reach.value, heard_at=heard_at))
        lan.says("Chào bác")
        await eventually(lambda: _refused(sqlite_engine) == [why.value])


def _refused(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        query = select(staff_message.c.refused).where(staff_message.c.refused.is_not(None))
        return list(connection.execute(query).scalars())


async def test_who_went_back_to_the_assistant_hears_no_more_of_it(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        lan = await waiting(counter)
        lan.claims()
        await hears(counter, claimed())
        await counter.gateway.run(_leaves_while_written_to, lan, counter)
        await eventually(lambda: _refused(sqlite_engine) == [Unsaid.NOT_HELD.value])


def _leaves_while_written_to(connection: Connection, lan: Staff, counter: Counter) -> None:
    from bot.handoffs import desk
    from tests.channels.staff.people import newest

    found = newest(connection)
    assert talking.put(connection, found.id, lan.id, "late", "Chào bác", counter.clock())
    assert desk.end(connection, found.id, None, Ending.CITIZEN_LEFT, "", counter.clock())


async def test_notices_wait_until_the_person_is_done(sqlite_engine: Engine) -> None:
    """The machine must not break in with a reminder while somebody tells their trouble."""
    told: list[str] = []

    def pending(_connection: Connection, person: Person, _now: float) -> tuple[Reply, ...]:
        told.append(person.external_id)
        return (Reply("nhắc hạn"),)

    async def respond(message: Waiting) -> Response:
        held = message.incoming.text == "câu 1"
        return silent(Facts()) if held else Response(replies=(Reply("đáp"),))

    clock, platform = Clock(), Platform()
    rules = Rules("test", reorder=0.0)
    gateway = Gateway(
        Store(sqlite_engine), {platform.channel: platform}, respond, words(), rules, clock, pending=pending
    )
    await gateway.start()
    await gateway.accept(sent_text(1))
    await gateway.accept(sent_text(2))
    await eventually(lambda: platform.told() == ["nhắc hạn", "đáp"])
    await gateway.stop()
    assert told == ["111"]
