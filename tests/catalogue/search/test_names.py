"""Names grouped by procedure. A best name taken from the neighbour ranks a wrong procedure first."""

import numpy as np

from bot.catalogue.search.names import Names


def test_the_best_name_of_each_procedure_by_hand():
    """Procedures of 1, 3 and 2 names with scores 5 | 1 7 2 | 4 6."""
    names = Names([1, 3, 2])
    assert names.best(np.array([5, 1, 7, 2, 4, 6], dtype=np.float32)).tolist() == [5, 7, 6]
    owners, numbers = names.of(np.array([0, 1, 2]))
    assert owners.tolist() == [0, 1, 1, 1, 2, 2]
    assert numbers.tolist() == [0, 1, 2, 3, 4, 5]


def test_names_of_some_procedures_in_the_order_asked():
    """Of procedures of 1, 3 and 2 names the last, then the first."""
    owners, numbers = Names([1, 3, 2]).of(np.array([2, 0]))
    assert owners.tolist() == [0, 0, 1]
    assert numbers.tolist() == [4, 5, 0]


def test_no_procedures_have_no_names():
    assert Names([]).best(np.zeros(0, dtype=np.float32)).tolist() == []
