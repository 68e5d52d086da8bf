"""Citizens on the website, on Zalo and on Telegram, through running servers. Started once."""

import asyncio
import sqlite3
import time
from collections.abc import Callable

import pytest

from bot.channels.assembly import assemble
from bot.conversations.channel import Channel
from bot.load.browser import Browser
from tests.blobs.making import OWNER, pdf, photo
from tests.doubles.telegram.driver import TelegramPhone
from tests.doubles.zalo.driver import ZaloPhone
from tests.e2e.office import WAIT, WORDS, Crowd, Office
from tests.e2e.visitor import Visitor
from tests.working import ROOT

Citizen = Visitor | ZaloPhone | TelegramPhone
BIRTH, SECRET, PHONE = "1.001193", "022199001234", "0912345678"
CHANNELS = [Channel.WEB, Channel.ZALO, Channel.TELEGRAM]
PLATFORMS = CHANNELS[1:]


def say(name: str, **values: str) -> str:
    """How the assistant's sentence begins; long ones may be split."""
    return WORDS.text(name, None, **values).splitlines()[0][:60]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_papers_and_then_the_fee(crowd: Crowd, channel: Channel) -> None:
    """The answer names record and source everywhere; what "còn" means is known from before."""
    citizen = await crowd.one(channel)
    await citizen.says("đăng ký khai sinh cần giấy tờ gì")
    papers = await citizen.hears_of(f"Mã thủ tục: {BIRTH}", WAIT)
    if channel is Channel.WEB:
        assert papers.card is not None and papers.card["code"] == BIRTH
        assert "Tờ khai đăng ký khai sinh" in papers.card["checklist"][0]
        assert len(papers.card["checklist"]) == 3 and papers.card["sources"][0]["date"] == "2026-11-21"
    else:
        assert "Tờ khai đăng ký khai sinh" in papers.text and "Nguồn: " in papers.text
    await citizen.says("còn lệ phí?")
    fee = await citizen.hears_of(f"Mã thủ tục: {BIRTH}", WAIT)
    assert "Đăng ký đúng hạn (trong 60 ngày kể từ ngày sinh): không mất phí" in fee.text


@pytest.mark.parametrize("channel", CHANNELS)
async def test_asked_back_pressed_and_answered(crowd: Crowd, channel: Channel) -> None:
    citizen = await crowd.one(channel)
    await citizen.says("làm gplx nộp ở đâu")
    asked = await citizen.hears_of("Tôi chưa chắc anh/chị hỏi thủ tục nào", WAIT)
    assert asked.titles == ["Cấp lại bằng lái xe bị mất", "Thi và cấp bằng lái xe", "Đổi bằng lái xe"]
    await citizen.taps("Cấp lại bằng lái xe bị mất")
    assert "Mã thủ tục: 3.000348" in (await citizen.hears_of("3.000348", WAIT)).text


@pytest.mark.parametrize("channel", CHANNELS)
async def test_without_accents(crowd: Crowd, channel: Channel) -> None:
    citizen = await crowd.one(channel)
    await citizen.says("dang ky ket hon muc may")
    told = await citizen.hears_of("Đăng ký kết hôn: dịch vụ công trực tuyến toàn trình", WAIT)
    assert "1.000894" in told.text


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_a_first_question_is_greeted_once_and_answered(crowd: Crowd, channel: Channel) -> None:
    citizen = crowd.stranger(channel)
    await citizen.says(f"{BIRTH} lệ phí")
    first, second = await citizen.hears(2, WAIT)
    assert first.text.startswith(say("greeting")) and BIRTH in second.text
    await citizen.says(f"{BIRTH} nộp ở đâu")
    (third,) = await citizen.hears(1, WAIT)
    assert BIRTH in third.text and await citizen.unheard() == []


async def test_a_long_answer_comes_whole_within_the_limits(crowd: Crowd) -> None:
    """Zalo rejects more than 2,000 characters and a sixth button: the answer would be lost."""
    zalo, telegram = await crowd.one(Channel.ZALO), await crowd.one(Channel.TELEGRAM)
    for phone in (zalo, telegram):
        await phone.says("2.001538 cần giấy tờ gì")
    parts = await zalo.hears(2, WAIT)
    assert all(len(part.text) <= 2000 for part in parts) and "Nguồn: " in parts[-1].text
    (whole,) = await telegram.hears(1, WAIT)
    assert len(whole.text) > 2000
    assert "".join("".join(p.text for p in parts).split()) == "".join(whole.text.split())

    for phone in (zalo, telegram):
        await phone.says("1.014565 cần giấy tờ gì")
    first, more = await zalo.hears(2, WAIT)
    (whole,) = await telegram.hears(1, WAIT)
    assert (len(first.titles), len(more.titles), len(whole.titles)) == (5, 5, 10)
    assert more.text == WORDS.text("more_choices")


