"""What citizens lose when these fail: a sentence that cannot be said, or a text they never agreed to."""

from hashlib import sha256
from itertools import combinations

import pytest

from bot.answers.phrase import phrase
from bot.knowledge_source import wording_from
from bot.notices.changed import Part
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.subject import act_of, changes_of, purpose_of, tail
from bot.notices.telling import _parts
from tests.conftest import ROOT
from tests.notices.conftest import CODE, DRAFT, WORDS

SAY = wording_from(ROOT / "domain.yml")


@pytest.mark.parametrize("purpose", Purpose)
def test_a_changed_text_has_a_new_version(purpose: Purpose) -> None:
    """Whoever changes what citizens agree to must decide whether to ask them anew (see notices.yaml)."""
    text = SAY.say(phrase(f"utter_notice_ask_{purpose.value}", start="{start}", end="{end}"))
    assert sha256(text.encode()).hexdigest()[:12] == WORDS.prints[purpose]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words(kind: Kind) -> None:
    code = phrase("utter_notice_code", tail="0042")
    parts = phrase("utter_notice_part_more")
    assert len(SAY.say(phrase(f"utter_notice_tell_{kind.value}", code=code, parts=parts))) <= 160
    assert len(SAY.say(phrase(f"utter_notice_template_{kind.value}"))) <= 30


def test_a_notice_of_many_changes_is_as_short_as_any() -> None:
    """A longer one is cut by the telephone before it says what to do."""
    code = phrase("utter_notice_code", tail="0042")
    for size in range(len(Part) + 1):
        for changed in combinations(Part, size):
            told = phrase("utter_notice_tell_procedure_changed", code=code, parts=_parts(changed))
            assert len(SAY.say(told)) <= 160, changed


def test_no_more_of_a_code_than_its_end_is_shown() -> None:
    assert tail(Kind.OVERDUE, CODE) == "0042"
    assert tail(Kind.DRAFT_WAITING, DRAFT) == tail(Kind.CITIZEN_SET, "") == ""
    assert tail(Kind.PAYMENT_NEWS, "ref-1") == tail(Kind.PROCEDURE_CHANGED, "1.001193") == ""


def test_a_notice_leads_to_its_subject() -> None:
    assert act_of(Kind.OVERDUE, CODE) == f"follow:code:{CODE}"
    assert act_of(Kind.DRAFT_WAITING, DRAFT) == f"guide:resume:{DRAFT}"
    assert act_of(Kind.REGISTRATION_NEWS, DRAFT) == f"submit:state:{DRAFT}"
    assert act_of(Kind.PAYMENT_NEWS, "ref-1") == "pay:state:ref-1"
    assert act_of(Kind.CITIZEN_SET, "") == ""


def test_each_subject_has_its_purpose() -> None:
    assert purpose_of(DRAFT) is purpose_of("") is Purpose.REMINDERS
    assert purpose_of(CODE) is Purpose.FOLLOW
    assert purpose_of("improve") is Purpose.IMPROVE
    assert purpose_of(changes_of("1.001193")) is Purpose.CHANGES
