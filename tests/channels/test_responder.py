"""What each kind of message gets. A failure here is a citizen who is ignored, or told the wrong thing."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.answers.outcome import Outcome
from bot.channels.adapter import Sent
from bot.channels.commands import start_payload
from bot.channels.message import Kind, Refusal, Reply
from bot.channels.saying import say
from bot.channels.states import Fate
from bot.channels.tables import button, inbox
from bot.channels.tables import outbox as outbox_table
from bot.conversations.channel import Channel, Reach
from bot.conversations.linking import issue
from tests.channels.conftest import eventually, words
from tests.channels.counter import OFFER, Counter, open_counter

PLATFORMS = (Channel.TELEGRAM, Channel.ZALO)
WORDS = words()


def greeting(channel: Channel) -> str:
    """The test's platforms cut at empty lines; the greeting has none."""
    return WORDS.text("greeting", channel)


async def greeted(counter: Counter, channel: Channel = Channel.TELEGRAM) -> None:
    await counter.does(Kind.HELLO, channel=channel)


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_who_writes_first_is_told_once_who_we_are(sqlite_engine: Engine, channel: Channel) -> None:
    """Decree 13 and plain decency: that it is a machine and what is kept comes before anything else."""
    async with open_counter(sqlite_engine) as counter:
        assert await counter.says("câu 1", channel) == [greeting(channel), "đáp câu 1"]
        assert await counter.says("câu 2", channel) == ["đáp câu 2"]
        assert await counter.does(Kind.UNREADABLE, "voice", channel) == [WORDS.text("refused_voice")]


