"""What citizens lose when these fail: what an editor put right is wrong again, or holds on a wrong day."""

from collections.abc import Callable
from dataclasses import replace as with_
from datetime import date

from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.amendments.applying import apply_due
from bot.amendments.proposals import find, revert
from bot.amendments.states import AmendmentState
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.enums import FeeKind
from bot.catalogue.figures import check
from bot.catalogue.importing.report import RunState
from bot.catalogue.records import Case, Fee, Procedure
from bot.catalogue.repository import Repository
from bot.catalogue.tables_amendments import record_beneath
from bot.staff.audit import OPERATOR
from tests.amendments.conftest import BASIS, CODE, FEE, NOW, OTHER, RECORD, TODAY, load

Approved = Callable[..., int]


def _now(engine: Engine, as_of: date | None = None) -> Procedure:
    found = Repository(engine).procedure(CODE, as_of)
    assert found is not None
    return found


def _sums(engine: Engine, as_of: date | None = None) -> list[int | None]:
    return [fee.amount for fee in _now(engine, as_of).fees]


def _state(engine: Engine, amendment_id: int) -> AmendmentState:
    with engine.connect() as connection:
        found = find(connection, amendment_id)
    assert found is not None
    return found.state


def test_what_ships_never_undoes_an_editor(engine: Engine, approved: Approved) -> None:
    """Every start loads what ships: the old fee would be told again the next morning."""
    load(engine, RECORD, OTHER)
    made = approved(engine, FEE)
    report = apply_due(engine, TODAY, NOW)
    assert report is not None
    assert [(c.code, [f.field for f in c.fields]) for c in report.changed] == [(CODE, ["source", "fees"])]
    shown = _now(engine)
    assert [fee.amount for fee in shown.fees] == [5000]
    assert shown.source.title == "Cổng Dịch vụ công quốc gia; Nghị quyết 62/2026/NQ-HĐND (20/11/2026)"
    assert (shown.source.retrieved_on, shown.source.checked_on) == (date(2026, 7, 1), None)
    assert shown.levels == RECORD.levels
    again = load(engine, RECORD, OTHER)
    assert (again.state, again.revision) == (RunState.UNCHANGED, report.revision)
    assert _now(engine) == shown
    assert _state(engine, made) is AmendmentState.IN_FORCE
    assert apply_due(engine, TODAY, NOW) is None


