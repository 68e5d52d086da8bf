"""The history of activations: which model serves must never be a guess."""

from datetime import datetime, timezone

import pytest

from bot.bank.activation import Act, Activation, active, line_of, predecessors, read_activations

AT = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)


def steps(*told: tuple[Act, str], first: str | None = None) -> list[Activation]:
    before = first
    found = []
    for act, model in told:
        found.append(Activation(at=AT, act=act, model=model, before=before, by="lan"))
        before = model
    return found


ON, BACK, GAVE_UP = Act.ACTIVATED, Act.ROLLED_BACK, Act.WENT_BACK


@pytest.mark.parametrize(
    ("history", "serves", "roads"),
    [
        (steps(), None, []),
        (steps((ON, "a")), "a", []),
        (steps((ON, "b"), first="a"), "b", ["a"]),
        (steps((ON, "a"), (ON, "b"), (ON, "c")), "c", ["b", "a"]),
        (steps((ON, "a"), (ON, "b"), (ON, "c"), (BACK, "b")), "b", ["a"]),
        (steps((ON, "a"), (ON, "b"), (ON, "c"), (BACK, "b"), (BACK, "a")), "a", []),
        (steps((ON, "a"), (ON, "b"), (ON, "c"), (BACK, "a")), "a", []),
        (steps((ON, "a"), (ON, "b"), (GAVE_UP, "a")), "a", []),
        (steps((ON, "a"), (ON, "b"), (ON, "a")), "a", ["b"]),
        (steps((ON, "a"), (ON, "b"), (ON, "a"), (BACK, "b")), "b", ["a"]),
        (steps((ON, "a"), (BACK, "b"), (ON, "c")), "c", ["b", "a"]),
    ],
)
def test_what_serves_and_where_a_rollback_leads(history, serves, roads):
    """A second rollback must lead further back, not to the model that was just left as bad."""
    assert (active(history), predecessors(history)) == (serves, roads)


def test_a_line_comes_back_as_it_was_written():
    step = Activation(
        at=AT, act=Act.ACTIVATED, model="m", before=None, by="lan", why="Tết\nâm lịch", forced=True
    )
    line = line_of(step)
    assert line.count(b"\n") == 1
    assert read_activations(line) == [step]


def test_a_line_somebody_broke_hides_no_other():
    first, second = steps((ON, "a"), (ON, "b"))
    assert read_activations(line_of(first) + b"{oops\n\n" + line_of(second)) == [first, second]