async def test_the_website_greets_by_itself(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        assert await counter.says("câu 1", Channel.WEB) == ["đáp câu 1"]


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_a_hello_is_greeted_and_the_question_after_it_not_again(
    sqlite_engine: Engine, channel: Channel
) -> None:
    """Platforms say hello twice for one press; somebody who comes back later is greeted again."""
    async with open_counter(sqlite_engine) as counter:
        assert await counter.does(Kind.HELLO, channel=channel) == [greeting(channel)]
        assert await counter.says("câu 1", channel) == ["đáp câu 1"]
        assert await counter.does(Kind.HELLO, channel=channel) == []
        counter.clock.time += 3600
        assert await counter.does(Kind.HELLO, channel=channel) == [greeting(channel)]
    assert counter.brain.texts == ["câu 1"]


@pytest.mark.parametrize("payload", ["l_AAAA", "l_", "quangcao", "LK-BCFG-3479"])
async def test_a_start_with_a_payload_of_others_is_just_a_hello(sqlite_engine: Engine, payload: str) -> None:
    async with open_counter(sqlite_engine) as counter:
        assert await counter.does(Kind.HELLO, payload) == [greeting(Channel.TELEGRAM)]


async def test_a_deep_link_asks_before_it_joins(sqlite_engine: Engine) -> None:
    """Whoever is sent a link of somebody else would have pulled them into a stranger's conversation."""
    async with open_counter(sqlite_engine) as counter:
        await counter.says("câu 1", Channel.WEB, "browser")
        web = counter.conversation(Channel.WEB, "browser")
        code = await counter.gateway.run(issue, web, counter.clock())
        told = await counter.does(Kind.HELLO, start_payload(code))
        assert told == [greeting(Channel.TELEGRAM), WORDS.text("join_ask")]
        own = counter.conversation()
        assert own != web

        assert await counter.taps(WORDS.text("join_no")) == [WORDS.text("kept")]
        assert counter.conversation() == own

        assert await counter.taps(WORDS.text("join_yes")) == [WORDS.text("linked")]
        assert counter.conversation() == web
        assert await counter.says("câu 2") == ["đáp câu 2"]
    assert counter.brain.asked[-1] == (web, Channel.TELEGRAM, "câu 2")


async def test_who_left_hears_nothing_until_they_come_back(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.phones[Channel.TELEGRAM].fates.append(Sent(Fate.LATER, error="night", retry_after=1e9))
        before = len(counter.told())
        await counter.gateway.run(_tell, counter, "muộn")
        counter.gateway.ring(counter.conversation())
        await eventually(lambda: not counter.phones[Channel.TELEGRAM].fates)
        assert await counter.does(Kind.GOODBYE) == [] and counter.told()[before:] == []
        person = counter.person()
        assert person is not None and person.reach is Reach.BLOCKED
        with sqlite_engine.connect() as connection:
            last = select(outbox_table.c.state, outbox_table.c.error).order_by(outbox_table.c.id.desc())
            assert tuple(connection.execute(last).first() or ()) == ("unreachable", "left")

        assert await counter.says("câu 1") == ["đáp câu 1"]
        person = counter.person()
        assert person is not None and person.reach is Reach.REACHABLE


def _tell(connection, counter: Counter, text: str) -> None:
    person = counter.person()
    assert person is not None
    say(connection, counter.phones, person, (Reply(text),), counter.clock())


@pytest.mark.parametrize("refusal", list(Refusal))
async def test_every_refusal_has_its_sentence(sqlite_engine: Engine, refusal: Refusal) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        (told,) = await counter.does(Kind.UNREADABLE, refusal.value)
    assert told == WORDS.text(f"refused_{refusal.value}") and "utter_" not in told
    assert counter.brain.asked == []


async def test_a_group_is_not_greeted(sqlite_engine: Engine) -> None:
    """A machine that introduces itself at length in a family's chat is thrown out."""
    async with open_counter(sqlite_engine) as counter:
        told = await counter.does(Kind.UNREADABLE, Refusal.GROUP.value, who="-100")
    assert told == [WORDS.text("refused_group")]


async def test_a_button_asks_what_it_stands_for(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(OFFER)
        assert await counter.taps("Một") == ["đáp /select_one"]


@pytest.mark.parametrize("token", ["unknown", "", "x" * 60])
async def test_a_button_nobody_knows_is_over(sqlite_engine: Engine, token: str) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        assert await counter.does(Kind.BUTTON, token) == [WORDS.text("refused_menu_expired")]
    assert counter.brain.asked == []


async def test_a_button_of_somebody_else_or_of_last_month_is_over(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.says(OFFER)
        token = counter.token("Một")
        await counter.does(Kind.HELLO, who="222")
        over = [WORDS.text("refused_menu_expired")]
        assert await counter.does(Kind.BUTTON, token, who="222") == over
        counter.clock.time += 31 * 86_400
        assert await counter.does(Kind.BUTTON, token) == over


async def test_what_may_not_have_arrived_is_sent_once_more_when_asked_for(sqlite_engine: Engine) -> None:
    """Exactly the part that was cut off, and not again for the second press of an impatient finger."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        counter.phones[Channel.TELEGRAM].fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        told = await counter.says("một\n\nhai")
        assert told[:2] == ["đáp một", "hai"] and told[2].endswith(WORDS.lost.text)
        assert await counter.taps(WORDS.again) == ["đáp một"]
        assert await counter.taps(WORDS.again) == [WORDS.text("refused_menu_expired")]
        assert counter.told().count("đáp một") == 2
        assert counter.brain.texts == ["một\n\nhai"]


async def test_what_was_lost_twice_is_offered_again(sqlite_engine: Engine) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        fates = counter.phones[Channel.TELEGRAM].fates
        fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        await counter.says("câu 1")
        fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        again, lost = await counter.taps(WORDS.again)
        assert again == "đáp câu 1" and lost.endswith(WORDS.lost.text)
        assert await counter.taps(WORDS.again) == ["đáp câu 1"]


async def test_only_its_owner_gets_a_lost_part_again(sqlite_engine: Engine) -> None:
    """On two channels of one conversation the button can be seen on both; the part belongs to one."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.does(Kind.HELLO, channel=Channel.ZALO, who="z")
        counter.phones[Channel.TELEGRAM].fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        await counter.says("câu 1")
        token, before = counter.token(WORDS.again), list(counter.told())
        here = counter.conversation(Channel.ZALO, "z")
        with sqlite_engine.begin() as connection:
            connection.execute(update(button).values(conversation_id=here))
        told = await counter.does(Kind.BUTTON, token, Channel.ZALO, "z")
        assert told == [WORDS.text("refused_menu_expired")] and counter.told() == before


async def test_a_part_sent_again_and_refused_is_excused(sqlite_engine: Engine) -> None:
    """Otherwise pressing the button would end in silence."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        fates = counter.phones[Channel.TELEGRAM].fates
        fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        await counter.says("câu 1")
        fates.append(Sent(Fate.DEAD, error="400"))
        assert await counter.taps(WORDS.again) == [WORDS.excuse.text]


@pytest.mark.parametrize("text", ["trợ giúp", "Quyen rieng tu.", "NGẮT", "liên kết!"])
async def test_a_command_never_reaches_the_assistant(sqlite_engine: Engine, text: str) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        assert len(await counter.says(text)) == 1
    assert counter.brain.asked == []


@pytest.mark.parametrize(
    "text", ["ngắt kết nối điện", "xóa dữ liệu hộ tịch cần giấy tờ gì", "liên kết hộ khẩu"]
)
async def test_a_question_that_holds_a_command_is_a_question(sqlite_engine: Engine, text: str) -> None:
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        assert await counter.says(text) == [f"đáp {text}"]


async def test_a_greeting_counts_as_courtesy_not_as_an_answer(sqlite_engine: Engine) -> None:
    """Figures of how often we could answer would otherwise count hellos."""
    async with open_counter(sqlite_engine) as counter:
        await greeted(counter)
        await counter.does(Kind.UNREADABLE, "voice")
    with sqlite_engine.connect() as connection:
        outcomes = connection.execute(select(inbox.c.outcome).order_by(inbox.c.id)).scalars().all()
    assert outcomes == [Outcome.COURTESY.value, Outcome.GUIDED.value]
