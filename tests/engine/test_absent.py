"""What operators lose here: memory and seconds of every start, or a start that fails where Rasa changed."""

import subprocess
import sys

import pytest

from bot.engine import absent
from bot.engine.absent import Absent, AbsentError, leave_out
from tests.working import ROOT

LOADS = """
from bot.engine.absent import leave_out
assert leave_out()
import sys
import rasa.core.processor, rasa.core.policies.rule_policy, bot.engine.agent
names = ("tensorflow", "aiogram", "pymongo")
real = [name for name in names if getattr(sys.modules.get(name), "__file__", None)]
assert not real, real
"""


def test_rasa_loads_without_what_is_left_out() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADS], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]


def test_with_another_rasa_everything_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absent, "RASA", "3.7.0")
    before = list(sys.meta_path)
    assert not leave_out() and sys.meta_path == before


def test_what_is_loaded_already_is_not_taken_away() -> None:
    before = list(sys.meta_path)
    assert not leave_out(frozenset({"pytest"})) and sys.meta_path == before


def test_classes_may_inherit_and_functions_be_decorated() -> None:
    class Model(Absent.keras.Model):  # type: ignore[misc,name-defined]
        @Absent.function
        def size(self) -> int:
            return 3

    assert Model().size() == 3


def test_calling_what_is_absent_says_so() -> None:
    with pytest.raises(AbsentError):
        Absent(5)  # type: ignore[call-arg]
