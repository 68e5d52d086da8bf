"""A fresh conversation per test over the real model and the shipped catalogue."""

import pytest

from bot.desk import Desk
from tests import working
from tests.journeys.conversation import Conversation


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The in-process road."""
    return working.desk()


@pytest.fixture
def citizen(desk: Desk) -> Conversation:
    """Somebody who has not said anything yet."""
    return Conversation(desk)
