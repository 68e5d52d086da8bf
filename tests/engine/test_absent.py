"""What operators lose here: memory and seconds of every start, or a start that fails where Rasa changed."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from bot.engine import absent
from bot.engine.absent import Absent, AbsentError, _Finder, leave_out
from tests.working import ROOT

LOADS = """
from bot.engine.absent import leave_out
assert leave_out()
import sys
import rasa.core.processor, rasa.core.policies.rule_policy, bot.engine.agent
names = (
    "tensorflow", "aiogram", "aiohttp", "apscheduler", "boto3", "pymongo", "redis", "requests", "rich",
    "sanic", "rasa.core.channels.socketio", "rasa.core.test", "rasa.telemetry",
)
real = [name for name in names if getattr(sys.modules.get(name), "__file__", None)]
assert not real, real
assert sys.modules["rasa.core.channels.channel"].__file__
"""
ACTIONS = """
from bot.engine.absent import leave_out
assert leave_out()
import sys
from bot.engine.local_action import open_executor
open_executor()
assert "bot.gateways.onestop.client" in sys.modules and "bot.payments.client" in sys.modules
assert "requests" not in sys.modules
"""
DAYS_OFF = """
import json, sys
if sys.argv[1] == "short":
    from bot.engine.absent import leave_out
    assert leave_out()
import holidays
days = holidays.country_holidays("VN", years=range(2025, 2029))
assert ("holidays.countries.france" in sys.modules) == (sys.argv[1] != "short")
print(json.dumps({str(day): name for day, name in days.items()}))
"""
MODULE = """
from bot.engine.absent import Absent

class Model(Absent.keras.Model):
    @Absent.function
    def size(self) -> Absent.Size | None:
        return 3

@Absent.command("name", of=Absent)
def command():
    return 4

names = {kind.name(): kind for kind in [Absent]}
"""


@pytest.mark.parametrize("script", [LOADS, ACTIONS])
def test_rasa_and_our_actions_load_without_what_is_left_out(script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_with_another_rasa_everything_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absent, "RASA", "3.7.0")
    before = list(sys.meta_path)
    assert not leave_out() and sys.meta_path == before


def test_what_is_loaded_already_is_not_taken_away() -> None:
    before = list(sys.meta_path)
    assert not leave_out(frozenset({"pytest"})) and sys.meta_path == before


def test_modules_may_name_inherit_and_decorate() -> None:
    made: dict[str, Any] = {"__name__": "made"}
    exec(MODULE, made)
    assert made["Model"]().size() == 3


@pytest.mark.parametrize(
    "use",
    [
        lambda: Absent(),
        lambda: Absent("name"),  # type: ignore[call-arg]
        lambda: Absent(print),  # type: ignore[call-arg]
        lambda: Absent.name,
        lambda: [Absent.name for _ in range(1)],
        lambda: isinstance(3, Absent.Kind),
    ],
)
def test_any_use_in_a_function_is_an_error(use: Callable[[], object]) -> None:
    """An answer could otherwise be made of something that is nothing."""
    with pytest.raises(AbsentError, match="uses what was left out"):
        use()


def test_a_part_is_left_out_and_the_rest_of_the_package_stays() -> None:
    finder = _Finder(frozenset({"email.mime"}))
    assert finder.find_spec("email.mime.text", None) and not finder.find_spec("email.message", None)


def test_what_is_optional_seems_not_to_be_installed() -> None:
    """Whoever can do without it must take that road."""
    with pytest.raises(ModuleNotFoundError):
        _Finder(frozenset()).find_spec("rich", None)


def test_the_holidays_are_those_of_the_whole_library() -> None:
    """A deadline would be told wrong."""
    short, whole = (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", DAYS_OFF, road], cwd=ROOT, capture_output=True, check=True
        ).stdout
        for road in ("short", "whole")
    )
    assert short == whole and b"2026-09-02" in short
