"""What is lost when these fail: strangers who learn what somebody owes."""

from datetime import datetime

import pytest
from sqlalchemy.engine import Engine

from bot.following.audit import Audit, Outcome
from bot.following.ports import Absence, Ask
from bot.following.state import DossierState, FeeDue
from bot.following.status import DossierStatus
from bot.payments.bill import Owed, Standing
from bot.payments.dues import RecordDues, opened_by_factor
from bot.payments.times import VIETNAM
from tests.payments.making import CODE, NOW


class Record:
    """A source with one answer, which counts how often it is asked."""

    def __init__(self, found: DossierState | Absence) -> None:
        self.found, self.asked = found, 0

    def find(self, code: str) -> DossierState | Absence:
        self.asked += 1
        return self.found


def state(status: DossierStatus, *fees: FeeDue) -> DossierState:
    at = datetime(2026, 11, 22, 9, tzinfo=VIETNAM)
    return DossierState(CODE, "2.000635", status, at, unit_code="H49.115", fees_due=fees)


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        (state(DossierStatus.PAYMENT, FeeDue("Phí", 8000)), Standing.OWED),
        (state(DossierStatus.PROCESSING, FeeDue("Phí", 8000)), Standing.OWED),
        (state(DossierStatus.PAYMENT), Standing.UNLISTED),
        (state(DossierStatus.PAYMENT, FeeDue("Phí", 0)), Standing.UNLISTED),
        (state(DossierStatus.PROCESSING), Standing.NOTHING),
        (Absence.UNKNOWN, Standing.UNPROVEN),
        (Absence.UNAVAILABLE, Standing.UNAVAILABLE),
    ],
)
def test_what_the_record_says(found: DossierState | Absence, standing: Standing) -> None:
    assert RecordDues(Record(found), lambda *_: True).of(CODE, "c1").standing is standing


def test_sums_of_nothing_are_left_out() -> None:
    found = state(DossierStatus.PAYMENT, FeeDue("Phí", 8000), FeeDue("Miễn", 0))
    owed = RecordDues(Record(found), lambda *_: True).of(CODE, "c1")
    assert (owed.amount, len(owed.items), owed.procedure_code) == (8000, 1, "2.000635")


def test_who_has_not_shown_that_it_is_theirs_learns_nothing_and_is_not_looked_up() -> None:
    record = Record(state(DossierStatus.PAYMENT, FeeDue("Phí", 8000)))
    stranger = RecordDues(record, lambda *_: False).of(CODE, "c2")
    unknown = RecordDues(Record(Absence.UNKNOWN), lambda *_: True).of(CODE, "c2")
    assert stranger == unknown == Owed(Standing.UNPROVEN) and record.asked == 0


def test_only_the_right_second_factor_opens_a_dossier_to_a_conversation(sqlite_engine: Engine) -> None:
    audit = Audit(b"key")
    may = opened_by_factor(sqlite_engine, audit)
    with sqlite_engine.begin() as connection:
        for number, (conversation, outcome) in enumerate(
            (("c1", Outcome.OPENED), ("c2", Outcome.WRONG), ("c3", Outcome.FOUND))
        ):
            ask = Ask(conversation, "web:1", f"m{number}", CODE, "1234")
            audit.note(connection, ask, outcome, NOW)
    assert [may(CODE, conversation) for conversation in ("c1", "c2", "c3", "c4", "")] == [True] + [False] * 4
    assert not may("H49.22-261120-0002", "c1")
