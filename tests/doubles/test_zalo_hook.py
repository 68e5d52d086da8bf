"""The double of Zalo announces events as the platform does: signed, repeated, out of order when told to."""

import hashlib
import json
from collections.abc import AsyncIterator

import pytest

from tests.doubles.zalo.account import Account, until
from tests.doubles.zalo.driver import Platform, user_id
from tests.doubles.zalo.listener import Listener
from tests.doubles.zalo.signing import encode, signature

START = 1717061839.0
SECRET = "oa-secret-key-for-tests"
BUTTONS = [
    {"title": "Hồ sơ", "type": "oa.query.hide", "payload": "#hoso"},
    {"title": "Giờ làm", "type": "oa.query.show", "payload": "#gio"},
    {"title": "Mở cổng", "type": "oa.open.url", "payload": {"url": "https://dichvucong.gov.vn"}},
]


@pytest.fixture
async def hook() -> AsyncIterator[Listener]:
    async with Listener() as listener:
        yield listener


@pytest.fixture
async def platform(hook: Listener) -> AsyncIterator[Platform]:
    """Announces to ``hook``; the clock stands still."""
    async with Platform.inside(start=START, ticking=False, hook_url=hook.url) as platform:
        yield platform


def _mac(raw: bytes, stamp: str) -> str:
    """Written out again on purpose: the double's own function must not check itself."""
    return (
        "mac=" + hashlib.sha256(b"5055000000000000001" + raw + stamp.encode() + SECRET.encode()).hexdigest()
    )


def test_the_published_example_of_a_signature():
    event = {
        "event_name": "user_send_text",
        "app_id": "5055000000000000001",
        "sender": {"id": "5510185758261927916"},
        "recipient": {"id": "1646843870823903717"},
        "message": {"text": "Xin chào", "msg_id": "e2a641af6661713b2874"},
        "timestamp": "1717061839659",
    }
    raw = encode(event)
    assert len(raw) == 232
    assert signature("5055000000000000001", raw, "1717061839659", SECRET) == (
        "mac=b7ea627c6e7e79d6d01316a0d398423fb6a60f5a3fabd651961d1fbb8b67c102"
    )


