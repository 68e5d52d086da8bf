"""One pair of eyes alone must not change what citizens are told; nor may anything unsound or unfounded."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace as with_
from threading import Barrier
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy.engine import Connection, Engine

from bot.amendments.applying import apply_due
from bot.amendments.checking import confirm
from bot.amendments.proposals import (
    AmendmentError,
    Fault,
    FourEyesError,
    decide,
    find,
    of_code,
    propose,
    revert,
    waiting,
    withdraw,
)
from bot.amendments.states import AmendmentState
from bot.catalogue.amending import Patch
from bot.catalogue.repository import Repository
from bot.staff.actions import Action
from bot.staff.audit import Actor, entries
from bot.transactions import transact
from tests.amendments.conftest import BASIS, CODE, FEE, NOW, RECORD, TODAY, load

Hired = Callable[[Connection, str], Actor]


@pytest.fixture
def connection(sqlite_engine: Engine) -> Iterator[Connection]:
    """A transaction on a catalogue of one record."""
    load(sqlite_engine, RECORD)
    with sqlite_engine.begin() as connection:
        yield connection


@pytest.fixture
def editor(connection: Connection, hired: Hired) -> Actor:
    return hired(connection, "lan")


@pytest.fixture
def approver(connection: Connection, hired: Hired) -> Actor:
    return hired(connection, "minh")


def test_one_proposes_another_decides(connection: Connection, editor: Actor, approver: Actor) -> None:
    made = propose(connection, editor, CODE, FEE, BASIS, NOW)
    (found,) = waiting(connection)
    assert (found.id, found.base) == (made, {"fees": [{"kind": "amount", "amount": 8000}]})
    with pytest.raises(FourEyesError):
        decide(connection, editor, made, True, "", TODAY, NOW + 1)
    assert decide(connection, approver, made, False, "Chưa đủ căn cứ", TODAY, NOW + 2)
    assert not decide(connection, approver, made, True, "", TODAY, NOW + 3)
    (refused,) = of_code(connection, CODE)
    assert (refused.state, refused.comment) == (AmendmentState.REFUSED, "Chưa đủ căn cứ")
    assert waiting(connection) == []
    told = [(entry.action, entry.object, entry.detail) for entry in reversed(entries(connection))]
    assert told == [
        (Action.RECORD_PROPOSED.value, f"procedure:{CODE}", {"amendment": made, "fields": "fees"}),
        (Action.RECORD_DECIDED.value, f"procedure:{CODE}", {"amendment": made, "approved": False}),
    ]


def test_only_the_one_who_proposed_withdraws(connection: Connection, editor: Actor, approver: Actor) -> None:
    made = propose(connection, editor, CODE, FEE, BASIS, NOW)
    assert not withdraw(connection, approver, made, NOW)
    assert withdraw(connection, editor, made, NOW)
    assert not withdraw(connection, editor, made, NOW)
    assert not decide(connection, approver, made, True, "", TODAY, NOW)
    assert not revert(connection, approver, made, "Nhầm", NOW)


@pytest.mark.parametrize(
    ("patch", "fault"),
    [
        ({}, Fault.SAME),
        ({"fees": {"set": [{"kind": "amount", "amount": 8000}]}}, Fault.SAME),
        ({"aliases": {"add": ["  giấy độc thân "]}}, Fault.SAME),
        ({"code": {"set": "1.000001"}}, Fault.FIELD),
        ({"levels": {"set": []}}, Fault.FIELD),
        ({"curated": {"set": True}}, Fault.FIELD),
        ({"fees": {"add": [{"kind": "free"}]}}, Fault.FIELD),
        ({"aliases": {"set": [], "add": ["a"]}}, Fault.FIELD),
        ({"fees": {"set": [{"kind": "cheap"}]}}, Fault.PATCH),
        ({"fees": {"set": [{"kind": "amount"}]}}, Fault.PATCH),
        ({"fees": {"set": "8000"}}, Fault.PATCH),
        ({"name": {"set": None}}, Fault.PATCH),
        ({"name": {"set": "  "}}, Fault.PATCH),
        ({"popularity": {"set": 7}}, Fault.PATCH),
        ({"related": {"add": ["hộ tịch"]}}, Fault.PATCH),
        ({"source": {"set": {"title": "Cổng", "url": "javascript:alert(1)"}}}, Fault.PATCH),
        (
            {
                "questions": {
                    "set": [{"id": "a", "ask": "?", "options": [{"id": "b", "label": "B", "cases": ["x"]}]}]
                }
            },
            Fault.PATCH,
        ),
    ],
)
def test_what_would_make_no_sound_record_is_not_taken(
    connection: Connection, editor: Actor, patch: Patch, fault: Fault
) -> None:
    with pytest.raises(AmendmentError) as refused:
        propose(connection, editor, CODE, patch, BASIS, NOW)
    assert refused.value.fault is fault
    assert waiting(connection) == []


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"reason": " "}, Fault.REASON),
        ({"source_title": ""}, Fault.DOCUMENT),
        ({"source_url": "nghị quyết"}, Fault.ADDRESS),
        ({"source_day": "22/11/2026"}, Fault.DAY),
        ({"valid_from": "2027-02-30"}, Fault.DAY),
    ],
)
def test_a_change_stands_on_a_document_and_a_reason(
    connection: Connection, editor: Actor, given: dict[str, Any], fault: Fault
) -> None:
    with pytest.raises(AmendmentError) as refused:
        propose(connection, editor, CODE, FEE, with_(BASIS, **given), NOW)
    assert refused.value.fault is fault


def test_a_procedure_we_do_not_have_cannot_be_changed(connection: Connection, editor: Actor) -> None:
    with pytest.raises(AmendmentError, match="unknown"):
        propose(connection, editor, "9.999999", FEE, BASIS, NOW)


def test_numbers_of_people_do_not_stay_in_reasons(connection: Connection, editor: Actor) -> None:
    basis = with_(BASIS, reason="Ông Minh, CCCD 022099001234, báo lệ phí sai")
    found = find(connection, propose(connection, editor, CODE, FEE, basis, NOW))
    assert found is not None
    assert "022099001234" not in found.reason


def test_a_document_of_tomorrow_is_not_approved(
    connection: Connection, editor: Actor, approver: Actor
) -> None:
    made = propose(connection, editor, CODE, FEE, with_(BASIS, source_day="2026-11-23"), NOW)
    with pytest.raises(AmendmentError, match="day"):
        decide(connection, approver, made, True, "", TODAY, NOW)
    assert decide(connection, approver, made, True, "", "2026-11-23", NOW)


def test_nobody_approves_what_was_proposed_for_another_text(sqlite_engine: Engine, hired: Hired) -> None:
    """The approver saw 8 000 → 5 000; meanwhile an import brought 9 000, which the editor never saw."""
    load(sqlite_engine, RECORD)
    with sqlite_engine.begin() as connection:
        editor, approver = hired(connection, "lan"), hired(connection, "minh")
        made = propose(connection, editor, CODE, FEE, BASIS, NOW)
        other = propose(connection, editor, CODE, {"place": {"set": "Trung tâm"}}, BASIS, NOW)
    load(sqlite_engine, replace(RECORD, fees=()))
    with sqlite_engine.begin() as connection:
        with pytest.raises(AmendmentError, match="outdated"):
            decide(connection, approver, made, True, "", TODAY, NOW)
        assert decide(connection, approver, other, True, "", TODAY, NOW)
        assert decide(connection, approver, made, False, "", TODAY, NOW)


def test_of_approvers_at_once_one_decides(engine: Engine, hired: Hired) -> None:
    """Decided twice, a refused change could still go in force."""
    load(engine, RECORD)
    with engine.begin() as connection:
        editor = hired(connection, "lan")
        approvers = [hired(connection, f"duyet-{n}") for n in range(6)]
        made = propose(connection, editor, CODE, FEE, BASIS, NOW)
    gate = Barrier(len(approvers))

    def race(approver: Actor) -> bool:
        gate.wait()
        return transact(
            engine, decide, approver, made, approver.login.endswith(("0", "2", "4")), "", TODAY, NOW
        )

    with ThreadPoolExecutor(len(approvers)) as threads:
        assert list(threads.map(race, approvers)).count(True) == 1
    with engine.connect() as connection:
        decided = [entry for entry in entries(connection) if entry.action == Action.RECORD_DECIDED.value]
    assert len(decided) == 1


def test_applied_by_several_at_once_a_change_makes_one_version(
    engine: Engine, approved: Callable[..., int]
) -> None:
    load(engine, RECORD)
    made = approved(engine, FEE)
    gate = Barrier(4)

    def race(_: int) -> bool:
        gate.wait()
        return apply_due(engine, TODAY, NOW) is not None

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(race, range(4))).count(True) == 1
    with engine.connect() as connection:
        found = find(connection, made)
    assert found is not None
    assert (found.state, found.revision) == (AmendmentState.IN_FORCE, 2)


def test_imports_of_one_record_at_once_lose_nothing(
    engine: Engine, approved: Callable[..., int], hired: Hired
) -> None:
    """While one editor confirms a record another's change of it goes in force."""
    load(engine, RECORD)
    approved(engine, FEE)
    with engine.begin() as connection:
        editor = hired(connection, "hoa")
    gate = Barrier(2)

    def check(_: object) -> None:
        gate.wait()
        transact(engine, confirm, editor, CODE, TODAY, "", NOW)

    def apply(_: object) -> None:
        gate.wait()
        apply_due(engine, TODAY, NOW)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(check, None), threads.submit(apply, None)]:
            done.result()
    shown = Repository(engine).procedure(CODE)
    assert shown is not None
    assert ([fee.amount for fee in shown.fees], str(shown.source.checked_on)) == ([5000], TODAY)
