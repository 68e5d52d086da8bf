"""What citizens lose when these fail: an end to waiting, and what they wanted taken back."""

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.gateways.onestop.errors import Cause, RefusedError, UnavailableError
from bot.gateways.onestop.services import OneStop
from bot.gateways.states import NewsKind, SubmissionState, Trouble
from bot.gateways.submissions.sender import GIVE_UP_SECONDS, OPEN_SECONDS, Sender
from bot.gateways.tables import submission
from bot.gateways.vault import Vault
from tests.doubles.gov.government import Government
from tests.gateways.counter import (
    APPLICANT,
    BIRTH,
    CONVERSATION,
    DRAFT,
    KEY,
    NOW,
    handed_in,
    onestop,
    row,
    submissions,
    told,
)

S = SubmissionState


def _sender(engine: Engine, gov: Government, key: str = KEY) -> Sender:
    return Sender(engine, onestop(gov.url), Vault(key))


def test_what_could_not_be_handed_over_in_a_week_is_given_up_and_said(
    sqlite_engine: Engine, gov: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise UnavailableError(Cause.CONNECTION)

    handed_in(sqlite_engine)
    monkeypatch.setattr(OneStop, "create", down)
    sender = _sender(sqlite_engine, gov)
    tries = sum(sender.once(NOW + minute * 60) for minute in range(0, 7 * 24 * 60, 30))
    assert 150 < tries < 337, "every half hour at last"
    assert row(sqlite_engine).state == S.PENDING.value
    sender.once(NOW + GIVE_UP_SECONDS + 1)
    found = row(sqlite_engine)
    assert (found.state, found.error, found.payload) == (S.DEAD.value, Trouble.TOO_LATE.value, None)
    assert [news.kind for news in told(sqlite_engine)] == [NewsKind.UNDELIVERED]


def test_a_page_nobody_completes_closes_after_a_day(sqlite_engine: Engine, gov: Government) -> None:
    store = submissions(sqlite_engine)
    token = store.prepare(CONVERSATION, DRAFT, BIRTH).token
    assert token is not None
    _sender(sqlite_engine, gov).once(NOW + OPEN_SECONDS + 1)
    assert store.behind(token) is None
    assert store.submit(token, APPLICANT) is None
    again = store.prepare(CONVERSATION, DRAFT, BIRTH)
    assert again.state is S.OPEN and again.token not in (None, token)


def test_sealed_with_a_key_that_is_gone(sqlite_engine: Engine, gov: Government) -> None:
    handed_in(sqlite_engine)
    _sender(sqlite_engine, gov, "A" * 43 + "=").once(NOW)
    assert row(sqlite_engine).error == Trouble.UNREADABLE.value
    assert [news.kind for news in told(sqlite_engine)] == [NewsKind.UNDELIVERED]
    assert gov.created() == 0


def test_handing_in_twice_keeps_what_was_typed_first(sqlite_engine: Engine, gov: Government) -> None:
    first = handed_in(sqlite_engine)
    assert first.token is not None
    again = submissions(sqlite_engine).submit(first.token, APPLICANT)
    assert again == first
    _sender(sqlite_engine, gov).once(NOW)
    assert submissions(sqlite_engine).prepare(CONVERSATION, DRAFT, BIRTH).state is S.SENT
    assert gov.created() == 1


def test_taken_back_while_its_fate_is_unknown(engine: Engine, gov: Government) -> None:
    """It had arrived: it is withdrawn there as soon as that is known."""
    handed_in(engine)
    sender = _sender(engine, gov)
    with gov.die_after("DongBoHoSoMC"):
        sender.once(NOW)
    found = submissions(engine).withdraw(CONVERSATION, DRAFT)
    assert found is not None and found.withdraw
    for step in range(1, 4):
        sender.once(NOW + 60 * step)
    assert row(engine).state == S.WITHDRAWN.value
    record = gov.dossier(row(engine).code)
    assert record is not None and record["TrangThaiHoSo"] == "7"
    assert [news.kind for news in told(engine)] == [NewsKind.SENT, NewsKind.WITHDRAWN]


def test_taken_back_before_it_arrived_it_never_does(engine: Engine, gov: Government) -> None:
    handed_in(engine)
    sender = _sender(engine, gov)
    with gov.fault("reset", "DongBoHoSoMC"):
        sender.once(NOW)
    submissions(engine).withdraw(CONVERSATION, DRAFT)
    for step in range(1, 4):
        sender.once(NOW + 60 * step)
    assert row(engine).state == S.WITHDRAWN.value and gov.created() == 0


def test_a_withdrawal_the_system_refuses_is_said(
    engine: Engine, gov: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RefusedError("9", "Hồ sơ của Nguyễn Văn A, số 022089001234 đã có kết quả")

    handed_in(engine)
    sender = _sender(engine, gov)
    sender.once(NOW)
    submissions(engine).withdraw(CONVERSATION, DRAFT)
    monkeypatch.setattr(OneStop, "withdraw", refuse)
    sender.once(NOW + 1)
    found = submissions(engine).of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.state is S.SENT and not found.withdraw
    assert "022089001234" not in str(found.said)
    assert [news.kind for news in told(engine)] == [NewsKind.SENT, NewsKind.WITHDRAWAL_REFUSED]


def test_what_was_typed_is_unreadable_at_rest_and_gone_afterwards(engine: Engine, gov: Government) -> None:
    handed_in(engine)
    assert APPLICANT.name.encode() not in bytes(row(engine).payload)
    assert APPLICANT.phone not in str(row(engine))
    _sender(engine, gov).once(NOW)
    assert row(engine).payload is None


def test_a_try_that_somebody_else_settled_changes_nothing(
    engine: Engine, gov: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway that slept through its call wakes up when another has taken over."""
    handed_in(engine)
    create = OneStop.create

    def slow(self: OneStop, record: dict[str, object]) -> object:
        result = create(self, record)
        with engine.begin() as connection:
            connection.execute(update(submission).values(claim="other"))
        return result

    monkeypatch.setattr(OneStop, "create", slow)
    _sender(engine, gov).once(NOW)
    assert (row(engine).state, row(engine).claim) == (S.SENDING.value, "other")
    assert told(engine) == []
