"""``bot channels``: check, register, stop and start the ways citizens reach the assistant."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
from sqlalchemy.engine import Engine

from bot.channels.telegram import registration
from bot.channels.telegram.client import Client
from bot.channels.telegram.commands import read_commands
from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError
from bot.channels.telegram.opening import open_client
from bot.channels.zalo import credentials
from bot.commands.channel_checks import is_off, verdicts
from bot.control.switching import switch_off, switch_on
from bot.conversations.channel import Channel
from bot.database import connect, upgrade
from bot.settings import get_settings
from bot.staff.audit import OPERATOR

CHANNEL = click.Choice([channel.value for channel in Channel])
T = TypeVar("T")
ACCESS_TOKEN_SECONDS = 90_000.0
STARTED = "Mở lại bằng lệnh"


@click.group()
def channels() -> None:
    """The channels citizens use."""


@channels.command()
@click.argument("names", metavar="[CHANNEL]...", nargs=-1, type=CHANNEL)
def check(names: tuple[str, ...]) -> None:
    """Say what is right and wrong with each channel; exit 1 when something is wrong.

    Without CHANNEL all are checked, and one without any credentials is only said to be off.
    """
    settings, engine = get_settings(), _opened()
    wrong = False
    for channel in [Channel(name) for name in names] or list(Channel):
        if not names and is_off(settings, channel):
            click.echo(f"–  {channel.value}: tắt / off")
            continue
        for verdict in asyncio.run(verdicts(settings, engine, channel, time.time())):
            sign = "OK" if verdict.ok else "!!"
            click.echo(f"{sign} {channel.value}: {verdict.vi} / {verdict.en}")
            wrong = wrong or not verdict.ok
    if wrong:
        raise SystemExit(1)


@channels.command()
@click.argument("name", metavar="CHANNEL", type=click.Choice([Channel.TELEGRAM.value]))
def register(name: str) -> None:
    """Tell CHANNEL (telegram) where to send updates, and set its menu of commands."""
    settings = get_settings()
    url = registration.hook_url(settings.gateway_url)
    if reason := registration.unusable(settings.telegram_secret, url):
        raise click.ClickException(f"Telegram không nhận / does not take {reason}")
    commands = read_commands(settings.data_dir / "channels" / "commands.yaml")

    async def act(client: Client) -> list[tuple[str, str]]:
        await registration.register(client, url, settings.telegram_secret, commands)
        return registration.troubles(await registration.hook(client), url, time.time())

    wrong = _called(act)
    click.echo(f"{name}: đã đăng ký / registered: {url}")
    for vi, en in wrong:
        click.echo(f"!! {name}: {vi} / {en}")


@channels.command()
@click.argument("name", metavar="CHANNEL", type=click.Choice([Channel.TELEGRAM.value]))
def unregister(name: str) -> None:
    """Tell CHANNEL (telegram) to send no more updates; it keeps them for a day."""
    _called(registration.unregister)
    click.echo(f"{name}: đã hủy đăng ký / unregistered")


@channels.command()
@click.argument("name", metavar="CHANNEL", type=CHANNEL)
@click.option("--comment", required=True, help="Why, for those who come after you.")
def stop(name: str, comment: str) -> None:
    """Stop CHANNEL at once: citizens who write are told so, everything else waits in the queues."""
    if not comment.strip():
        raise click.BadParameter("cần nêu lý do / say why", param_hint="--comment")
    with _opened().begin() as connection:
        done = switch_off(connection, OPERATOR, [Channel(name)], comment, time.time())
    click.echo(f"{name}: " + ("đã dừng / stopped" if done else "đã dừng từ trước / was stopped already"))


@channels.command()
@click.argument("name", metavar="CHANNEL", type=CHANNEL)
@click.option("--comment", default=STARTED, help="Why, for those who come after you.")
def start(name: str, comment: str) -> None:
    """Let CHANNEL run again; what waits is sent."""
    with _opened().begin() as connection:
        done = switch_on(connection, OPERATOR, [Channel(name)], comment.strip() or STARTED, time.time())
    click.echo(f"{name}: " + ("đã chạy lại / runs again" if done else "không bị dừng / was not stopped"))


@channels.command("zalo-tokens")
@click.option("--expires-in", default=ACCESS_TOKEN_SECONDS, help="Seconds the access token lives.")
def zalo_tokens(expires_in: float) -> None:
    """Store Zalo's access and refresh token, read as two lines from standard input."""
    words = sys.stdin.read().split()
    if len(words) != 2 or words[0] == words[1]:
        raise click.ClickException("cần hai dòng / two lines are needed: access token, refresh token")
    with _opened().begin() as connection:
        credentials.store(connection, words[0], words[1], expires_in, time.time())
    click.echo("zalo: đã lưu / stored")


def _called(work: Callable[[Client], Awaitable[T]]) -> T:
    """What a call to Telegram gives; ends the command with one line when it fails."""

    async def act() -> T:
        client = open_client(get_settings())
        if client is None:
            raise click.ClickException("BOT_TELEGRAM_TOKEN / BOT_TELEGRAM_SECRET: chưa đặt / not set")
        try:
            return await work(client)
        finally:
            await client.close()

    try:
        return asyncio.run(act())
    except (NotSentError, NoAnswerError, ApiError) as error:
        raise click.ClickException(f"Telegram: {error}") from None


def _opened() -> Engine:
    url = get_settings().database_url
    upgrade(url)
    return connect(url)
