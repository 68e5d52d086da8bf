"""An operator must see what is wrong with a channel, and be able to stop it with a reason."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from bot.channels.zalo import credentials
from bot.channels.zalo.answer import Answer
from bot.channels.zalo.client import Client, NotSentError
from bot.cli import main
from bot.control.tables import stoppage
from bot.database import connect
from bot.settings import get_settings
from tests.conftest import ROOT
from tests.doubles.telegram.driver import Platform

Set = Callable[..., None]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'assistant.db'}"


@pytest.fixture
def settings(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Sets variables of the command; nothing listens at the gateway's address."""

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"BOT_{name.upper()}", value)
        get_settings.cache_clear()

    put(database_url=database, gateway_port="9", data_dir=str(ROOT / "data"))
    yield put
    get_settings.cache_clear()


@pytest.fixture
def telegram(settings: Set) -> Iterator[Platform]:
    """A double of Telegram in another thread, and the settings that point at it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    inside = Platform.inside()
    platform = asyncio.run_coroutine_threadsafe(inside.__aenter__(), loop).result(10)
    settings(**platform.gateway_settings())
    yield platform
    asyncio.run_coroutine_threadsafe(inside.__aexit__(None, None, None), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    loop.close()


def _run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["channels", *words], input=stdin)


def test_channels_nobody_wants_are_off_and_a_silent_gateway_is_named(settings):
    result = _run("check")
    assert result.exit_code == 1
    assert "–  zalo: tắt / off" in result.output
    assert "–  telegram: tắt / off" in result.output
    assert "!! web: cổng http://127.0.0.1:9 không trả lời" in result.output


def test_half_set_credentials_are_named_one_by_one(settings):
    settings(telegram_token="7:AAx", zalo_app_id="1")
    output = _run("check").output
    assert "OK telegram: BOT_TELEGRAM_TOKEN: đã đặt" in output
    assert "!! telegram: BOT_TELEGRAM_SECRET: chưa đặt" in output
    assert "!! zalo: BOT_ZALO_OA_SECRET: chưa đặt" in output
    assert "AAx" not in output


def test_a_bot_is_registered_and_then_found_sound(telegram):
    before = _run("check", "telegram")
    assert (before.exit_code, "chưa đăng ký webhook" in before.output) == (1, True)
    done = _run("register", "telegram")
    assert done.exit_code == 0, done.output
    after = _run("check", "telegram").output
    assert "OK telegram: bot @quangninh_test_bot" in after
    assert "OK telegram: webhook hoạt động / the webhook works" in after
    assert "unregistered" in _run("unregister", "telegram").output
    assert "chưa đăng ký webhook" in _run("check", "telegram").output


def test_a_wrong_token_is_said_and_not_shown(telegram, settings):
    settings(telegram_token="7:AAwrong")
    for words in (("check", "telegram"), ("register", "telegram")):
        result = _run(*words)
        assert result.exit_code == 1
        assert "401" in result.output or "404" in result.output
        assert "AAwrong" not in result.output


def test_registering_without_a_usable_secret_does_nothing(settings):
    result = _run("register", "telegram")
    assert result.exit_code == 1
    assert "BOT_TELEGRAM_SECRET" in result.output


def test_the_switch_needs_a_reason_and_shows_it(settings, database):
    assert _run("stop", "zalo").exit_code == 2
    assert _run("stop", "zalo", "--comment", "  ").exit_code == 2
    assert "đã dừng / stopped" in _run("stop", "zalo", "--comment", "trả lời sai lệ phí").output
    engine = connect(database)
    with engine.connect() as connection:
        (row,) = connection.execute(select(stoppage))
    assert (row.channel, row.cause, row.comment) == ("zalo", "ordered", "trả lời sai lệ phí")
    assert "!! zalo: đang dừng: trả lời sai lệ phí" in _run("check", "zalo").output
    assert "runs again" in _run("start", "zalo").output
    assert "was not stopped" in _run("start", "zalo").output


def test_tokens_of_zalo_are_stored_and_not_shown(settings, database):
    assert _run("zalo-tokens", stdin="only-one\n").exit_code == 1
    result = _run("zalo-tokens", stdin="access-1\nrefresh-1\n")
    assert result.exit_code == 0
    assert "access-1" not in result.output and "refresh-1" not in result.output
    with connect(database).connect() as connection:
        pair = credentials.load(connection)
    assert pair is not None
    assert (pair.access, pair.refresh) == ("access-1", "refresh-1")


async def _refused(_client: Client, _access: str) -> Answer:
    return Answer(200, -216, {"error": -216}, True)


async def _unreachable(_client: Client, _access: str) -> Answer:
    raise NotSentError("ClientConnectorError")


async def _other_account(_client: Client, _access: str) -> Answer:
    return Answer(200, 0, {"error": 0, "data": {"oa_id": "999"}}, True)


async def _right(_client: Client, _access: str) -> Answer:
    return Answer(200, 0, {"error": 0, "data": {"oa_id": "oa"}}, True)


@pytest.mark.parametrize(
    ("account", "line"),
    [
        (_refused, "!! zalo: Zalo từ chối, getoa: 200/-216"),
        (_unreachable, "!! zalo: không gọi được Zalo: ClientConnectorError"),
        (_other_account, "!! zalo: OA khác với BOT_ZALO_OA_ID"),
        (_right, "OK zalo: tài khoản OA"),
    ],
)
def test_what_zalo_says_of_the_account_is_told(settings, monkeypatch, account, line):
    settings(zalo_app_id="1", zalo_app_secret="s", zalo_oa_id="oa", zalo_oa_secret="t")
    assert "!! zalo: chưa có mã truy cập" in _run("check", "zalo").output
    monkeypatch.setattr(Client, "account", account)
    _run("zalo-tokens", stdin="access-1\nrefresh-1\n")
    assert line in _run("check", "zalo").output


def test_a_public_address_without_https_is_wrong(settings):
    settings(public_url="http://127.0.0.1:9")
    assert "!! web: BOT_PUBLIC_URL" in _run("check", "web").output
