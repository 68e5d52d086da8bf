"""Weights without their zeros: a message must get the very scores it gets from the whole matrix."""

import numpy as np
import pytest

from bot.engine.sparse_lines import SparseLines


def _matrix(columns: int, lines: int = 300) -> np.ndarray:
    chance = np.random.default_rng(7)
    filled = chance.random((lines, columns)) < chance.random((lines, 1))
    filled[[0, 299]], filled[[1, 298]] = False, True
    return np.where(filled, chance.normal(size=filled.shape), 0).astype(np.float16)


@pytest.mark.parametrize("columns", [1, 2, 49, 254])
def test_lines_come_back_in_the_order_asked(columns: int) -> None:
    matrix = _matrix(columns)
    asked = np.array([299, 0, 5, 5, 1, 298, *range(20, 90)], dtype=np.int32)
    taken = SparseLines(matrix).take(asked)
    assert taken.dtype == np.float32 and np.array_equal(taken, matrix.take(asked, axis=0).astype(np.float32))


def test_lines_of_all_parts_are_found() -> None:
    """It is read in parts: a line of a later one is no less itself."""
    matrix = _matrix(3, lines=40_000)
    asked = np.arange(0, 40_000, 7, dtype=np.int32)
    assert np.array_equal(SparseLines(matrix).take(asked), matrix[asked])


def test_nothing_asked_gives_no_lines() -> None:
    taken = SparseLines(_matrix(49)).take(np.zeros(0, dtype=np.int32))
    assert taken.shape == (0, 49) and taken.dtype == np.float32


def test_a_matrix_of_zeros_only_is_taken_too() -> None:
    matrix = np.array([[0.0, -0.0, 0.0], [0.0, 0.0, 0.0]], dtype=np.float16)
    assert SparseLines(matrix).take(np.array([1, 0], dtype=np.int32)).tolist() == [[0.0] * 3] * 2


def test_more_columns_than_it_can_tell_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="255 columns"):
        SparseLines(np.ones((2, 255), dtype=np.float16))
