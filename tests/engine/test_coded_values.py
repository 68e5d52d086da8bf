"""Numbers kept once each: a feature that counts more or less than it did shifts every answer."""

import numpy as np
import pytest

from bot.engine.coded_values import CodedValues


@pytest.mark.parametrize("different", [1, 256, 257, 1500])
def test_numbers_come_back_bit_for_bit(different: int) -> None:
    chance = np.random.default_rng(5)
    values = chance.normal(size=different).astype(np.float32)[chance.integers(different, size=2_000)]
    places = np.array([1_999, 0, 7, 7, *range(100, 200)], dtype=np.int32)
    found = CodedValues(values)[places]
    assert found.dtype == np.float32 and np.array_equal(found, values[places])


def test_none_of_none() -> None:
    assert len(CodedValues(np.zeros(0, dtype=np.float32))[np.zeros(0, dtype=np.int32)]) == 0


def test_what_is_found_may_be_changed() -> None:
    """A message weighs its own numbers; those of the next message stay as they are."""
    values = CodedValues(np.ones(3, dtype=np.float32))
    found = values[np.array([0, 1])]
    found *= 5
    assert values[np.array([0, 1])].tolist() == [1, 1]