def test_news_of_the_source_come_beside_what_was_amended(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    approved(engine, FEE)
    apply_due(engine, TODAY, NOW)
    source = replace(RECORD.source, retrieved_on=date(2026, 12, 1))
    load(engine, replace(RECORD, name="Tên mới", fees=(Fee(FeeKind.AMOUNT, 9000),), source=source))
    assert (_now(engine).name, _sums(engine)) == ("Tên mới", [5000])


def test_a_change_the_source_has_by_itself_ends(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    made = approved(engine, FEE)
    apply_due(engine, TODAY, NOW)
    same = replace(RECORD, fees=(Fee(FeeKind.AMOUNT, 5000),))
    load(engine, same, complete=False)
    assert _state(engine, made) is AmendmentState.IN_FORCE
    assert load(engine, same).absorbed == (made,)
    assert _state(engine, made) is AmendmentState.ABSORBED
    assert _now(engine) == same
    assert load(engine, same).state is RunState.UNCHANGED
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(record_beneath)) == 0


def test_a_change_waits_for_its_first_day_and_leaves_the_days_before(
    engine: Engine, approved: Approved
) -> None:
    """Told too early, a citizen brings too little; the old fee is still the answer about the time before."""
    load(engine, RECORD)
    made = approved(engine, FEE, with_(BASIS, valid_from="2027-01-01"))
    assert apply_due(engine, "2026-12-31", NOW) is None
    assert (_state(engine, made), _sums(engine)) == (AmendmentState.APPROVED, [8000])
    assert apply_due(engine, "2027-01-03", NOW + 42 * 86_400) is not None
    assert _sums(engine) == [5000]
    assert _sums(engine, date(2026, 12, 31)) == [8000]
    assert _sums(engine, date(2027, 1, 1)) == [5000]
    load(engine, RECORD)
    assert (_sums(engine), _sums(engine, date(2026, 12, 31))) == ([5000], [8000])


def test_a_correction_holds_for_all_days(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    approved(engine, FEE)
    apply_due(engine, TODAY, NOW)
    assert (_sums(engine), _sums(engine, date(2026, 8, 1))) == ([5000], [5000])


def test_a_change_known_late_leaves_the_time_before_its_first_day(engine: Engine, approved: Approved) -> None:
    """The record was read on 1 July; since 1 June it had been another fee."""
    load(engine, RECORD)
    approved(engine, FEE, with_(BASIS, valid_from="2026-06-01"))
    apply_due(engine, TODAY, NOW)
    assert _sums(engine, date(2026, 5, 31)) == [8000]
    assert _sums(engine, date(2026, 6, 1)) == [5000]


def test_changes_that_come_late_keep_their_order_and_their_days(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    later = {"fees": {"set": [{"kind": "amount", "amount": 3000}]}}
    approved(engine, later, with_(BASIS, valid_from="2027-01-01"))
    approved(engine, FEE, with_(BASIS, valid_from="2026-12-01"))
    apply_due(engine, "2027-02-01", NOW)
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [_sums(engine, day) for day in days] == [[8000], [5000], [5000], [3000]]
    load(engine, RECORD)
    assert _sums(engine) == [3000]


def test_taken_out_the_record_says_what_imports_say_now(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    made = approved(engine, FEE, with_(BASIS, valid_from="2026-11-01"))
    apply_due(engine, TODAY, NOW)
    newest = replace(RECORD, fees=(Fee(FeeKind.AMOUNT, 7000),))
    load(engine, newest)
    with engine.begin() as connection:
        assert revert(connection, OPERATOR, made, "Nhầm thủ tục", NOW + 1)
        assert not revert(connection, OPERATOR, made, "Nhầm thủ tục", NOW + 2)
    assert _now(engine) == newest
    assert _sums(engine, date(2026, 11, 5)) == [7000]
    assert load(engine, newest).state is RunState.UNCHANGED


def test_taken_out_before_its_first_day_a_change_never_begins(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    made = approved(engine, FEE, with_(BASIS, valid_from="2027-01-01"))
    with engine.begin() as connection:
        assert revert(connection, OPERATOR, made, "Nghị quyết bị hoãn", NOW)
    assert apply_due(engine, "2027-01-01", NOW) is None
    assert _now(engine) == RECORD


def test_of_two_changes_the_other_stays_when_one_is_taken_out(engine: Engine, approved: Approved) -> None:
    load(engine, RECORD)
    first = approved(engine, {"aliases": {"add": ["giấy chưa vợ"]}})
    apply_due(engine, TODAY, NOW)
    approved(engine, FEE)
    apply_due(engine, TODAY, NOW + 1)
    with engine.begin() as connection:
        revert(connection, OPERATOR, first, "Gây nhầm", NOW + 2)
    assert (_now(engine).aliases, _sums(engine)) == (("giấy độc thân",), [5000])


def test_a_change_that_no_longer_fits_is_reported_and_stops_nothing(
    engine: Engine, approved: Approved
) -> None:
    """One record an editor must look at again must not keep the whole catalogue old."""
    options = [{"id": "a", "label": "A", "cases": ["mot"]}]
    questions = [{"id": "truong-hop", "ask": "Trường hợp nào?", "options": options}]
    with_case = replace(RECORD, cases=(Case("mot", "Một"),))
    load(engine, with_case)
    made = approved(engine, {"questions": {"set": questions}})
    apply_due(engine, TODAY, NOW)
    report = load(engine, replace(RECORD, name="Tên mới"), OTHER)
    assert report.added == (OTHER.code,)
    assert (_now(engine).name, _now(engine).questions) == ("Tên mới", ())
    assert check(engine).by_kind == {ContradictionKind.AMENDMENT_UNFIT: 1}
    assert _state(engine, made) is AmendmentState.IN_FORCE
    load(engine, with_case, OTHER)
    assert len(_now(engine).questions) == 1
    assert check(engine).by_kind == {}
