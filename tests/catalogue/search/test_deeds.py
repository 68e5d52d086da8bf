"""What is to be done, compared. Families of procedures differ in nothing else."""

import numpy as np
import pytest

from bot.catalogue.search.deeds import Deed, agreement, bits


@pytest.mark.parametrize(
    ("said", "named", "expected"),
    [
        ({Deed.EXTEND}, {Deed.EXTEND, Deed.CHANGE}, (True, False, False)),
        ({Deed.EXTEND}, {Deed.BEGIN}, (False, True, False)),
        ({Deed.EXTEND}, set(), (False, False, False)),
        (set(), {Deed.BEGIN}, (False, False, False)),
        (set(), {Deed.AGAIN}, (False, False, True)),
        (set(), {Deed.AGAIN, Deed.BEGIN}, (False, False, False)),
        (set(), set(), (False, False, False)),
    ],
)
def test_a_deed_said_and_a_deed_named(said, named, expected):
    found = agreement(bits(said), np.array([bits(named)]))
    assert tuple(line.tolist() for line in found) == tuple([value] for value in expected)