class TestEvents:
    async def test_a_text(self, platform, hook):
        msg_id = await platform.phone(1).says("Xin chào")
        await platform.settle()
        (got,) = hook.got
        assert got.event == {
            "event_name": "user_send_text",
            "app_id": "5055000000000000001",
            "sender": {"id": user_id(1)},
            "recipient": {"id": "1646843870823903717"},
            "message": {"text": "Xin chào", "msg_id": msg_id},
            "timestamp": "1717061839000",
            "user_id_by_app": got.event["user_id_by_app"],
        }
        assert isinstance(got.event["user_id_by_app"], str)
        assert got.headers["x-zevent-signature"] == _mac(got.raw, "1717061839000")
        assert "x-zevent-timestamp" not in got.headers and "num_retry" not in got.headers

    @pytest.mark.parametrize(("style", "signed"), [("header", "1717061839007"), ("both", "1717061839000")])
    async def test_a_timestamp_in_the_header(self, platform, hook, style, signed):
        await platform.configure(timestamps=style)
        await platform.phone(1).says("a")
        await platform.settle()
        (got,) = hook.got
        assert got.event["timestamp"] == "1717061839000"
        assert got.headers["x-zevent-timestamp"] == "1717061839007"
        assert got.headers["x-zevent-signature"] == _mac(got.raw, signed)

    async def test_bytes_that_another_writer_of_json_would_not_write(self, platform, hook):
        await platform.configure(escaped=True)
        await platform.phone(1).says("đơn/tờ")
        await platform.settle()
        (got,) = hook.got
        assert b"\\u0111\\u01a1n\\/t\\u1edd" in got.raw and got.text == "đơn/tờ"
        assert got.headers["x-zevent-signature"] == _mac(got.raw, "1717061839000")

    async def test_the_order_of_one_citizen_and_stamps_that_differ(self, platform, hook):
        await platform.says_many([(1, str(number)) for number in range(30)])
        await platform.settle()
        assert hook.texts == [str(number) for number in range(30)]
        assert len({got.event["timestamp"] for got in hook.got}) == 30
        assert len({got.event["message"]["msg_id"] for got in hook.got}) == 30

    async def test_each_kind_of_message(self, platform, hook):
        phone = platform.phone(1)
        await phone.sends_image(b"\xff\xd8\xff", caption="đây")
        file = await phone.sends_file(b"%PDF-1.7", "Đơn xin.pdf")
        await phone.sends_voice(b"x")
        await phone.sends_video(b"x")
        await phone.sends_sticker()
        await phone.sends_location(10.79, 106.78)
        await phone.sends_link("https://a.vn")
        await phone.sends_card("0900000000")
        await phone.does("group_say", text="a")
        await phone.sees("m1", "m2")
        await phone.does("react", message_id="m1")
        await phone.does("anonymous_say", text="a", conversation_id="c")
        await phone.does("event", body={"event_name": "user_call_oa", "message": {"x": "1"}})
        await platform.settle()
        by_name = {got.event["event_name"]: got.event.get("message", {}) for got in hook.got}
        assert by_name["user_send_image"]["text"] == "đây"
        (attachment,) = by_name["user_send_file"]["attachments"]
        assert attachment["type"] == "file" and attachment["payload"]["url"] == file["url"]
        assert attachment["payload"]["size"] == "8" and attachment["payload"]["type"] == "pdf"
        assert attachment["payload"]["name"] == "Đơn xin.pdf"
        assert by_name["user_send_location"]["attachments"] == [
            {"type": "location", "payload": {"coordinates": {"latitude": "10.79", "longitude": "106.78"}}}
        ]
        assert by_name["user_seen_message"] == {"msg_ids": ["m1", "m2"]}
        assert by_name["anonymous_send_text"]["conversation_id"] == "c"
        assert {
            "user_send_audio",
            "user_send_video",
            "user_send_sticker",
            "user_send_link",
            "user_send_business_card",
            "user_send_group_text",
            "user_reacted_message",
            "user_call_oa",
        } < set(by_name)
        assert all(got.headers["x-zevent-signature"].startswith("mac=") for got in hook.got)

    async def test_following_leaving_and_filling_in_the_form(self, platform, hook):
        phone = platform.phone(1)
        await phone.follows()
        await phone.submits("Nguyễn Văn A", "84912345678")
        await phone.submits("Nguyễn Văn A", "84912345678", flat=True)
        await phone.unfollows()
        await platform.settle()
        follow, info, flat, unfollow = (got.event for got in hook.got)
        assert [follow["event_name"], unfollow["event_name"]] == ["follow", "unfollow"]
        assert follow["follower"] == {"id": user_id(1)} and follow["oa_id"] == "1646843870823903717"
        assert not {"sender", "message"} & set(follow)
        assert info["info"]["phone"] == "84912345678" and info["info"]["full_address"]["user_city"]
        assert flat["info"]["city"] == "Quảng Ninh" and info["sender"] == {"id": user_id(1)}

    async def test_taps(self, platform, hook):
        async with Account.of(platform) as account:
            await platform.configure(echo=False)
            phone = platform.phone(1)
            await phone.follows()
            await account.offer(1, *BUTTONS)
            hidden, shown = await phone.taps("Hồ sơ"), await phone.taps("Giờ làm")
            opened = await phone.taps("Mở cổng")
        await platform.settle()
        taps = [got.event for got in hook.got if got.event["event_name"] == "user_send_text"]
        assert [tap["message"]["text"] for tap in taps] == ["#hoso", "#gio"]
        assert [hidden["shown"], shown["shown"]] == [False, True]
        assert opened["opens"] == {"url": "https://dichvucong.gov.vn"}


