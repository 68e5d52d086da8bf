"""A citizen told to wait while it is their turn loses the dossier after 15 days."""

import pytest

from bot.following.status import DossierStatus, NextAct, TurnOf, status_of

CITIZEN = {"REFUSED", "SUPPLEMENT", "PAYMENT", "DECIDED"}


@pytest.mark.parametrize("status", DossierStatus)
def test_it_is_the_citizens_turn_exactly_where_the_portal_says_so(status: DossierStatus) -> None:
    assert (status.turn_of is TurnOf.CITIZEN) == (status.name in CITIZEN)
    assert isinstance(status.next_act, NextAct)


@pytest.mark.parametrize("code", ["5", 5, " 5 ", "05"])
def test_codes_arrive_as_text_or_number(code: str | int) -> None:
    assert status_of(code) is DossierStatus.SUPPLEMENT


@pytest.mark.parametrize("code", ["", None, "11", "-1", "đang trình ký", "5.0"])
def test_a_state_of_a_local_system_is_never_taken_for_a_published_one(code: str | None) -> None:
    assert status_of(code) is DossierStatus.UNKNOWN


def test_the_clock_stands_still_while_the_citizen_has_to_act() -> None:
    assert not DossierStatus.SUPPLEMENT.clock_runs
    assert not DossierStatus.PAYMENT.clock_runs
    assert DossierStatus.PROCESSING.clock_runs


def test_a_dossier_asked_back_or_waiting_can_still_change() -> None:
    assert not DossierStatus.WITHDRAWN.is_final
    assert DossierStatus.RETURNED.is_final
