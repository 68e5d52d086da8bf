"""Whether each channel could work now: settings, credentials, and what the platform says of us."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.telegram import registration
from bot.channels.telegram.errors import ApiError, NoAnswerError, NotSentError
from bot.channels.telegram.opening import open_client
from bot.channels.zalo import client as zalo
from bot.channels.zalo import credentials
from bot.control.stopping import stopped
from bot.conversations.channel import Channel
from bot.serving.health import answers
from bot.settings import Settings


@dataclass(frozen=True)
class Verdict:
    """One line for the operator, in Vietnamese and English."""

    ok: bool
    vi: str
    en: str


async def verdicts(settings: Settings, engine: Engine, channel: Channel, now: float) -> list[Verdict]:
    """What is right and wrong with a channel; the first line says when it is off."""
    found = await _CHECKS[channel](settings, engine, now)
    try:
        with engine.connect() as connection:
            comment = stopped(connection).get(channel)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        return [*found, Verdict(False, f"không đọc được cơ sở dữ liệu: {kind}", f"no database: {kind}")]
    if comment is not None:
        found.append(Verdict(False, f"đang dừng: {comment}", "stopped"))
    return found


async def _web(settings: Settings, _engine: Engine, _now: float) -> list[Verdict]:
    found = [_gateway(settings)]
    if settings.public_url and not settings.public_url.startswith("https://"):
        vi, en = "BOT_PUBLIC_URL: phải là https", "must be https, or browsers drop the session"
        found.append(Verdict(False, vi, en))
    return found


async def _zalo(settings: Settings, engine: Engine, now: float) -> list[Verdict]:
    names = ("zalo_app_id", "zalo_app_secret", "zalo_oa_id", "zalo_oa_secret")
    found = _credentials({f"BOT_{name.upper()}": getattr(settings, name) for name in names})
    if not all(verdict.ok for verdict in found):
        return found
    found.append(_gateway(settings))
    try:
        with engine.connect() as connection:
            pair = credentials.load(connection)
    except SQLAlchemyError:
        return found
    if pair is None:
        hint = "bot channels zalo-tokens"
        return [*found, Verdict(False, f"chưa có mã truy cập: {hint}", f"no access token yet: {hint}")]
    if pair.expires_at <= now:
        found.append(Verdict(False, "mã truy cập đã hết hạn", "the access token has expired"))
    calls = zalo.Client(settings)
    try:
        answer = await calls.account(pair.access)
    except (zalo.NotSentError, zalo.NoAnswerError) as error:
        return [*found, Verdict(False, f"không gọi được Zalo: {error}", f"Zalo cannot be reached: {error}")]
    finally:
        await calls.close()
    right = answer.read and answer.error == 0 and answer.status < 400
    told = f"getoa: {answer.status}/{answer.error}"
    if not right:
        return [*found, Verdict(False, f"Zalo từ chối, {told}", f"Zalo refuses, {told}")]
    same = str(answer.data.get("oa_id", settings.zalo_oa_id)) == settings.zalo_oa_id
    who = "official account" if same else "another account than BOT_ZALO_OA_ID"
    return [*found, Verdict(same, "tài khoản OA" if same else "OA khác với BOT_ZALO_OA_ID", who)]


async def _telegram(settings: Settings, _engine: Engine, now: float) -> list[Verdict]:
    names = ("telegram_token", "telegram_secret")
    found = _credentials({f"BOT_{name.upper()}": getattr(settings, name) for name in names})
    client = open_client(settings)
    if client is None:
        return found
    found.append(_gateway(settings))
    url = registration.hook_url(settings.gateway_url)
    if reason := registration.unusable(settings.telegram_secret, url):
        found.append(Verdict(False, f"Telegram không nhận {reason}", f"Telegram does not take {reason}"))
    try:
        name = await registration.bot_name(client)
        found.append(Verdict(True, f"bot @{name}", f"bot @{name}"))
        wrong = registration.troubles(await registration.hook(client), url, now)
    except (NotSentError, NoAnswerError, ApiError) as error:
        vi, en = f"không hỏi được Telegram: {error}", f"Telegram cannot be asked: {error}"
        return [*found, Verdict(False, vi, en)]
    except msgspec.ValidationError:
        return [*found, Verdict(False, "Telegram trả lời lạ", "Telegram answers strangely")]
    finally:
        await client.close()
    if not wrong:
        found.append(Verdict(True, "webhook hoạt động", "the webhook works"))
    return found + [Verdict(False, vi, en) for vi, en in wrong]


_CHECKS = {Channel.WEB: _web, Channel.ZALO: _zalo, Channel.TELEGRAM: _telegram}


def is_off(settings: Settings, channel: Channel) -> bool:
    """Whether nothing of a channel's credentials is set: then nobody wants it on."""
    if channel is Channel.ZALO:
        return not (settings.zalo_app_id or settings.zalo_oa_id or settings.zalo_oa_secret)
    return channel is Channel.TELEGRAM and not (settings.telegram_token or settings.telegram_secret)


def _gateway(settings: Settings) -> Verdict:
    url = settings.gateway_url
    if answers(f"{url}/health/live", timeout=5.0):
        return Verdict(True, f"cổng {url} trả lời", f"gateway {url} answers")
    return Verdict(False, f"cổng {url} không trả lời", f"gateway {url} does not answer")


def _credentials(values: Mapping[str, str]) -> list[Verdict]:
    return [
        Verdict(True, f"{name}: đã đặt", "set") if value else Verdict(False, f"{name}: chưa đặt", "not set")
        for name, value in values.items()
    ]