class TestEcho:
    async def test_each_accepted_message_is_echoed(self, platform, hook):
        async with Account.of(platform) as account:
            await platform.phone(1).follows()
            answer = await account.say(1, "Trả lời")
            await account.say(1, "x" * 2001)
        await platform.settle()
        echoes = [got.event for got in hook.got if got.event["event_name"].startswith("oa_")]
        (echo,) = echoes
        assert echo["event_name"] == "oa_send_text"
        assert echo["message"] == {"msg_id": answer["data"]["message_id"], "text": "Trả lời"}
        assert echo["sender"] == {"id": "1646843870823903717"} and echo["recipient"] == {"id": user_id(1)}

    async def test_echoes_can_be_lost(self, platform, hook):
        async with Account.of(platform) as account:
            await platform.phone(1).follows()
            for chance in (1.0, 0.5, 0.0):
                await platform.configure(echo_chance=chance)
                for number in range(20):
                    await account.say(1, f"{chance} {number}")
        await platform.settle()
        texts = [got.text for got in hook.got if got.event["event_name"] == "oa_send_text"]
        counts = [sum(text.startswith(str(chance)) for text in texts) for chance in (1.0, 0.5, 0.0)]
        assert counts[0] == 20 and 0 < counts[1] < 20 and counts[2] == 0
        assert [bool(sent.echo) for sent in await platform.sent(1)].count(True) == len(texts)

    async def test_a_person_of_the_office_and_a_receipt(self, platform, hook):
        await platform.configure(receipts=True)
        phone = platform.phone(1)
        await phone.follows()
        await phone.does("operator_says", text="Tôi là cán bộ", admin_id="77")
        await platform.settle()
        echo, receipt = (got.event for got in hook.got[1:])
        assert echo["sender"] == {"id": "1646843870823903717", "admin_id": "77"}
        assert receipt["event_name"] == "user_received_message" and receipt["sender"] == {"id": user_id(1)}
        assert await platform.answers_to(1) == []
        assert [sent.text for sent in await phone.hears()] == ["Tôi là cán bộ"]


class TestRedelivery:
    async def test_the_ladder(self, platform, hook):
        """After 30 s, 5 min, 15 min, 30 min and 1 h, the same bytes, numbered; then never again."""
        hook.statuses = [500] * 6
        await platform.phone(1).says("a")
        await platform.settle()
        for number, seconds in enumerate((30, 300, 900, 1800, 3600), start=1):
            await platform.advance(seconds - 1)
            await platform.settle()
            assert len(hook.got) == number, "too early"
            await platform.advance(1)
            await platform.settle()
            assert hook.got[number].headers["num_retry"] == str(number)
            assert hook.got[number].raw == hook.got[0].raw
        await platform.advance(86400)
        await platform.settle(retries=True)
        state = await platform.state()
        assert len(hook.got) == 6 and (state["given_up"], state["undelivered"]) == (1, 1)

    @pytest.mark.parametrize("status", [201, 204, 302, 401, 500])
    async def test_only_200_is_an_acknowledgement(self, platform, hook, status):
        hook.statuses = [status]
        await platform.phone(1).says("a")
        await platform.settle()
        assert (await platform.state())["waiting"] == 1
        await platform.advance(30)
        await platform.settle()
        assert [(each.attempt, each.status) for each in await platform.attempts()] == [(0, status), (1, 200)]
        assert (await platform.state())["undelivered"] == 0

    async def test_an_answer_that_comes_late_counts_as_none(self, platform, hook):
        assert (await platform.settings()).hook_timeout == 2.0
        await platform.configure(hook_timeout=0.1)
        hook.late = True
        await platform.phone(1).says("a")
        await platform.settle()
        assert [each.outcome for each in await platform.attempts()] == ["timeout"]
        assert (await platform.state())["waiting"] == 1

    async def test_a_hook_that_is_down(self, platform, hook):
        await platform.configure(hook_url="http://127.0.0.1:1/hook")
        await platform.phone(1).says("a")
        await platform.settle()
        assert [each.outcome for each in await platform.attempts()] == ["broken"]
        await platform.configure(hook_url=hook.url)
        await platform.advance(30)
        await platform.settle()
        assert hook.texts == ["a"]

    async def test_the_ladder_in_real_time_and_shortened(self, platform, hook):
        await platform.configure(ladder=[20.0, 40.0], ladder_scale=0.001)
        hook.statuses = [503, 503]
        await platform.phone(1).says("a")
        await platform.settle(retries=True)
        assert [got.headers.get("num_retry") for got in hook.got] == [None, "1", "2"]


