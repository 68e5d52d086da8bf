"""From "tôi muốn mở quán ăn" to the details of the dossier, through running servers and a one-stop system."""

import asyncio
import re
import sqlite3
import subprocess
import sys

import aiohttp

from bot.channels.notices import NEWS_SECONDS
from bot.conversations.channel import Channel
from bot.following.factor import HIDDEN
from tests.e2e.office import WAIT, Crowd, Office
from tests.e2e.visitor import Visitor
from tests.working import ROOT

STALL = "1.001612"
READING = 0.7
"""Seconds; nobody may write more than five messages in three of them."""


async def test_from_the_wish_to_the_details_of_the_dossier(crowd: Crowd) -> None:
    """Guided until ready, announced to the counter, taken in there, followed with the second factor."""
    citizen: Visitor = await crowd.one(Channel.WEB)
    await citizen.says("tôi muốn mở quán ăn nhỏ, đăng ký hộ kinh doanh")
    await citizen.hears_of("Thời hạn: 3 ngày làm việc", WAIT)
    await citizen.taps("Chuẩn bị hồ sơ từng bước")
    for asked, answer in (
        ("cả gia đình cùng mở", "mot nguoi dung ten"),
        ("định kinh doanh gì", "quán ăn"),
        ("Ai sẽ nộp hồ sơ", "chu ho tu nop"),
        ("giấy tờ cần có", "du roi"),
        ("bằng cách nào", "nop truc tiep"),
        ("cư trú ở xã, phường", "phuong Ha Tu"),
    ):
        await citizen.hears_of(asked, WAIT)
        await asyncio.sleep(READING)
        await citizen.says(answer)
    await citizen.hears_of("đã sẵn sàng", WAIT)

    await citizen.taps("Lấy phiếu hẹn tại quầy")
    await citizen.hears_of("lập phiếu hẹn", WAIT)
    await citizen.taps("Đồng ý, lập phiếu")
    await citizen.hears_of("dự kiến đến nộp ngày nào", WAIT)
    ((code, token, procedure),) = crowd.office.rows("SELECT code, token, procedure_code FROM registration")
    assert procedure == STALL
    page = await read(f"{crowd.office.settings.gateway_url}/phieu-hen/{token}")
    assert code in page and "phường Hà Tu" in page

    dossier = crowd.office.gov.call("codes", status=5)[0]
    said = staff(crowd.office, "accept", code, "--by", "Quầy số 3", "--dossier", dossier)
    assert "đã ghi nhận hồ sơ" in said
    await asyncio.sleep(2 * NEWS_SECONDS)  # until the gateway has heard of it
    await citizen.says("xin chào")
    await citizen.hears_of("có tin mới", WAIT)
    assert dossier in await read(f"{crowd.office.settings.gateway_url}/phieu-hen/{token}")

    await citizen.says(f"tra cứu hồ sơ {dossier}")
    await citizen.hears_of(dossier, WAIT)
    await citizen.taps("Xem chi tiết")
    await citizen.hears_of("4 số cuối", WAIT)
    digits = str(crowd.office.gov.call("owner", code=dossier)["id_last4"])
    await citizen.says(digits)
    await citizen.hears_of("Cần bổ sung:", WAIT)
    assert [m["text"] for m in await citizen.log() if m["author"] == "citizen"][-1] == HIDDEN
    readable = re.compile(rf"(?<![0-9A-Za-z._-]){digits}(?![0-9A-Za-z_-])")
    for words in stored(crowd.office):
        assert not readable.search(words), words


async def read(url: str) -> str:
    """A page as a browser gets it."""
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        assert answer.status == 200
        return await answer.text()


def staff(office: Office, *arguments: str) -> str:
    """``bot register …`` at the counter."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "register", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=office.settings.process_environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def stored(office: Office) -> list[str]:
    """What the channels keep, Rasa's tracker, and the logs."""
    found = [
        str(row) for table in ("inbox", "message", "outbox") for row in office.rows(f"SELECT * FROM {table}")
    ]
    with sqlite3.connect(office.settings.tracker_url.removeprefix("sqlite:///")) as connection:
        found += [bytes(row[0]).decode() for row in connection.execute("SELECT body FROM session")]
    return found + [data.decode() for path, data in office.kept().items() if path.endswith(".log")]
