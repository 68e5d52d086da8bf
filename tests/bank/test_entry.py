"""Which models may serve and which may go."""

from datetime import datetime, timedelta, timezone

import pytest

from bot.bank.entry import Entry, Refusal, find, refusal, superfluous

GOOD, BAD = {"released": True}, {"released": False}


def entry(name: str, age: int = 0, card: dict[str, bool] | None = None, **marks: bool) -> Entry:
    made = datetime(2026, 11, 22, tzinfo=timezone.utc) - timedelta(days=age)
    return Entry(name, made, 1, card, **marks)


@pytest.mark.parametrize(
    ("model", "force", "why", "refused"),
    [
        (entry("a", card=GOOD), False, "", None),
        (entry("a", card=BAD), False, "", Refusal.NOT_RELEASED),
        (entry("a", card=BAD), False, "gấp", Refusal.NOT_RELEASED),
        (entry("a"), False, "", Refusal.NOT_MEASURED),
        (entry("a", card=BAD), True, "  ", Refusal.NO_REASON),
        (entry("a"), True, "gấp", None),
        (entry("a", card=GOOD, active=True), True, "gấp", Refusal.ALREADY_ACTIVE),
    ],
)
def test_a_model_that_failed_serves_only_for_a_stated_reason(model, force, why, refused):
    """Otherwise a worse assistant could go live with one mistyped command."""
    assert refusal(model, force, why) is refused


def test_a_card_that_does_not_say_released_is_none():
    assert not entry("a", card={}).released


def test_a_model_is_found_by_the_beginning_of_its_name():
    models = [entry("ab1"), entry("ab2"), entry("ab")]
    assert [e.id for e in find(models, "ab")] == ["ab"]
    assert [e.id for e in find(models, "ab1")] == ["ab1"]
    assert [e.id for e in find(models, "a")] == ["ab1", "ab2", "ab"]
    assert find(models, "") == [] and find(models, "c") == []


def test_tidying_up_leaves_what_serves_and_the_way_back():
    """The oldest file may be the one that serves, or the only one to return to."""
    models = [
        entry("old", 5, active=True),
        entry("older", 6, predecessor=True),
        entry("oldest", 7),
        entry("served", 8),
        entry("new", 1),
        entry("newer", 0),
    ]
    assert [e.id for e in superfluous(models, 1, "served")] == ["new", "oldest"]
    assert [e.id for e in superfluous(models, 0, None)] == ["newer", "new", "oldest", "served"]
    assert superfluous(models, 9, None) == []
