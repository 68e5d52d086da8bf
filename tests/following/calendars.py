"""The shipped calendar around 2026, whatever year it is when the tests run."""

from pathlib import Path

from bot.following.deadline import Clock
from bot.following.opening import read_tables
from bot.knowledge_source import days_off, read_yaml

DATA = Path(__file__).parents[2] / "data"


def clock() -> Clock:
    """The clock over the announced and statutory days of 2025 to 2028."""
    return Clock(days_off(read_yaml(DATA / "holidays.yaml"), 2026), read_tables(DATA).hours)
