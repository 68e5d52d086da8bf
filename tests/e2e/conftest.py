"""The running servers, started once for all tests of a process."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from tests.e2e.office import Crowd, Office, opened


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("channels")) as running:
        yield running


@pytest.fixture
async def crowd(office: Office) -> AsyncIterator[Crowd]:
    async with AsyncExitStack() as stack:
        yield Crowd(office, stack)