class TestDisorder:
    async def test_copies(self, platform, hook):
        await platform.configure(copies=3)
        await platform.says_many([(1, str(number)) for number in range(60)])
        await platform.settle()
        counts = [hook.texts.count(str(number)) for number in range(60)]
        assert set(counts) == {1, 2, 3}
        assert counts == [event.copies for event in await platform.events()]

    async def test_a_batch_changes_places_and_loses_nothing(self, platform, hook):
        await platform.configure(shuffle=10, parallel=1)
        await platform.says_many([(1, str(number)) for number in range(20)])
        await platform.settle()
        sent = [str(number) for number in range(20)]
        assert hook.texts != sent and sorted(hook.texts) == sorted(sent)
        assert set(hook.texts[:10]) == set(sent[:10]), "nothing leaves its batch"

    async def test_a_batch_that_does_not_fill_is_let_go(self, platform, hook):
        await platform.configure(shuffle=10)
        await platform.phone(1).says("a")
        await until(lambda: hook.got)

    async def test_the_same_seed_makes_the_same_disorder(self):
        runs = []
        for seed in (5, 5, 6):
            async with Listener() as hook:
                inside = Platform.inside(seed=seed, hook_url=hook.url, copies=3, shuffle=8, ticking=False)
                async with inside as platform:
                    await platform.says_many([(1, str(number)) for number in range(20)])
                    await platform.settle()
                    runs.append(hook.texts)
        assert runs[0] == runs[1] != runs[2]

    async def test_something_old_comes_once_more(self, platform, hook):
        msg_id = await platform.phone(1).says("a")
        await platform.settle()
        await platform.replay(msg_id)
        await platform.settle()
        assert hook.got[0].raw == hook.got[1].raw

    async def test_events_of_one_citizen_at_the_same_time(self, platform, hook):
        await platform.configure(concurrent=True)
        hook.late = True
        await platform.says_many([(1, "a"), (1, "b"), (1, "c")])
        await until(lambda: len(hook.got) == 3)
        hook.release.set()
        await platform.settle()


class TestForgery:
    @pytest.mark.parametrize("trick", ["unsigned", "wrong_secret", "app_secret", "hmac", "bare", "tampered"])
    async def test_these_are_not_rightly_signed(self, platform, hook, trick):
        assert await platform.forge(trick) == 200
        (got,) = hook.got
        assert got.headers.get("x-zevent-signature") != _mac(got.raw, got.event["timestamp"])

    async def test_these_are_rightly_signed_but_not_for_us_or_too_old(self, platform, hook):
        for trick in ("stale", "other_app", "other_oa", "too_big"):
            await platform.forge(trick)
        stale, app, oa, big = hook.got
        assert int(stale.event["timestamp"]) == (START - 25 * 3600) * 1000
        assert stale.headers["x-zevent-signature"] == _mac(stale.raw, stale.event["timestamp"])
        assert (
            app.event["app_id"] != "5055000000000000001"
            and oa.event["recipient"]["id"] != "1646843870823903717"
        )
        assert oa.headers["x-zevent-signature"] == _mac(oa.raw, oa.event["timestamp"])
        assert len(big.raw) > 256 * 1024

    async def test_broken_bodies(self, platform, hook):
        await platform.forge("not_json")
        await platform.forge("not_object")
        with pytest.raises(json.JSONDecodeError):
            json.loads(hook.got[0].raw)
        assert json.loads(hook.got[1].raw) == [1]

    async def test_the_probe_of_the_console(self, platform, hook):
        for shape in ("braces", "empty", "get"):
            assert await platform.probe(shape) == 200
        assert [(got.method, got.raw) for got in hook.got] == [("POST", b"{}"), ("POST", b""), ("GET", b"")]
        assert not any("x-zevent-signature" in got.headers for got in hook.got)
