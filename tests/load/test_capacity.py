"""What the province loses here: money for machines that stand idle, or answers at the busiest hour."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.load.capacity import COUNTRY, PROVINCE, Cost, Demand, Terms, citizens_per_hour, main, plan, tables

GUIDE = Path(__file__).parents[2] / "docs" / "capacity.md"
COST = Cost(assistant=5, gateway=10, database=5)


def test_the_busiest_minute_of_a_province_counted_by_hand() -> None:
    """1,300,000 × 1 % × 6 = 78,000 messages; 15 % in an hour = 11,700 = 3.25 a second; twice that = 6.5."""
    assert PROVINCE.per_day() == pytest.approx(78_000)
    assert PROVINCE.per_second() == pytest.approx(6.5)
    assert COUNTRY.per_second() == pytest.approx(500)


def test_the_machines_of_a_country_counted_by_hand() -> None:
    """500 × 20 ms = 10 cores; at 60 % 16.7; of 4 cores each 5 machines and one to spare; the assistants
    take 500 × 5 ms / 0.6 = 4.2, so 5 and one to spare; 6 machines × 4 cores × 400,000 = 9.6 million.
    """
    found = plan(COST, COUNTRY, Terms())
    assert found.cores == pytest.approx(16.667, abs=0.001)
    assert (found.machines, found.assistants, found.price) == (6, 6, 9_600_000)


def test_a_small_place_still_has_a_machine_to_spare() -> None:
    """The only machine that fails would take every answer with it."""
    assert plan(COST, Demand(1_000), Terms()).machines == 2


def test_citizens_of_an_hour_counted_by_hand() -> None:
    """50 messages/s a core × 60 % × 3,600 s = 108,000 messages; 6 each: 18,000 citizens."""
    assert COST.per_core() == pytest.approx(50)
    assert citizens_per_hour(COST, PROVINCE, Terms()) == pytest.approx(18_000)


def test_ten_times_the_people_need_ten_times_the_cores() -> None:
    one, ten = (plan(COST, Demand(people), Terms()).cores for people in (1_300_000, 13_000_000))
    assert ten == pytest.approx(10 * one)


def test_the_guide_says_what_follows_from_its_own_measurement() -> None:
    """Whoever writes in a new measurement and forgets the tables would order the wrong machines."""
    guide = GUIDE.read_text(encoding="utf-8")
    measured = {
        name: float(value)
        for name, value in re.findall(r"^\| (Assistant|Gateway|PostgreSQL) \| ([\d.]+) ms", guide, re.M)
    }
    cost = Cost(measured["Assistant"], measured["Gateway"], measured["PostgreSQL"])
    assert tables(cost, Terms()) in guide
    options = ["--assistant", str(cost.assistant), "--gateway", str(cost.gateway)]
    said = CliRunner().invoke(main, [*options, "--database", str(cost.database)])
    assert said.output.strip() == tables(cost, Terms())
