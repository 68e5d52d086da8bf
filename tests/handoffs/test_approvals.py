import pytest

from bot.answers.intent import Intent
from bot.handoffs.approvals import (
    Decision,
    Standing,
    decide,
    expire,
    find_proposal,
    overdue,
    proposals,
    propose,
    stamp_proposal,
    to_say,
)
from bot.handoffs.topics import Kind, set_topic, topics, wants_approval

FEE = Intent.ASK_FEE.value


@pytest.fixture
def topic(connection, noon):
    set_topic(connection, Kind.INTENT, FEE, "phí vừa đổi", 7, noon)
    found = wants_approval(connection, FEE, "", "")
    assert found is not None
    return found


@pytest.fixture
def asked(connection, desk, noon, topic):
    person = desk.citizen()

    def ask(due_at, text="8.000 đồng"):
        return propose(connection, person.conversation_id, person.id, topic, [{"text": text}], noon, due_at)

    return ask


def found(connection, proposal_id):
    proposal = find_proposal(connection, proposal_id)
    assert proposal is not None
    return proposal


def test_the_narrowest_topic_counts(connection, noon):
    set_topic(connection, Kind.INTENT, FEE, "phí", 7, noon)
    set_topic(connection, Kind.FIELD, "Hộ tịch", "lĩnh vực mới", 7, noon)
    set_topic(connection, Kind.PROCEDURE, "1.001193", "đang sửa", 7, noon)

    def kind(intent, code, field):
        wanted = wants_approval(connection, intent, code, field)
        return wanted.kind if wanted else None

    assert kind(FEE, "1.001193", "Hộ tịch") is Kind.PROCEDURE
    assert kind(FEE, "1.000001", "Hộ tịch") is Kind.FIELD
    assert kind(FEE, "1.000001", "Đất đai") is Kind.INTENT
    assert kind("ask_time", "1.000001", "Đất đai") is None
    # A code is no intent, an empty field is no topic.
    assert kind("1.001193", "", "") is None
    set_topic(connection, Kind.PROCEDURE, "1.001193", "xong", 7, noon, active=False)
    assert kind("ask_time", "1.001193", "") is None
    assert (len(topics(connection)), len(topics(connection, only_active=False))) == (2, 3)


def test_a_topic_needs_a_reason(connection, noon):
    with pytest.raises(ValueError, match="topic"):
        set_topic(connection, Kind.INTENT, FEE, " ", 7, noon)


@pytest.mark.parametrize(
    ("decision", "standing"),
    [
        (Decision.APPROVE, Standing.APPROVED),
        (Decision.EDIT, Standing.EDITED),
        (Decision.REFUSE, Standing.REFUSED),
    ],
)
def test_one_decision_is_made_and_told_once(connection, noon, asked, decision, standing):
    """Two decisions on one answer would tell a citizen two different things."""
    number = asked(noon + 60)
    assert not stamp_proposal(connection, number, noon)
    assert decide(connection, number, 7, decision, noon + 5, "Gọi 0912345678")
    assert not decide(connection, number, 8, Decision.REFUSE, noon + 6)
    assert not expire(connection, number, noon + 99)
    (settled,) = to_say(connection)
    assert (settled.standing, settled.decided_by, settled.topic) == (standing, 7, f"intent:{FEE}")
    assert settled.replies == ({"text": "8.000 đồng"},)
    assert settled.edited_text == ("Gọi 0912345678" if decision is Decision.EDIT else None)
    assert stamp_proposal(connection, number, noon + 7)
    assert not stamp_proposal(connection, number, noon + 8)
    assert to_say(connection) == []
    assert "0912345678" not in str(found(connection, number).edited_text)


def test_an_edited_answer_must_be_one(connection, noon, asked):
    number = asked(noon + 60)
    with pytest.raises(ValueError, match="empty"):
        decide(connection, number, 7, Decision.EDIT, noon)
    assert found(connection, number).standing is Standing.WAITING


def test_what_is_late_is_found_and_given_up(connection, noon, asked):
    """A citizen whose answer waits for ever was better off without approval."""
    later, sooner = asked(noon + 60), asked(noon + 30)
    assert [one.id for one in proposals(connection)] == [sooner, later]
    assert overdue(connection, noon + 29) == []
    assert [one.id for one in overdue(connection, noon + 30)] == [sooner]
    assert expire(connection, sooner, noon + 30)
    assert not decide(connection, sooner, 7, Decision.APPROVE, noon + 31)
    assert overdue(connection, noon + 30) == []
    assert [one.standing for one in to_say(connection)] == [Standing.EXPIRED]
