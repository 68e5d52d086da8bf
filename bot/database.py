"""Engines, sessions and schema upgrades for SQLite (default) and PostgreSQL. The caller names the URL."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import MetaData, Table, create_engine, event, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.elements import ColumnElement

from bot.clause import Clause, clause
from bot.decoding import decoded
from bot.resting import look_after_rest
from bot.wires import lay

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"

# As many connections as threads use at once stay open, the last used first: what one opens anew the server
# has to start a process for, and nothing is prepared on it.
_POOL: Mapping[str, Any] = {"pool_size": 10, "max_overflow": 5, "pool_use_lifo": True}
_LET_NOTHING_WAIT = "SET synchronous_commit TO off"

_OWN: Mapping[str, Any] = {"future": True, "hide_parameters": True, "json_deserializer": decoded}

# Fixed names let one migration drop or alter a constraint on both databases.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def connect(url: str, durable: bool = False, kept_open: bool = False, repeated: bool = False) -> Engine:
    """Engine for ``url``; SQLite files get their folder, WAL, foreign keys and a 10 s lock wait.

    Errors do not list parameters, which are words of citizens; those of PostgreSQL may still quote a line of
    the statement.

    ``durable``: a commit also survives a power cut (SQLite waits for the disk, as PostgreSQL does otherwise).
    SQLite files then stay open between transactions. ``kept_open``: they do without it, and neither database
    lets a commit wait for the disk.

    PostgreSQL is asked whether a connection is still there where it rested. ``repeated``: never, as whoever
    uses it repeats a transaction that fails (``bot.transactions``).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        # Imported here: whoever works with a file does not need the driver.
        from bot.preparing import PreparingConnection, PreparingCursor

        kept = {"connection_factory": PreparingConnection, "cursor_factory": PreparingCursor}
        engine = create_engine(parsed, connect_args=kept, **_OWN, **_POOL)
        if not repeated:
            look_after_rest(engine)
        lay(engine, _LET_NOTHING_WAIT if kept_open else "")
        if kept_open:
            event.listen(engine, "connect", _let_nothing_wait)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    if not durable and not kept_open:
        engine = create_engine(parsed, connect_args={"timeout": 10}, **_OWN)
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    # Opening and closing a file takes longer than a short transaction: whoever makes many keeps it open.
    engine = create_engine(
        parsed,
        poolclass=QueuePool,
        connect_args={"timeout": 10, "check_same_thread": False},
        **_OWN,
    )
    event.listen(engine, "connect", _prepare_durable_sqlite if durable else _prepare_sqlite)
    return engine


def sessions(engine: Engine) -> sessionmaker:
    """Session factory in 2.0 style; objects stay readable after commit."""
    return sessionmaker(engine, future=True, expire_on_commit=False)


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless a unique key of it is taken; whether it was inserted."""
    return _inserting(table, tuple(values)).change(connection, **values) == 1


def insert_numbered(connection: Connection, table: Table, values: Mapping[str, Any]) -> int | None:
    """The same for a table that counts its rows: the number of the new row; None where a key is taken."""
    return _inserting(table, tuple(values)).number(connection, **values)


class Change:
    """A change of the one row that ``where`` finds before and after, built once: building a statement takes
    longer than carrying it out. PostgreSQL changes and reads in one round trip.
    """

    def __init__(self, table: Table, where: ColumnElement, values: Mapping[str, Any]) -> None:
        change = update(table).where(where).values(values)
        self._change, self._changed = clause(change), clause(change.returning(*table.columns))
        self._read = clause(select(table).where(where))
        self._sought = [name for name, value in where.compile().binds.items() if value.required]

    def make(self, connection: Connection, parameters: Mapping[str, Any]) -> Any | None:
        """Change the row, which also holds it: the row as it is now. None when there is none."""
        if connection.dialect.name == "postgresql":
            return self._changed.row(connection, **parameters)
        if not self._change.change(connection, **parameters):
            return None
        return self._read.row(connection, **{name: parameters[name] for name in self._sought})


# SQLAlchemy remembers no text of an insert that may meet a conflict: it would be put together each time.
@lru_cache(maxsize=128)
def _inserting(table: Table, columns: tuple[str, ...]) -> Clause:
    def build(dialect: Dialect) -> ClauseElement:
        insert = postgresql_insert if dialect.name == "postgresql" else sqlite_insert
        return insert(table).on_conflict_do_nothing()

    return Clause(build, columns)


def transacting(engine: Engine, work: Callable[[Connection, float], object]) -> Callable[[float], None]:
    """``work`` as something that is called with the time alone and makes its own transaction."""

    def run(now: float) -> None:
        with engine.begin() as connection:
            work(connection, now)

    return run


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the schema at ``url`` to ``revision``; does nothing when it is there already."""
    # Imported here: a gateway that comes back after a crash has no time for what it does not use.
    from alembic import command

    command.upgrade(migration_config(url), revision)


def migration_config(url: str) -> "Config":
    """Alembic configuration without an ini file; ``%`` in passwords is escaped for its parser."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _let_nothing_wait(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LET_NOTHING_WAIT)
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=NORMAL")
    # Erased words must not stay readable in the file.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _prepare_durable_sqlite(connection: Any, record: Any) -> None:
    _prepare_sqlite(connection, record)
    connection.execute("PRAGMA synchronous=FULL")
