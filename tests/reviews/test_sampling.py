"""Samples for audits: every turn has the same chance, and the sample can be drawn again."""

from collections.abc import Sequence

import pytest

from bot.reviews.sampling import allotted, draw

STRATA: dict[tuple[str, str], Sequence[int]] = {
    ("answered", "web"): range(0, 60),
    ("no_data", "web"): range(60, 90),
    ("answered", "zalo"): range(90, 100),
}


def test_strata_get_their_part_by_hand() -> None:
    """10 of 100: 6, 3 and 1. 7 of 100: 4.2, 2.1 and 0.7, so 4 + 2 + 0 and the one left goes to 0.7."""
    counts = {stratum: len(turns) for stratum, turns in STRATA.items()}
    assert list(allotted(counts, 10).values()) == [6, 3, 1]
    assert list(allotted(counts, 7).values()) == [4, 2, 1]
    assert allotted(counts, 1000) == counts
    assert allotted({}, 5) == {}


def test_the_same_seed_draws_the_same_sample_in_any_order_of_the_turns() -> None:
    turned: dict[tuple[str, str], Sequence[int]] = {
        stratum: list(reversed(STRATA[stratum])) for stratum in reversed(list(STRATA))
    }
    assert draw(STRATA, 10, 0.2, 7) == draw(turned, 10, 0.2, 7)
    assert draw(STRATA, 10, 0.2, 7) != draw(STRATA, 10, 0.2, 8)


def test_nothing_is_drawn_twice_and_a_part_is_labelled_twice() -> None:
    drawn = draw(STRATA, 30, 0.1, 1)
    assert len({one.turn_id for one in drawn}) == 30
    assert sum(one.twice for one in drawn) == 3
    assert sum(one.twice for one in draw(STRATA, 11, 0.1, 1)) == 2
    assert not any(one.twice for one in draw(STRATA, 5, 0.0, 1))
    assert all(one.twice for one in draw(STRATA, 5, 1.0, 1))


def test_no_sample_without_a_size() -> None:
    for size, second in ((0, 0.1), (5, 1.1), (5, -0.1)):
        with pytest.raises(ValueError, match="no sample"):
            draw(STRATA, size, second, 1)
    assert draw({}, 5, 0.1, 1) == []
