"""What operators lose when these fail: an upgrade that leaves a schema the program does not know."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.catalogue import tables as _catalogue  # noqa: F401  registers the tables
from bot.catalogue import tables_amendments as _amendments  # noqa: F401
from bot.channels import tables as _channels  # noqa: F401
from bot.control import tables as _control  # noqa: F401
from bot.conversations import tables as _conversations  # noqa: F401
from bot.database import connect, metadata, upgrade
from bot.dossiers import tables as _dossiers  # noqa: F401
from bot.following import tables as _following  # noqa: F401
from bot.gateways import tables as _gateways  # noqa: F401
from bot.handoffs import tables as _handoffs  # noqa: F401
from bot.learning import tables as _learning  # noqa: F401
from bot.notices import tables as _notices  # noqa: F401
from bot.payments import tables as _payments  # noqa: F401
from bot.privacy import tables as _privacy  # noqa: F401
from bot.reviews import tables as _reviews  # noqa: F401
from bot.staff import tables as _staff  # noqa: F401
from bot.steering import tables as _steering  # noqa: F401
from bot.upkeep import tables as _upkeep  # noqa: F401


def test_migrations_give_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_is_harmless(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)


def test_sqlite_keeps_foreign_keys_and_lets_readers_read_during_an_import(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()


def test_errors_do_not_quote_what_citizens_said(sqlite_url: str) -> None:
    engine = connect(sqlite_url, durable=True)
    with engine.connect() as connection, pytest.raises(DBAPIError) as failed:
        connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": "022089001234"})
    assert "022089001234" not in str(failed.value)
    engine.dispose()


@pytest.mark.parametrize(("kind", "waits"), [({"kept_open": True}, False), ({"durable": True}, True)])
def test_what_may_be_lost_in_a_power_cut_keeps_nobody_waiting(
    kind: dict[str, bool], waits: bool, database_url: str
) -> None:
    """Lost: every turn waits for the disk, or a case file is gone after a power cut."""
    engine = connect(database_url, **kind)
    sqlite = engine.dialect.name == "sqlite"
    for _ in range(2):
        with engine.connect() as connection:
            said = connection.execute(text("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit"))
            assert said.scalar_one() == (1 + waits if sqlite else "on" if waits else "off")
            connection.rollback()
    engine.dispose()
