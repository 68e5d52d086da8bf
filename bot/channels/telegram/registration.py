"""Telling Telegram where updates go, and asking whether they arrive. Never part of boot."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from bot.channels.telegram.client import Client, Method
from bot.channels.telegram.commands import Commands
from bot.channels.telegram.webhook import PATH
from bot.channels.telegram.wire import ALLOWED_UPDATES

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = frozenset({443, 80, 88, 8443})
_RECENT_SECONDS = 3600.0
_MANY_WAITING = 100
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class Hook(msgspec.Struct, frozen=True):
    """What Telegram knows of the webhook (``getWebhookInfo``). ``last_error_date``: POSIX seconds."""

    url: str = ""
    pending_update_count: int = 0
    max_connections: int = 40
    allowed_updates: tuple[str, ...] = ()
    last_error_date: int = 0
    last_error_message: str = ""


class _Me(msgspec.Struct):
    username: str = ""


def hook_url(gateway_url: str) -> str:
    """Address of the webhook behind the public address of the gateway."""
    return gateway_url.rstrip("/") + PATH


def unusable(secret: str, url: str) -> str:
    """Why Telegram would not take this secret or address; "" when it would."""
    if not _SECRET.fullmatch(secret):
        return "BOT_TELEGRAM_SECRET: 1–256 × A-Z a-z 0-9 _ -"
    parts = urlsplit(url)
    if parts.hostname in _LOCAL:
        return ""
    if parts.scheme != "https" or (parts.port or 443) not in _PORTS:
        return "BOT_PUBLIC_URL: https, port 443, 80, 88 / 8443"
    return ""


async def register(client: Client, url: str, secret: str, commands: Commands) -> None:
    """Set the webhook and the menu of commands. Raises as ``Client.call``.

    One connection at a time, or updates of one citizen overtake each other. Waiting updates are kept.
    """
    await client.call(
        Method.SET_WEBHOOK,
        {
            "url": url,
            "secret_token": secret,
            "max_connections": 1,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        },
    )
    await client.call(Method.SET_MY_COMMANDS, {"commands": menu(commands)})


async def unregister(client: Client) -> None:
    """Take the webhook away; Telegram keeps updates for a day. Raises as ``Client.call``."""
    await client.call(Method.DELETE_WEBHOOK, {"drop_pending_updates": False})


async def bot_name(client: Client) -> str:
    """User name of the bot, without "@". Raises as ``Client.call``, which shows a wrong token."""
    return msgspec.convert(await client.call(Method.GET_ME), _Me).username


async def hook(client: Client) -> Hook:
    """The webhook as Telegram sees it. Raises as ``Client.call``, or ``msgspec.ValidationError``."""
    return msgspec.convert(await client.call(Method.GET_WEBHOOK_INFO), Hook)


def menu(commands: Mapping[str, str]) -> list[dict[str, str]]:
    """Commands for ``setMyCommands``: the words a command stands for explain it."""
    return [
        {"command": name, "description": words[:1].upper() + words[1:]} for name, words in commands.items()
    ]


def troubles(found: Hook, url: str, now: float) -> list[tuple[str, str]]:
    """What is wrong with the webhook, each in Vietnamese and English; nothing when updates flow."""
    if not found.url:
        return [("chưa đăng ký webhook", "no webhook is registered")]
    wrong = []
    if found.url != url:
        wrong.append(("webhook trỏ tới địa chỉ khác", "the webhook points to another address"))
    if set(found.allowed_updates) != set(ALLOWED_UPDATES):
        wrong.append(("webhook nhận sai loại cập nhật", "the webhook is registered for other updates"))
    if found.max_connections != 1:
        wrong.append(("webhook không giữ thứ tự tin", "the webhook does not keep messages in order"))
    if found.last_error_message and now - found.last_error_date < _RECENT_SECONDS:
        last = found.last_error_message[:100]
        wrong.append((f"Telegram báo lỗi gần đây: {last}", f"Telegram met an error lately: {last}"))
    if found.pending_update_count > _MANY_WAITING:
        count = found.pending_update_count
        wrong.append((f"{count} cập nhật đang chờ ở Telegram", f"{count} updates wait at Telegram"))
    return wrong
