"""What counter staff lose when these fail: the dossiers citizens announced."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from bot.cli import main
from bot.gateways.register.store import Registrations
from bot.gateways.states import NewsKind
from bot.settings import get_settings
from tests.gateways.counter import BIRTH, CONVERSATION, DRAFT, NOW, told


@pytest.fixture
def code(sqlite_url: str, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A receipt in the configured database."""
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    get_settings.cache_clear()
    yield Registrations(sqlite_engine, lambda: NOW).register(CONVERSATION, DRAFT, BIRTH).code
    get_settings.cache_clear()


def _run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, ["register", *arguments])
    assert (result.exit_code != 0) is fails, result.output
    return result.output


def test_from_the_list_to_the_dossier_code(code: str, sqlite_engine: Engine) -> None:
    assert code in _run("list") and code in _run("list", "--unit", "06652")
    assert "Không có phiếu" in _run("list", "--unit", "06658")
    shown = _run("show", code.lower().replace("-", " "))
    assert "[x] Giấy chứng sinh" in shown and "[ ] Tờ khai" in shown and "Sinh tại bệnh viện" in shown
    _run("accept", code, "--by", "Cán bộ A", "--dossier", "h49.24-261201-0001")
    assert [(news.kind, news.code) for news in told(sqlite_engine)] == [
        (NewsKind.ACCEPTED, "H49.24-261201-0001")
    ]
    assert "Cán bộ A" in _run("show", code)
    assert "settled already" in _run("refuse", code, "--reason", "muộn", fails=True)
    assert "Không có phiếu" in _run("list")


def test_a_refusal_needs_its_reason(code: str, sqlite_engine: Engine) -> None:
    _run("refuse", code, "--reason", "  ", fails=True)
    _run("refuse", code, fails=True)
    _run("refuse", code, "--reason", "Thiếu giấy chứng sinh")
    assert "Thiếu giấy chứng sinh" in _run("show", code)
    assert [news.kind for news in told(sqlite_engine)] == [NewsKind.COUNTER_REFUSED]


def test_a_mistyped_code_opens_nobody_elses_receipt(code: str) -> None:
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert "no such code" in _run("show", wrong, fails=True)
    other = "QN-2222-22" if code != "QN-2222-22" else "QN-3333-36"
    assert "no receipt" in _run("show", other, fails=True)
