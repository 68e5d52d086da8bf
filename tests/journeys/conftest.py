"""A fresh conversation per test over the real model and the shipped catalogue."""

import pytest

from bot.desk import Desk
from tests import working
from tests.journeys.conversation import Conversation

# Messages not yet answered as they should be, and what is wrong. A line goes when its message is right.
OPEN = {
    "dang ky ket hon o phuong co phai nop giay doc than nua khong": "taken for a question about the place",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        callspec = getattr(item, "callspec", None)
        for value in callspec.params.values() if callspec else ():
            if isinstance(value, str) and value in OPEN and item.path.parent.name == "journeys":
                item.add_marker(pytest.mark.xfail(reason=OPEN[value], strict=False))


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The in-process road."""
    return working.desk()


@pytest.fixture
def citizen(desk: Desk) -> Conversation:
    """Somebody who has not said anything yet."""
    return Conversation(desk)
