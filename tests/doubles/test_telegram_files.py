"""Files travel through the double as through Telegram: by links that end, in sizes, up to its limits."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from PIL import Image

from tests.doubles.telegram.driver import Platform, TelegramPhone

START = 1_800_000_000.0
AN = 111


@pytest.fixture
async def telegram() -> AsyncIterator[Platform]:
    """A double whose clock stands still, with one citizen who has pressed Start."""
    async with Platform.inside(start=START, ticking=False) as platform:
        await platform.phone(AN).starts()
        yield platform


@pytest.fixture
def phone(telegram: Platform) -> TelegramPhone:
    return telegram.phone(AN)


async def refused(telegram: Platform, method: str, **arguments: Any) -> tuple[int, str]:
    status, body = await telegram.api(method, **arguments)
    assert body["ok"] is False
    assert body["error_code"] == status
    return status, body["description"]


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "JPEG")
    return out.getvalue()


async def get(url: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.read()


async def test_documents_of_citizens_are_fetched_by_a_link_that_ends(
    telegram: Platform, phone: TelegramPhone
) -> None:
    await phone.sends_document(b"%PDF-1.7 x", "đơn.pdf", caption="đơn của tôi")
    update = (await telegram.api("getUpdates", offset=-1))[1]["result"][0]["message"]
    document = update["document"]
    told = (document["file_name"], document["mime_type"], document["file_size"], update["caption"])
    assert told == ("đơn.pdf", "application/pdf", 10, "đơn của tôi")
    _, body = await telegram.api("getFile", file_id=document["file_id"])
    url = f"{telegram.url}/file/bot{telegram.token}/{body['result']['file_path']}"
    await telegram.advance(3599)
    assert await get(url) == (200, b"%PDF-1.7 x")
    await telegram.advance(1)
    assert (await get(url))[0] == 404
    assert await refused(telegram, "getFile", file_id="x") == (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
    )


async def test_photos_come_in_sizes_and_big_files_cannot_be_fetched(
    telegram: Platform, phone: TelegramPhone
) -> None:
    await phone.sends_photo(picture(1280, 853))
    limit = 20 * 1024 * 1024
    await phone.sends_document(b"x", size=limit)
    await phone.sends_document(b"x", size=limit + 1)
    await phone.sends_document(b"x", size=-1)
    photo, fits, big, untold = (
        update["message"] for update in (await telegram.api("getUpdates", offset=-4))[1]["result"]
    )
    assert [(size["width"], size["height"]) for size in photo["photo"]] == [(90, 60), (1280, 853)]
    assert (await telegram.api("getFile", file_id=fits["document"]["file_id"]))[0] == 200
    too_big = await refused(telegram, "getFile", file_id=big["document"]["file_id"])
    assert too_big == (400, "Bad Request: file is too big")
    assert "file_size" not in untold["document"]


async def test_files_of_the_bot_arrive(telegram: Platform, phone: TelegramPhone) -> None:
    await telegram.configure(flood_chat=0)
    url = f"{telegram.url}/bot{telegram.token}"
    cases = [
        ("sendDocument", "document", b"%PDF-1.7", {"caption": "a" * 1024}, 200, ""),
        (
            "sendDocument",
            "document",
            b"%PDF-1.7",
            {"caption": "a" * 1025},
            400,
            "message caption is too long",
        ),
        ("sendDocument", "document", b"", {}, 400, "file must be non-empty"),
        ("sendPhoto", "photo", picture(10, 10), {}, 200, ""),
        ("sendPhoto", "photo", b"%PDF-1.7", {}, 400, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", b"x" * (10 * 1024 * 1024 + 1), {}, 400, "file is too big"),
    ]
    async with aiohttp.ClientSession() as session:
        for method, field, data, more, status, reason in cases:
            form = aiohttp.FormData({"chat_id": str(AN), **more})
            form.add_field(field, data, filename="tep.pdf")
            async with session.post(f"{url}/{method}", data=form) as answer:
                body = await answer.json()
                assert (answer.status, body.get("description", "Bad Request: ")) == (
                    status,
                    f"Bad Request: {reason}",
                )
    document, photo = await phone.hears(2)
    assert document.file is not None and document.file["file_name"] == "tep.pdf"
    assert photo.file is not None and photo.file["width"] == 10
