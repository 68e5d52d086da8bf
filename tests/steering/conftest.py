"""A town on either database."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from tests.steering.town import Town


@pytest.fixture
def town(engine: Engine) -> Iterator[Town]:
    with engine.begin() as connection:
        yield Town(connection)
