"""What citizens lose when these fail: their name or dossier code in a log file."""

import logging

import pytest
from sqlalchemy.engine import Engine

from bot.gateways.onestop.errors import NotFoundError, RefusedError
from bot.gateways.submissions.sender import Sender
from bot.gateways.vault import Vault
from tests.doubles.gov.government import Government
from tests.gateways.counter import APPLICANT, KEY, NOW, handed_in, onestop


def test_logs_tell_that_something_was_done_not_to_whom(
    sqlite_engine: Engine, gov: Government, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = handed_in(sqlite_engine).code
    system = onestop(gov.url)
    gov.fault("error", "DongBoHoSoMC", accepted=True)
    sender = Sender(sqlite_engine, system, Vault(KEY))
    sender.once(NOW)
    sender.once(NOW + 60)
    with pytest.raises(NotFoundError):
        system.find("H49.24-261122-1234")
    logged = caplog.text
    assert code is not None and Vault(KEY).label(code) in logged
    for secret in (
        code,
        "261122-1234",
        APPLICANT.name,
        APPLICANT.phone,
        "QN-",
        gov.settings.password,
        "phien-",
    ):
        assert secret not in logged


def test_a_refusal_is_masked_and_cut() -> None:
    error = RefusedError("12", "Chủ hồ sơ 022089001234, điện thoại 0912345678 " + "x" * 500)
    assert "022089001234" not in error.message and "0912345678" not in error.message
    assert len(error.message) <= 200 and str(error) == "12"
