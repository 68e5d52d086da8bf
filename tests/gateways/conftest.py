"""Fixtures of the gateways: the double of the government systems."""

from collections.abc import Iterator

import pytest

from tests.doubles.gov.government import Government


@pytest.fixture
def gov() -> Iterator[Government]:
    """A one-stop system on a port of this machine."""
    with Government() as running:
        yield running
