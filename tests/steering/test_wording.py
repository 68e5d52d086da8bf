"""Everything a figure shows has a name."""

from collections.abc import Iterable
from enum import Enum

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.enums import Scope
from bot.conversations.channel import Channel
from bot.dossiers.milestone import DropOff
from bot.handoffs.states import Cause
from bot.reviews.verdict import Verdict
from bot.steering.figure import Kind
from bot.steering.funnel import STEPS
from bot.steering.levels import Level
from bot.steering.report import Group
from bot.steering.targets import read_targets
from bot.steering.wording import Naming, read_figures
from tests.conftest import ROOT

FILE = read_figures(ROOT / "data" / "steering" / "figures.yaml")


@pytest.mark.parametrize(
    ("dimension", "members"),
    [
        ("channel", Channel),
        ("outcome", Outcome),
        ("intent", Intent),
        ("verdict", Verdict),
        ("cause", [cause for cause in Cause if cause is not Cause.STAFF]),
        ("reason", DropOff),
        ("step", STEPS),
        ("level", Level),
        ("scope", Scope),
    ],
)
def test_each_member_has_a_name(dimension: str, members: Iterable[Enum]) -> None:
    """A manager would read an English key."""
    values = FILE.dimensions[dimension].values
    assert [member for member in members if not values.get(str(member.value))] == []


def test_groups_and_kinds_have_names() -> None:
    assert set(FILE.groups) == {group.value for group in Group}
    assert set(FILE.kinds) == {kind.value for kind in Kind}


def test_a_day_is_read_as_in_vietnam_and_an_unknown_key_as_it_is() -> None:
    naming = Naming(FILE, {"agency": {"XA": "Các xã"}})
    assert naming.key("day", "2026-11-02") == "02/11/2026"
    assert naming.key("agency", "XA") == "Các xã"
    assert naming.key("agency", "H49") == "H49"


def test_the_shipped_targets_name_their_source() -> None:
    targets = read_targets(ROOT / "data" / "steering" / "targets.yaml")
    assert targets
    assert all(target.source for target in targets)
