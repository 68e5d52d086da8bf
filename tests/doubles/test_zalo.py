"""The double of Zalo refuses and accepts what the platform does; else journeys would prove nothing."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.doubles.zalo.account import Account
from tests.doubles.zalo.driver import Platform, user_id
from tests.doubles.zalo.faults import CS

NOON = 1763960400.0
"""2025-11-24 12:00 in Việt Nam."""
HOUR, DAY = 3600.0, 86400.0
QUERY = {"title": "Tra cứu", "type": "oa.query.hide", "payload": "#tracuu"}
JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
async def account() -> AsyncIterator[Account]:
    """An account whose citizen 1 has just followed it; the clock stands still at noon."""
    async with Platform.inside(start=NOON, ticking=False) as platform, Account.of(platform) as account:
        await platform.phone(1).follows()
        yield account


class TestTokens:
    async def test_a_refresh_token_works_once(self, account):
        first = await account.platform.tokens()
        second = await account.refresh(first["refresh_token"])
        assert second["expires_in"] == "90000" and second["access_token"] != first["access_token"]
        again = await account.refresh(first["refresh_token"])
        assert again["error"] == -14020 and {"error_name", "error_reason", "error_description"} <= set(again)
        assert (await account.refresh(second["refresh_token"]))["access_token"]

    async def test_a_refresh_token_lives_three_months(self, account):
        pair = await account.platform.tokens()
        other = await account.platform.tokens()
        await account.platform.advance(90 * DAY - 1)
        assert "access_token" in await account.refresh(pair["refresh_token"])
        await account.platform.advance(1)
        assert (await account.refresh(other["refresh_token"]))["error"] == -14020

    async def test_an_access_token_lives_25_hours(self, account):
        await account.platform.advance(25 * HOUR - 1)
        assert (await account.say(1))["error"] == 0
        await account.platform.advance(1)
        assert (await account.say(1))["error"] == -220

    @pytest.mark.parametrize("token", ["", "no-such-token"])
    async def test_nothing_is_done_without_a_token(self, account, token):
        account.access = token
        assert (await account.say(1))["error"] == -216
        assert (await account.get("/v2.0/oa/getoa"))["error"] == -216
        assert await account.platform.sent() == []

    async def test_wrong_app_and_wrong_secret(self, account):
        pair = await account.platform.tokens()
        form = {"grant_type": "refresh_token", "refresh_token": pair["refresh_token"]}
        assert (await account.oauth(app_id="1", **form))["error"] == -14002
        assert (await account.oauth(secret="other", **form))["error"] < 0
        assert "access_token" in await account.oauth(**form), "a refused call must not spend the token"

    async def test_a_code_is_exchanged_once_with_its_verifier_within_ten_minutes(self, account):
        verifier = "v" * 43

        async def code() -> str:
            query = parse_qs(urlsplit(await account.permission(verifier)).query)
            assert query["oa_id"] == ["1646843870823903717"] and query["state"] == ["s1"]
            return query["code"][0]

        async def exchange(text: str, by: str = verifier) -> dict:
            return await account.oauth(grant_type="authorization_code", code=text, code_verifier=by)

        good = await code()
        pair = await exchange(good)
        account.access = pair["access_token"]
        assert (await account.say(1))["error"] == 0
        assert (await exchange(good))["error"] < 0
        assert (await exchange(await code(), by="w" * 43))["error"] < 0
        late = await code()
        await account.platform.advance(600)
        assert (await exchange(late))["error"] < 0

    async def test_a_redirect_address_that_is_not_registered(self, account):
        await account.platform.configure(redirect_uri="https://other.example/")
        answer = await account.get(
            "/v4/oa/permission", app_id="5055000000000000001", redirect_uri="https://bot.example/"
        )
        assert answer["error"] == -14003


class TestConsultation:
    async def test_what_is_accepted_reaches_the_phone(self, account):
        answer = await account.offer(1, QUERY, text="Bạn cần gì?")
        (sent,) = await account.platform.sent(1)
        assert answer["error"] == 0
        assert answer["data"]["message_id"] == sent.message_id and answer["data"]["user_id"] == user_id(1)
        assert (sent.seq, sent.text, sent.titles) == (1, "Bạn cần gì?", ["Tra cứu"])
        assert sent.at == NOON and sent.answered and not sent.billable
        assert await account.platform.answers_to(1) == ["Bạn cần gì?"]

    @pytest.mark.parametrize(
        ("text", "error"),
        [("ế" * 2000, 0), ("ế" * 2001, -210), ("", -201), (" \n", -201), (7, -201)],
        ids=["longest", "too long", "none", "blank", "a number"],
    )
    async def test_a_text_has_1_to_2000_characters(self, account, text, error):
        assert (await account.say(1, text))["error"] == error
        assert len(await account.platform.sent()) == (error == 0)

    @pytest.mark.parametrize(
        ("buttons", "error"),
        [
            ([QUERY] * 5, 0),
            ([QUERY] * 6, -210),
            ([], -201),
            ([{**QUERY, "title": "t" * 100}], 0),
            ([{**QUERY, "title": "t" * 101}], -210),
            ([{**QUERY, "title": ""}], -201),
            ([{**QUERY, "payload": "p" * 1000}], 0),
            ([{**QUERY, "payload": "p" * 1001}], -210),
            ([{**QUERY, "payload": {"content": "#x"}}], -201),
            ([{**QUERY, "type": "oa.query.show"}], 0),
            ([{**QUERY, "type": "postback"}], -201),
            ([{"title": "Mở", "type": "oa.open.url", "payload": {"url": "https://dichvucong.gov.vn"}}], 0),
            ([{"title": "Mở", "type": "oa.open.url", "payload": "https://dichvucong.gov.vn"}], -201),
            ([{"title": "Mở", "type": "oa.open.url", "payload": {"url": "javascript:1"}}], -201),
            ([{"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "19001000"}}], 0),
            ([{"title": "Gọi", "type": "oa.open.phone", "payload": {}}], -201),
            ([{"title": "SMS", "type": "oa.open.sms", "payload": {"phone_code": "8", "content": "A"}}], 0),
            ([{"title": "SMS", "type": "oa.open.sms", "payload": {"phone_code": "8"}}], -201),
        ],
    )
    async def test_buttons(self, account, buttons, error):
        assert (await account.offer(1, *buttons))["error"] == error

    async def test_buttons_need_a_text(self, account):
        assert (await account.offer(1, QUERY, text=""))["error"] == -201

    @pytest.mark.parametrize(
        "body",
        [
            {},
            [],
            {"recipient": {"user_id": user_id(1)}},
            {"recipient": {"user_id": int(user_id(1))}, "message": {"text": "a"}},
            {"recipient": {}, "message": {"text": "a"}},
            {"recipient": {"user_id": user_id(1)}, "message": "a"},
            {"recipient": {"user_id": user_id(1)}, "message": {"text": "a", "buttons": [QUERY]}},
            {"recipient": {"user_id": user_id(1)}, "message": {"text": "a", "quote_message_id": "none"}},
            {"recipient": {"user_id": user_id(1)}, "message": {"text": "a", "attachment": {"type": "x"}}},
        ],
    )
    async def test_a_wrong_shape(self, account, body):
        assert (await account.post(CS, body))["error"] == -201
        assert await account.platform.sent() == []

    async def test_a_message_of_the_citizen_can_be_quoted(self, account):
        msg_id = await account.platform.phone(1).says("hỏi")
        assert (await account.say(1, "đáp", quote_message_id=msg_id))["error"] == 0
        await account.platform.phone(2).says("hỏi")
        assert (await account.say(2, "đáp", quote_message_id=msg_id))["error"] == -201

    async def test_a_passer_by_is_answered_by_his_conversation(self, account):
        await account.platform.phone("777").does("anonymous_say", text="hỏi", conversation_id="c1")
        for conversation, error in (("c1", 0), ("c2", -213)):
            recipient = {"anonymous_id": "777", "conversation_id": conversation}
            answer = await account.post(CS, {"recipient": recipient, "message": {"text": "đáp"}})
            assert answer["error"] == error

    async def test_closed_interfaces(self, account):
        for path in ("/v2.0/oa/message", "/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion"):
            body = {"recipient": {"user_id": user_id(1)}, "message": {"text": "a"}}
            assert (await account.post(path, body))["error"] == -240
        hint = {"react_icon": "/-strong", "react_message_id": "m"}
        body = {"recipient": {"user_id": user_id(1)}, "sender_action": hint}
        assert (await account.post("/v2.0/oa/message", body))["error"] == 0

    async def test_form_and_list_and_picture_by_link(self, account):
        card = {"title": "Cho biết số điện thoại", "subtitle": "s" * 500, "image_url": "https://a.vn/a.png"}
        for shape, element, error in (
            ("request_user_info", card, 0),
            ("request_user_info", {**card, "subtitle": "s" * 501}, -210),
            ("request_user_info", {"title": "x"}, -201),
            ("list", card, -233),
            ("media", {"media_type": "image", "url": "https://a.vn/a.png"}, 0),
            ("media", {"media_type": "gif", "url": "https://a.vn/a.gif"}, -201),
            ("media", {"media_type": "gif", "url": "https://a.vn/a.gif", "width": 9, "height": 9}, 0),
        ):
            payload = {"template_type": shape, "elements": [element]}
            answer = await account.say(1, "", attachment={"type": "template", "payload": payload})
            assert answer["error"] == error, (shape, element)


class TestWindows:
    async def test_48_hours_are_free_and_7_days_are_the_end(self, account):
        for seconds, error, billable in (
            (48 * HOUR, 0, False),
            (1, 0, True),
            (5 * DAY - 1, 0, True),
            (1, -230, None),
        ):
            await account.platform.advance(seconds)
            account.access = (await account.platform.tokens())["access_token"]
            assert (await account.say(1))["error"] == error
            if error == 0:
                assert (await account.platform.sent(1))[-1].billable is billable
        await account.platform.phone(1).says("vẫn đây")
        assert (await account.say(1))["error"] == 0

    async def test_a_tap_opens_the_window_anew(self, account):
        await account.offer(1, QUERY)
        await account.platform.advance(6 * DAY)
        await account.platform.phone(1).taps("Tra cứu")
        await account.platform.advance(6 * DAY)
        account.access = (await account.platform.tokens())["access_token"]
        assert (await account.say(1))["error"] == 0

    async def test_strangers_leavers_and_blockers(self, account):
        phone = account.platform.phone(1)
        assert (await account.say(99))["error"] == -213
        await phone.unfollows()
        assert (await account.say(1))["error"] == -213
        await phone.says("quay lại")
        assert (await account.say(1))["error"] == 0
        await phone.blocks()
        assert (await account.say(1))["error"] == -217
        await phone.blocks(on=False)
        assert (await account.say(1))["error"] == 0

    async def test_one_who_did_nothing_yet(self, account):
        await account.platform.get(f"user/{user_id(5)}")
        assert (await account.say(5))["error"] == -232

    async def test_a_cap_on_replies_counts_from_the_last_interaction(self, account):
        await account.platform.configure(free_replies=2)
        assert [(await account.say(1))["error"] for _ in range(3)] == [0, 0, -311]
        quota = await account.post("/v3.0/oa/quota/message", {"user_id": user_id(1)})
        assert quota["data"]["cs_reply"] == {"remain": 0, "total": 2}
        assert quota["data"]["last_interaction"] == NOON * 1000
        await account.platform.phone(1).says("nữa")
        assert (await account.say(1))["error"] == 0

    async def test_the_rate_is_counted_by_the_minute(self, account):
        await account.platform.configure(rate_per_minute=3)
        assert [(await account.say(1))["error"] for _ in range(4)] == [0, 0, 0, -32]
        assert account.headers["X-RateLimit-Limit"] == "3" and account.headers["X-RateLimit-Remain"] == "0"
        await account.platform.advance(60)
        assert (await account.say(1))["error"] == 0

    async def test_templates_are_checked_and_advertising_sleeps_at_night(self, account):
        await account.platform.configure(templates={"7": ["so"], "8": ["so"]}, promotions=["8"])
        path = "/v3.0/oa/message/template"

        async def send(template: str, **data: str) -> int:
            body = {"user_id": user_id(1), "template_id": template, "template_data": data}
            return int((await account.post(path, body))["error"])

        assert [await send("9", so="1"), await send("7"), await send("7", ho="1")] == [-109, -111, -112]
        assert [await send("7", so="1"), await send("8", so="1")] == [0, 0]
        await account.platform.advance(10 * HOUR - 1)
        assert await send("8", so="1") == 0, "21:59:59"
        await account.platform.advance(1)
        assert [await send("8", so="1"), await send("7", so="1")] == [-234, 0], "22:00"
        await account.platform.advance(8 * HOUR)
        assert await send("8", so="1") == 0, "06:00"


class TestUploads:
    @pytest.mark.parametrize(
        ("kind", "name", "start", "size", "error"),
        [
            ("image", "a.jpg", JPEG, 1000, 0),
            ("image", "a.jpg", JPEG, 2**20, 0),
            ("image", "a.jpg", JPEG, 2**20 + 1, -210),
            ("image", "a.png", b"%PDF-1.7", 1000, -201),
            ("image", "a.gif", b"GIF89a", 1000, -201),
            ("gif", "a.gif", b"GIF89a", 1000, 0),
            ("file", "a.pdf", b"%PDF-1.7", 5 * 2**20, 0),
            ("file", "a.pdf", b"%PDF-1.7", 5 * 2**20 + 1, -210),
            ("file", "a.docx", b"PK\x03\x04", 1000, 0),
            ("file", "a.exe", b"MZ", 1000, -201),
        ],
    )
    async def test_type_and_size(self, account, kind, name, start, size, error):
        assert (await account.upload(kind, name, start.ljust(size, b"\0")))["error"] == error

    async def test_an_id_can_be_sent_for_seven_days(self, account):
        token = (await account.upload("file", "don.pdf", b"%PDF-1.7"))["data"]["token"]
        attachment: dict[str, object] = {"type": "file", "payload": {"token": token}}
        body = {"recipient": {"user_id": user_id(1)}, "message": {"attachment": attachment}}
        assert (await account.post(CS, body))["error"] == 0
        (sent,) = await account.platform.sent(1)
        assert sent.kind == "file" and sent.attachment is not None and sent.attachment["name"] == "don.pdf"
        await account.platform.advance(7 * DAY)
        await account.platform.phone(1).says("đơn đâu")
        account.access = (await account.platform.tokens())["access_token"]
        assert (await account.post(CS, body))["error"] == -100
        attachment["payload"] = {"token": "never-was"}
        assert (await account.post(CS, body))["error"] == -201

    async def test_a_picture_with_its_id(self, account):
        picture = (await account.upload("image", "a.jpg", JPEG))["data"]["attachment_id"]
        for kind, error in (("image", 0), ("gif", -201)):
            element = {"media_type": kind, "attachment_id": picture, "width": 1, "height": 1}
            payload = {"template_type": "media", "elements": [element]}
            answer = await account.say(1, "chú thích", attachment={"type": "template", "payload": payload})
            assert answer["error"] == error

    async def test_the_months_quota(self, account):
        await account.platform.configure(uploads_per_month=1)
        answers = [await account.upload("image", "a.jpg", JPEG) for _ in range(2)]
        assert [answer["error"] for answer in answers] == [0, -211]


async def test_profile_and_account(account):
    detail = await account.get("/v3.0/oa/user/detail", data=f'{{"user_id":"{user_id(1)}"}}')
    assert detail["data"]["user_is_follower"] is True and detail["data"]["user_id"] == user_id(1)
    assert (await account.get("/v3.0/oa/user/detail", data='{"user_id":"1"}'))["error"] == -213
    assert (await account.get("/v3.0/oa/user/detail", data="x"))["error"] == -201
    assert (await account.get("/v2.0/oa/getoa"))["data"]["oa_id"] == "1646843870823903717"


async def test_a_wrong_wish_is_explained_not_ignored(account):
    """A journey with a typing error must fail, not pass without doing anything."""
    platform = account.platform
    for path, wish in (
        ("configure", {"copys": 3}),
        ("fault", {"kind": "hung"}),
        ("advance", {"seconds": -1}),
        (f"user/{user_id(1)}/shout", {}),
        (f"user/{user_id(1)}/say", {"txt": "a"}),
        (f"user/{user_id(1)}/tap", {"title": "không có"}),
    ):
        with pytest.raises(ValueError, match="error"):
            await platform.post(path, **wish)
