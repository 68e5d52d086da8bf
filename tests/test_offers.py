"""What is lost when these fail: the button that leads on from a verdict."""

import time
from datetime import date
from urllib.parse import urlsplit

import pytest

from bot.answers.phrase import Button, Phrase, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft, Given, Phase
from bot.forms.offer import read_forms
from bot.forms.tokens import read_checklist_token, read_form_token
from bot.leaving import Departure, read_departure
from bot.offers import Offers
from bot.settings import Settings
from tests.conftest import ROOT
from tests.working import source

SECRET = "a secret of the tests alone"
DAY = date(2026, 11, 22)
TURN = Turn("", (), DAY, channel="zalo", conversation_id="c" * 32, message_id="m1")
BIRTH = "1.001193"
GIVEN = (Given("viec", "chi-khai-sinh"),)


def offers(pays: bool = False, public_url: str = "") -> Offers:
    def hand_in(procedure: Procedure, draft: Draft, day: date) -> list[Button]:
        assert day == DAY
        return [act(phrase("utter_submit_button_register"), f"submit:register:{draft.id}")]

    return Offers(Settings(public_url=public_url), read_forms(ROOT / "data" / "forms"), SECRET, hand_in, pays)


def draft(phase: Phase = Phase.READY, code: str = BIRTH) -> Draft:
    return Draft("0123456789ab", code, phase, DAY, DAY, answers=GIVEN, unit="06685")


def names(found: Offers, one: Draft) -> list[str]:
    procedure = source().assistant().catalogue.procedures[one.procedure]
    titles = (button.title for button in found.buttons(procedure, one, TURN))
    return [title.id for title in titles if isinstance(title, Phrase)]


def test_the_most_useful_comes_first() -> None:
    """A chat window shows only a few."""
    assert names(offers(pays=True), draft()) == [
        "utter_guide_button_form",
        "utter_submit_button_register",
        "utter_guide_button_print",
        "utter_guide_button_remind",
        "utter_guide_button_pay",
    ]


@pytest.mark.parametrize(("pays", "phase"), [(False, Phase.READY), (True, Phase.NOT_READY)])
def test_paying_is_offered_only_where_it_leads_somewhere(pays: bool, phase: Phase) -> None:
    assert "utter_guide_button_pay" not in names(offers(pays), draft(phase))


def test_without_a_form_of_ours_none_is_offered() -> None:
    catalogue, forms = source().assistant().catalogue, read_forms(ROOT / "data" / "forms")
    other = next(code for code, one in catalogue.procedures.items() if forms.of(code) is None and one.papers)
    assert "utter_guide_button_form" not in names(offers(), draft(code=other))


def test_pages_are_those_of_the_case_at_the_public_address() -> None:
    """Behind a proxy, an address of the loopback would open nowhere."""
    procedure = source().assistant().catalogue.procedures[BIRTH]
    found = offers(public_url="https://tro-ly.example.vn/").buttons(procedure, draft(), TURN)
    form, checklist = (urlsplit(button.url) for button in found if button.url)
    assert form.netloc == checklist.netloc == "tro-ly.example.vn"
    assert form.path.startswith("/to-khai/") and checklist.path.startswith("/danh-muc/")
    case = read_form_token(form.path.split("/")[2], SECRET, time.time)
    assert (case.procedure, case.given, case.unit, case.form) == (BIRTH, GIVEN, "06685", "khai-sinh")
    assert read_checklist_token(checklist.path.split("/")[2], SECRET, time.time).given == GIVEN


def test_the_way_to_the_portal_is_counted_for_the_draft() -> None:
    there = "https://dichvucong.gov.vn/p/home"
    url = offers(public_url="https://tro-ly.example.vn").leaving(there, draft(), TURN)
    assert url.startswith("https://tro-ly.example.vn/di/")
    token = url.rsplit("/", 1)[1]
    assert read_departure(token, SECRET) == Departure("0123456789ab", BIRTH, "zalo", there)
