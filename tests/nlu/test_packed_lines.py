"""Weights without their zeros: a message must get the very scores it gets from the whole matrix."""

import numpy as np
import pytest

from bot.nlu.packed_lines import PackedLines


def _matrix(columns: int, dtype: type) -> np.ndarray:
    chance = np.random.default_rng(7)
    filled = chance.random((300, columns)) < chance.random((300, 1))
    filled[[0, 299]], filled[[1, 298]] = False, True
    return np.where(filled, chance.normal(size=(300, columns)), 0).astype(dtype)


@pytest.mark.parametrize("columns", [1, 2, 49, 300])
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_lines_come_back_bit_for_bit_in_the_order_asked(columns: int, dtype: type) -> None:
    matrix = _matrix(columns, dtype)
    packed = PackedLines(matrix)
    asked = np.array([299, 0, 5, 5, 1, 298, *range(20, 90)], dtype=np.int32)
    assert np.array_equal(packed.take(asked), matrix.take(asked, axis=0).astype(np.float32))


def test_nothing_asked_gives_no_lines() -> None:
    taken = PackedLines(_matrix(49, np.float16)).take(np.zeros(0, dtype=np.int32))
    assert taken.shape == (0, 49) and taken.dtype == np.float32


def test_a_matrix_of_zeros_only_or_of_none_is_taken_too() -> None:
    assert PackedLines(np.zeros((3, 4), dtype=np.float16)).take(np.array([2, 0], dtype=np.int32)).sum() == 0
    full = np.ones((3, 4), dtype=np.float16)
    assert np.array_equal(PackedLines(full).take(np.array([2, 0], dtype=np.int32)), full[:2])


def test_a_model_that_was_read_can_be_written_again() -> None:
    matrix = _matrix(49, np.float16)
    assert np.array_equal(np.asarray(PackedLines(matrix)), matrix)
