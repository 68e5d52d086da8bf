"""Places of features by bits: a feature read as another one gives a message another kind of question."""

import numpy as np
import pytest

from bot.engine.feature_rows import FeatureRows


@pytest.mark.parametrize("known", [[], [0], [63], [0, 7, 8, 9, 62, 63], list(range(64))])
def test_every_number_gets_the_place_of_a_table(known: list[int]) -> None:
    table = np.full(64, -1, dtype=np.int32)
    table[known] = np.arange(len(known))
    asked = np.array([63, *range(64), 0, 9, 9], dtype=np.int32)
    places = FeatureRows(np.array(known, dtype=np.uint32), 64)[asked]
    assert places.dtype == np.int32 and np.array_equal(places, table[asked])


def test_nothing_asked_gives_nothing() -> None:
    assert len(FeatureRows(np.array([3]), 8)[np.zeros(0, dtype=np.int32)]) == 0


def test_a_table_of_many_is_a_sixth_as_large() -> None:
    rows = FeatureRows(np.arange(0, 1 << 20, 3), 1 << 20)
    assert sum(array.nbytes for array in vars(rows).values()) * 6 < (1 << 20) * 4
