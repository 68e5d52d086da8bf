"""A citizen's phone."""

import base64
from typing import Any, Protocol

from tests.doubles.zalo.records import Sent

PATIENCE = 10.0
"""Real seconds to wait for a message unless told otherwise."""


class Line(Protocol):
    """What a phone needs of the platform."""

    async def post(self, path: str, /, **wish: Any) -> dict[str, Any]: ...

    async def sent(self, user: int | str = "", after: int = 0) -> list[Sent]: ...

    async def wait(self, user: str, after: int, count: int, timeout: float) -> list[Sent]: ...


class ZaloPhone:
    """One citizen. ``hears`` hands out each message once, in the order it came."""

    def __init__(self, platform: Line, user: str) -> None:
        self.platform = platform
        self.user_id = user
        self._heard = 0

    async def says(self, text: str, quote: str = "") -> str:
        """The message's id, as the hook gets it."""
        return str((await self.does("say", text=text, quote=quote))["msg_id"])

    async def taps(self, title: str, message_id: str = "") -> dict[str, Any]:
        """Press the newest button of that title: ``msg_id`` and ``payload``, or ``opens`` and ``type``.
        ``ValueError`` when no such button ever came.
        """
        return await self.does("tap", title=title, message_id=message_id)

    async def hears(self, count: int = 1, timeout: float = PATIENCE) -> list[Sent]:
        """The next ``count`` messages; ``AssertionError`` with what came when they do not come in time."""
        found = (await self.platform.wait(self.user_id, self._heard, count, timeout))[:count]
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
        found = await self.platform.sent(self.user_id, self._heard)
        self._heard = found[-1].seq if found else self._heard
        return found

    async def sends_image(self, data: bytes, name: str = "anh.jpg", caption: str = "") -> dict[str, Any]:
        return await self.does("image", data=_text(data), name=name, text=caption)

    async def sends_file(self, data: bytes, name: str) -> dict[str, Any]:
        """``msg_id`` and the ``url`` under which the platform holds it."""
        return await self.does("file", data=_text(data), name=name)

    async def sends_voice(self, data: bytes = b"") -> dict[str, Any]:
        return await self.does("audio", data=_text(data))

    async def sends_video(self, data: bytes = b"") -> dict[str, Any]:
        return await self.does("video", data=_text(data))

    async def sends_sticker(self) -> dict[str, Any]:
        return await self.does("sticker")

    async def sends_location(self, latitude: float = 20.95, longitude: float = 107.08) -> dict[str, Any]:
        return await self.does("location", latitude=latitude, longitude=longitude)

    async def sends_link(self, url: str) -> dict[str, Any]:
        return await self.does("link", url=url)

    async def sends_card(self, phone: str) -> dict[str, Any]:
        return await self.does("business_card", phone=phone)

    async def follows(self) -> dict[str, Any]:
        return await self.does("follow")

    async def unfollows(self) -> dict[str, Any]:
        return await self.does("unfollow")

    async def blocks(self, on: bool = True) -> None:
        await self.does("block", on=on)

    async def submits(self, name: str, phone: str, **more: Any) -> dict[str, Any]:
        return await self.does("submit_info", name=name, phone=phone, **more)

    async def sees(self, *message_ids: str) -> None:
        await self.does("see", message_ids=list(message_ids))

    async def does(self, verb: str, /, **details: Any) -> dict[str, Any]:
        """Any method of ``actions.Actions``."""
        return await self.platform.post(f"user/{self.user_id}/{verb}", **details)


def user_id(number: int | str) -> str:
    """19 digits for a small number; an id stays as it is."""
    return str(5510185758000000000 + number) if isinstance(number, int) and number < 10**9 else str(number)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
