"""What citizens lose when these fail: what was to be erased stays, or linked channels lose their dossiers."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateways.erasing import erase, move
from bot.gateways.onestop.services import OneStop
from bot.gateways.register.store import Registrations
from bot.gateways.states import SubmissionState
from bot.gateways.submissions.sender import PATIENCE_SECONDS, Sender
from bot.gateways.tables import registration, submission
from bot.gateways.vault import Vault
from tests.doubles.gov.government import Government
from tests.gateways.counter import BIRTH, CONVERSATION, DRAFT, KEY, NOW, handed_in, onestop, row, told

_LEFT = {"id", "draft_id", "conversation_id", "state", "key_hash", "attempts", "due_at", "started_at"}
_LEFT |= {"created_at", "handed_in_at", "finished_at", "withdraw", "claim"}


def _erase(engine: Engine) -> int:
    with engine.begin() as connection:
        return erase(connection, CONVERSATION)


def _left(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        found = connection.execute(select(submission)).mappings().one()
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def test_what_was_never_sent_is_gone(engine: Engine) -> None:
    handed_in(engine)
    Registrations(engine, lambda: NOW).register(CONVERSATION, DRAFT, BIRTH)
    assert _erase(engine) == 2
    with engine.connect() as connection:
        for table in (submission, registration):
            assert connection.execute(select(table)).all() == []
    assert _erase(engine) == 0


def test_of_a_sent_dossier_a_hash_and_a_state_stay(engine: Engine, gov: Government) -> None:
    handed_in(engine)
    Sender(engine, onestop(gov.url), Vault(KEY)).once(NOW)
    code, key = row(engine).code, row(engine).key_hash
    assert _erase(engine) == 2, "the submission and the news of it"
    left = _left(engine)
    assert set(left) <= _LEFT
    assert (left["state"], left["key_hash"]) == (SubmissionState.SENT.value, key)
    assert code not in str(left) and CONVERSATION not in str(left) and DRAFT not in str(left)
    assert told(engine) == []
    assert gov.created(code) == 1


def test_what_may_have_arrived_is_settled_without_telling_anybody(engine: Engine, gov: Government) -> None:
    handed_in(engine)
    sender = Sender(engine, onestop(gov.url), Vault(KEY))
    with gov.die_after("DongBoHoSoMC"):
        sender.once(NOW)
    _erase(engine)
    assert _left(engine)["state"] == SubmissionState.UNKNOWN.value
    assert "payload" not in _left(engine)
    sender.once(NOW + 60)
    assert _left(engine)["state"] == SubmissionState.SENT.value
    assert set(_left(engine)) <= _LEFT
    assert told(engine) == [] and gov.created() == 1


def test_erased_while_it_is_being_sent(
    engine: Engine, gov: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call ends without effect after the conversation was erased: it is not sent again."""
    handed_in(engine)

    def meanwhile(*_: object) -> None:
        _erase(engine)
        raise KeyboardInterrupt

    sender = Sender(engine, onestop(gov.url), Vault(KEY))
    with monkeypatch.context() as patched:
        patched.setattr(OneStop, "create", meanwhile)
        with pytest.raises(KeyboardInterrupt):
            sender.once(NOW)
    for step in range(1, 4):
        sender.once(NOW + step * (PATIENCE_SECONDS + 1))
    assert _left(engine)["state"] == SubmissionState.DEAD.value
    assert set(_left(engine)) <= _LEFT
    assert gov.created() == 0


def test_linked_channels_take_their_dossiers_along(engine: Engine) -> None:
    handed_in(engine)
    register = Registrations(engine, lambda: NOW)
    found = register.register(CONVERSATION, DRAFT, BIRTH)
    register.accept(found.code, "Cán bộ A")
    other = "d" * 32
    with engine.begin() as connection:
        assert move(connection, CONVERSATION, other) == 3
    assert register.of_draft(other, DRAFT) is not None
    assert register.of_draft(CONVERSATION, DRAFT) is None
    assert [news.conversation_id for news in told(engine)] == [other]
