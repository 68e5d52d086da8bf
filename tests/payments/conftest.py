"""A clock that is set, and the payment platform's double."""

from collections.abc import Iterator

import pytest

from tests.doubles.gov.government import Government
from tests.payments.making import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gov() -> Iterator[Government]:
    """The government systems without troubles."""
    with Government() as double:
        yield double
