"""A citizen's phone."""

import asyncio
import base64
from typing import Any, Protocol

import msgspec

from tests.doubles.telegram.records import Sent

PATIENCE = 10.0
"""Real seconds to wait for a message unless told otherwise."""
Json = dict[str, Any]


class Line(Protocol):
    """What a phone needs of the platform."""

    async def get(self, path: str) -> Any: ...

    async def post(self, path: str, **wish: Any) -> Any: ...

    async def sent(self, user: int = 0, after: int = 0) -> list[Sent]: ...

    async def wait(self, user: int, after: int, count: int, timeout: float) -> list[Sent]: ...


class TelegramPhone:
    """One citizen. ``hears`` hands out each message once, in the order it came. Acts that the phone does not
    offer raise ``ValueError``.
    """

    def __init__(self, platform: Line, chat_id: int, user_id: int = 0) -> None:
        self.platform = platform
        self.chat_id = chat_id
        self._user = {"user": user_id} if user_id else {}
        self._heard = 0

    def in_group(self, group_id: int) -> "TelegramPhone":
        """The same citizen in a group; ``group_id`` is negative (-100… for a supergroup)."""
        return TelegramPhone(self.platform, group_id, self.chat_id)

    async def is_called(self, name: str, username: str = "") -> None:
        await self.does("name", name=name, username=username)

    async def says(self, text: str) -> int:
        """The message's id (of the first, where the application cuts a text over 4,096)."""
        return int((await self.does("say", text=text))["message_ids"][0])

    async def starts(self, payload: str = "") -> int:
        """Press Start, or follow a deep link ``?start=<payload>``."""
        return int((await self.does("start", payload=payload))["message_ids"][0])

    async def taps(self, title: str = "", *, data: str = "", message_id: int = 0, stale: bool = False) -> str:
        """Press the newest button of that title (or data); id of the callback query.

        ``stale``: a button the bot has taken away by now counts too.
        """
        wish = {"title": title, "data": data, "message_id": message_id, "stale": stale}
        return str((await self.does("tap", **wish))["query_id"])

    async def hears(self, count: int = 1, timeout: float = PATIENCE) -> list[Sent]:
        """The next ``count`` messages; ``AssertionError`` with what came when they do not come in time."""
        found = (await self.platform.wait(self.chat_id, self._heard, count, timeout))[:count]
        self._heard = found[-1].seq if found else self._heard
        return found

    async def hears_of(self, fragment: str, timeout: float = PATIENCE) -> Sent:
        """The next message that contains ``fragment``; those before it count as heard."""
        while True:
            (sent,) = await self.hears(timeout=timeout)
            if fragment in sent.text:
                return sent

    async def unheard(self) -> list[Sent]:
        """What has come since and was not handed out yet, without waiting; it counts as heard now."""
        found = await self.platform.sent(self.chat_id, self._heard)
        self._heard = found[-1].seq if found else self._heard
        return found

    async def sends_document(self, data: bytes, name: str = "don.pdf", mime: str = "application/pdf",
                             caption: str = "", size: int | None = None) -> int:  # fmt: skip
        """``size``: what Telegram tells of it instead of its length; -1 tells nothing."""
        return await self.sends("document", data, name=name, mime=mime, caption=caption, size=size)

    async def sends_photo(self, data: bytes, caption: str = "", size: int | None = None) -> int:
        """``data`` must be a picture; the bot is offered two sizes of it."""
        return await self.sends("photo", data, caption=caption, size=size)

    async def sends_voice(self, data: bytes = b"OggS") -> int:
        return await self.sends("voice", data, mime="audio/ogg")

    async def sends_sticker(self) -> int:
        return await self.sends("sticker", b"RIFF")

    async def sends(self, kind: str, data: bytes, **details: Any) -> int:
        """``kind``: document, photo, voice, sticker, video; ``details`` as of ``sends_document``."""
        encoded = base64.b64encode(data).decode()
        return int((await self.does(kind, data=encoded, **details))["message_id"])

    async def sends_location(self, latitude: float = 20.95, longitude: float = 107.08) -> int:
        return int((await self.does("location", latitude=latitude, longitude=longitude))["message_id"])

    async def sends_contact(self, number: str = "+84900000000", *, own: bool = True) -> int:
        """``own``: the citizen's own number, which alone carries the id of who sends it."""
        return int((await self.does("contact", number=number, own=own))["message_id"])

    async def edits(self, text: str, message_id: int = 0) -> int:
        """Change the citizen's last message, or the one named."""
        return int((await self.does("edit", text=text, message_id=message_id))["message_id"])

    async def blocks(self, on: bool = True) -> None:
        """Block the bot or let it in again; in a group, throw it out or take it in."""
        await self.does("block" if on else "unblock")

    async def look(self) -> Json:
        """blocked, typing, messages (both sides, as they look now), spinning (ids of queries not answered),
        toasts (query id → what the bot answered).
        """
        return dict(await self.platform.get(str(self.chat_id)))

    async def screen(self) -> list[Sent]:
        """The bot's messages as they look now: edited, without buttons taken away, without deleted ones.
        Their ``seq`` is 0.
        """
        shown = (await self.look())["messages"]
        return [msgspec.convert(item, Sent) for item in shown if item["author"] == "bot"]

    async def sees_typing(self, timeout: float = PATIENCE) -> None:
        """``AssertionError`` when no typing sign shows in time."""
        end = asyncio.get_running_loop().time() + timeout
        while not (await self.look())["typing"]:
            assert asyncio.get_running_loop().time() < end, f"chat {self.chat_id} saw no typing sign"
            await asyncio.sleep(0.01)

    async def does(self, act: str, **details: Any) -> Any:
        """Any act of ``control.Control``."""
        return await self.platform.post(f"{self.chat_id}/{act}", **details, **self._user)
