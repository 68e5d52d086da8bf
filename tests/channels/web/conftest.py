"""A running web channel over a database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from tests.channels.web.site import Site, opened


@pytest.fixture
async def site(sqlite_engine: Engine, tmp_path: Path) -> AsyncIterator[Site]:
    """On SQLite, with limits nobody reaches."""
    async with opened(sqlite_engine, tmp_path / "var") as site:
        yield site


@pytest.fixture
async def both_sites(engine: Engine, tmp_path: Path) -> AsyncIterator[Site]:
    """The same on SQLite and on PostgreSQL, for what depends on the database."""
    async with opened(engine, tmp_path / "var") as site:
        yield site
