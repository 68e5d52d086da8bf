"""A citizen asked the wrong question, or not asked the right one, prepares the wrong papers."""

from bot.dossiers.branching import (
    NO_CASE,
    WHICH_CASE,
    cases_of,
    next_question,
    questions_of,
    settle,
)
from bot.dossiers.casefile import Given
from tests.dossiers.records import ABROAD, BIRTH, CASES_ONLY

HOSPITAL, HOME = Given("noi-sinh", "benh-vien"), Given("noi-sinh", "o-nha")


def test_questions_come_in_the_order_of_the_record_and_only_when_they_apply() -> None:
    first = next_question(BIRTH, ())
    assert first and first.id == "noi-sinh"
    after_hospital, after_home = next_question(BIRTH, (HOSPITAL,)), next_question(BIRTH, (HOME,))
    assert after_hospital and after_hospital.id == "qua-han"
    assert after_home and after_home.id == "lam-chung"
    assert next_question(BIRTH, (HOSPITAL, Given("qua-han", "chua"))) is None


def test_a_record_without_questions_offers_its_cases() -> None:
    (question,) = questions_of(CASES_ONLY)
    assert question.id == WHICH_CASE
    assert [option.id for option in question.options] == ["mat", "hong", NO_CASE]
    assert [case.id for case in cases_of(CASES_ONLY, (Given(WHICH_CASE, "hong"),))] == ["hong"]
    assert cases_of(CASES_ONLY, (Given(WHICH_CASE, NO_CASE),)) == ()


def test_a_record_without_cases_asks_nothing() -> None:
    assert questions_of(ABROAD) == ()


def test_a_correction_drops_what_hung_on_the_old_answer() -> None:
    """Otherwise a child born in hospital would still need a witness."""
    corrected = settle(BIRTH, (Given("lam-chung", "co"), Given("qua-han", "chua"), HOSPITAL))
    assert corrected == (HOSPITAL, Given("qua-han", "chua"))


def test_answers_the_record_no_longer_knows_are_dropped() -> None:
    assert settle(BIRTH, (Given("noi-sinh", "gone"), Given("no-such", "x"))) == ()
