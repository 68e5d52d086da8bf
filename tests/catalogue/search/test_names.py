"""Names grouped by procedure. A best name taken from the neighbour ranks a wrong procedure first."""

import numpy as np

from bot.catalogue.search.names import Names


def test_the_best_name_of_each_procedure_by_hand():
    """Procedures of 1, 3 and 2 names with scores 5 | 1 7 2 | 4 6."""
    names = Names([1, 3, 2])
    assert names.best(np.array([5, 1, 7, 2, 4, 6], dtype=np.float32)).tolist() == [5, 7, 6]
    assert [names.of(row) for row in range(3)] == [slice(0, 1), slice(1, 4), slice(4, 6)]


def test_no_procedures_have_no_names():
    assert Names([]).best(np.zeros(0, dtype=np.float32)).tolist() == []