@pytest.mark.parametrize("channel", PLATFORMS)
async def test_what_cannot_be_read_is_refused_with_a_way_out(crowd: Crowd, channel: Channel) -> None:
    citizen = await crowd.one(channel)
    for send, refused in (
        (citizen.sends_voice, "refused_voice"),
        (citizen.sends_sticker, "refused_sticker"),
        (citizen.sends_location, "refused_location"),
    ):
        await send()
        (told,) = await citizen.hears(1, WAIT)
        assert told.text == WORDS.text(refused)
    assert "20.95" not in str(crowd.office.rows("SELECT * FROM inbox"))


async def test_papers_are_taken_without_what_does_not_belong_in_them(crowd: Crowd) -> None:
    taken = say("files_received", count="1", days="7")
    zalo, telegram = await crowd.one(Channel.ZALO), await crowd.one(Channel.TELEGRAM)
    await telegram.sends_photo(photo())
    await zalo.sends_image(photo())
    await telegram.hears_of(taken, WAIT)
    await zalo.hears_of(taken, WAIT)
    await telegram.sends_document(pdf(), caption=f"{BIRTH} lệ phí")
    await zalo.sends_file(pdf(), "don.pdf")
    await telegram.hears_of(taken, WAIT)
    await telegram.hears_of(BIRTH, WAIT)
    await zalo.hears_of(taken, WAIT)
    web = await crowd.one(Channel.WEB)
    await web.says("giấy này", files=[await web.uploads(photo(), "giấy.jpg")])
    await web.hears_of(taken, WAIT)
    types = crowd.office.rows("SELECT type, count(*) FROM attachment GROUP BY type ORDER BY type")
    assert types == [("application/pdf", 2), ("image/jpeg", 3)]
    await telegram.sends_document(b"MZ\x90\x00" + bytes(500), "don.exe", "application/x-msdownload")
    await telegram.hears_of(say("refused_file_type"), WAIT)
    assert [path for path, data in crowd.office.kept().items() if OWNER.encode() in data] == []


async def test_an_edited_message_is_not_read_and_a_group_is_told_once(crowd: Crowd) -> None:
    citizen = await crowd.one(Channel.TELEGRAM)
    await citizen.says(f"{BIRTH} lệ phí")
    await citizen.hears_of(BIRTH, WAIT)
    await citizen.edits("1.000894 lệ phí")
    assert (await citizen.hears(1, WAIT))[0].text == WORDS.text("refused_edit")
    group = citizen.in_group(-1001234567)
    await group.says("xin chào")
    await group.says("có ai không")
    (told,) = await group.hears(1, WAIT)
    await crowd.telegram.settle()
    assert told.text == WORDS.text("refused_group") and await group.unheard() == []


async def test_blocked_is_silence_and_coming_back_is_welcome(crowd: Crowd) -> None:
    telegram, zalo = await crowd.one(Channel.TELEGRAM), await crowd.one(Channel.ZALO)
    await telegram.blocks()
    await zalo.unfollows()
    await until(lambda: crowd.office.rows("SELECT 1 FROM identity WHERE reach = 'blocked'")[1:] != [])
    await telegram.blocks(False)
    await telegram.says(f"{BIRTH} lệ phí")
    await telegram.hears_of(BIRTH, WAIT)
    await zalo.follows()
    await zalo.says(f"{BIRTH} lệ phí")
    await zalo.hears_of(BIRTH, WAIT)


async def test_from_the_website_to_telegram_and_zalo_and_apart_again(crowd: Crowd) -> None:
    web = await crowd.one(Channel.WEB)
    await web.says("đăng ký khai sinh cần giấy tờ gì")
    await web.hears_of(BIRTH, WAIT)
    offer = await web.call("POST", "link", {}, 201)
    assert offer["telegram"].startswith("https://t.me/quangninh_test_bot?start=")

    telegram = crowd.stranger(Channel.TELEGRAM)
    await telegram.starts(offer["telegram"].partition("start=")[2])
    asked = await telegram.hears_of(say("join_ask"), WAIT)
    assert asked.titles == [WORDS.text("join_yes"), WORDS.text("join_no")]
    await telegram.taps(WORDS.text("join_yes"))
    await telegram.hears_of(say("linked"), WAIT)
    await telegram.says("còn thời hạn?")
    assert "Đăng ký khai sinh" in (await telegram.hears_of(BIRTH, WAIT)).text

    zalo = await crowd.one(Channel.ZALO)
    await zalo.says((await web.call("POST", "link", {}, 201))["code"])
    await zalo.hears_of(say("linked"), WAIT)
    await zalo.says("còn lệ phí?")
    await zalo.hears_of(BIRTH, WAIT)
    assert await telegram.unheard() == [], "answers go where the question came from"
    spoken = {(m["author"], m["channel"]) for m in await web.log()}
    assert {("citizen", "zalo"), ("assistant", "zalo"), ("citizen", "telegram")} <= spoken

    await zalo.says("ngắt")
    await zalo.hears_of(say("unlinked"), WAIT)
    await zalo.says("còn lệ phí?")
    assert BIRTH not in (await zalo.hears(1, WAIT))[0].text
    await telegram.says("còn lệ phí?")
    await telegram.hears_of(BIRTH, WAIT)


