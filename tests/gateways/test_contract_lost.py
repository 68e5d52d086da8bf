"""The one-stop client when the double of the government systems gives no answer that counts."""

from contextlib import nullcontext
from typing import Any

import pytest

from bot.gateways.onestop.errors import Cause, UnavailableError
from bot.gateways.onestop.services import Created
from tests.doubles.gov.government import Government
from tests.gateways.contract import CODE, NEW, onestop

LOST: list[tuple[str, dict[str, Any], Cause]] = [
    ("error", {"status": 500}, Cause.SERVER_ERROR),
    ("html", {}, Cause.HTML),
    ("maintenance", {}, Cause.MAINTENANCE),
    ("truncated", {}, Cause.MALFORMED),
    ("broken", {}, Cause.CONNECTION),
    ("redirect", {}, Cause.REDIRECT),
    ("reset", {}, Cause.CONNECTION),
    ("timeout", {}, Cause.TIMEOUT),
]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(("kind", "details", "cause"), LOST, ids=[each[0] for each in LOST])
def test_a_create_without_an_answer_may_have_arrived(
    kind: Any, details: dict[str, Any], cause: Cause, accepted: bool, gov: Government
) -> None:
    """Lost: a dossier is sent again blindly, or forgotten, when its answer is lost."""
    system = onestop(gov, timeout_seconds=0.5)
    system.find(gov.codes()[0])
    gov.fault(kind, "DongBoHoSoMC", accepted=accepted, **details)
    with pytest.raises(UnavailableError) as caught:
        system.create(NEW)
    assert (caught.value.cause, caught.value.arrived) == (cause, True)
    assert len(gov.calls("DongBoHoSoMC")) == 1
    effect = accepted or kind in ("truncated", "broken")
    assert gov.created(CODE) == int(effect)
    assert system.create(NEW) is (Created.BEFORE if effect else Created.NOW)
    assert gov.created(CODE) == 1


@pytest.mark.parametrize(
    ("kind", "seen"),
    [("error", 2), ("html", 2), ("truncated", 2), ("reset", 2), ("maintenance", 1), ("timeout", 1)],
)
def test_a_look_up_is_repeated_where_it_helps(kind: Any, seen: int, gov: Government) -> None:
    """Lost: one hiccup of the system and the citizen is sent away, or waits twice for nothing."""
    system, code = onestop(gov, timeout_seconds=0.5), gov.codes()[0]
    system.find(code)
    before = len(gov.calls("TraCuuHoSo"))
    gov.fault(kind, "TraCuuHoSo")
    with nullcontext() if seen == 2 else pytest.raises(UnavailableError):
        system.find(code)
    assert len(gov.calls("TraCuuHoSo")) - before == seen


def test_data_under_a_wrong_content_type_are_data(gov: Government) -> None:
    """Lost: systems that declare their JSON as text could not be used at all."""
    gov.fault("type", times=None)
    assert onestop(gov).find(gov.codes()[0]).code == gov.codes()[0]


def test_a_system_that_keeps_failing_is_left_alone(gov: Government) -> None:
    """Lost: every citizen waits for the timeout while the system is down, and it is hammered."""
    system, code = onestop(gov), gov.codes()[0]
    gov.fault("error", times=None)
    for _ in range(5):
        with pytest.raises(UnavailableError):
            system.find(code)
    seen = len(gov.calls())
    with pytest.raises(UnavailableError) as caught:
        system.find(code)
    assert caught.value.cause is Cause.BREAKER and len(gov.calls()) == seen
