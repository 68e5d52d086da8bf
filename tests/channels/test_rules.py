"""The pauses of the queues, counted by hand."""

import pytest

from bot.channels.rules import Rules


@pytest.mark.parametrize(
    ("waited", "dice", "pause"),
    [(0.0, 0.5, 1.0), (4.0, 0.5, 1.0), (20.0, 0.5, 5.0), (900.0, 0.5, 8.0), (8.0, 0.0, 1.5), (8.0, 1.0, 2.5)],
)
def test_whoever_waits_for_the_assistant_is_answered_soon_after_it_is_back(waited, dice, pause):
    """Never more than ten seconds later, and without everybody asking at once."""
    assert Rules("test").pause_away(waited, dice) == pause