async def test_erased_is_forgotten_by_everybody(crowd: Crowd) -> None:
    others = remembered(crowd.office, BIRTH)
    zalo, web, typing = [await crowd.one(c) for c in (Channel.ZALO, Channel.WEB, Channel.WEB)]
    for citizen in (zalo, web, typing):
        await citizen.says("đăng ký khai sinh cho bé Thỏ Ngọc Xanh cần giấy tờ gì")
        await citizen.hears_of(BIRTH, WAIT)
    assert len(remembered(crowd.office, BIRTH) - others) == 3
    await typing.says("xoa du lieu")
    await typing.hears_of(say("erase_ask"), WAIT)
    await typing.taps(WORDS.text("erase_yes"))
    await zalo.says("xóa dữ liệu")
    await zalo.hears_of(say("erase_ask"), WAIT)
    await zalo.taps(WORDS.text("erase_yes"))
    await zalo.hears_of(say("erased"), WAIT)
    await web.call("DELETE", "session", None, 204)
    await until(lambda: remembered(crowd.office, BIRTH) <= others)
    assert [said["text"] for said in await typing.log()] == [WORDS.text("erased")]
    for table in ("inbox", "outbox", "message"):
        assert "Thỏ Ngọc Xanh" not in str(crowd.office.rows(f"SELECT * FROM {table}"))
    await zalo.says("còn lệ phí?")
    assert BIRTH not in (await zalo.hears(1, WAIT))[0].text


async def test_numbers_of_persons_are_written_down_nowhere(crowd: Crowd) -> None:
    """Databases, logs, files: a number in any of them is a leak waiting."""
    for channel in CHANNELS:
        citizen = await crowd.one(channel)
        await citizen.says(f"căn cước {SECRET}, sđt {PHONE}, đăng ký khai sinh cần gì")
        await citizen.hears_of(BIRTH, WAIT)
    await crowd.stranger(Channel.TELEGRAM).sends_document(
        pdf(), name=f"{SECRET}.pdf", caption=f"căn cước {SECRET}"
    )
    await crowd.telegram.settle()
    await until(lambda: not crowd.office.rows("SELECT 1 FROM inbox WHERE state = 'waiting'"))
    for secret in (SECRET, PHONE):
        found = [path for path, data in crowd.office.kept().items() if secret.encode() in data]
        assert found == [], f"{secret} is in {found}"
    names = [row[0] for row in crowd.office.rows("SELECT name FROM attachment")]
    assert not any(SECRET in name for name in names)


async def test_logs_hold_no_words_no_addresses_and_no_keys(crowd: Crowd) -> None:
    """Logs are copied, mailed and kept by people who may not read conversations."""
    citizen, told = await crowd.one(Channel.ZALO), crowd.office.settings
    await citizen.says("đăng ký khai sinh cho bé Thỏ Ngọc Xanh cần giấy tờ gì")
    await citizen.hears_of(BIRTH, WAIT)
    keys = (told.telegram_token, told.telegram_secret, told.zalo_app_secret, told.zalo_oa_secret)
    tokens = crowd.office.rows("SELECT access_token, refresh_token FROM credential")[0]
    logs = {path: data.decode() for path, data in crowd.office.kept().items() if path.endswith(".log")}
    assert len(logs) == 4
    for secret in (citizen.user_id, "Thỏ Ngọc Xanh", "giấy tờ gì", told.relay_secret, *keys, *tokens):
        assert [path for path, text in logs.items() if secret in text] == [], secret


async def test_a_week_later_the_papers_are_gone(crowd: Crowd) -> None:
    """The same gateway, started again with its clock eight days on."""
    office = crowd.office
    count_kept = "SELECT count(*) FROM attachment WHERE deleted_at IS NULL"
    assert office.rows(count_kept)[0][0] > 0
    app = assemble(office.settings, ROOT, now=lambda: time.time() + 8 * 86_400)
    async with app.router.lifespan_context(app):
        await until(lambda: office.rows(count_kept)[0][0] == 0)
    blobs = office.settings.var_dir / "blobs"
    assert [path for path in blobs.rglob("*") if path.is_file()] == []


def remembered(office: Office, code: str) -> set[str]:
    """Conversations of which Rasa remembers that they are about a procedure."""
    with sqlite3.connect(office.settings.tracker_url.removeprefix("sqlite:///")) as connection:
        found = connection.execute("SELECT sender_id, body FROM session").fetchall()
    return {sender for sender, body in found if code.encode() in bytes(body)}


async def until(check: Callable[[], bool], seconds: float = WAIT) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.1)


async def test_the_measured_road_is_that_of_a_browser(office: Office) -> None:
    """What ``bot bench --website`` sends and hears; its figures would else be of something nobody uses."""
    asked = "đăng ký khai sinh cần giấy tờ gì"
    async with Browser.at(office.settings.gateway_url, "127.9.9.9") as browser:
        await browser.says(asked)
        assert f"Mã thủ tục: {BIRTH}" in await asyncio.wait_for(browser.hears(), WAIT)
