"""Shared fixtures: the source material beside the repository and both kinds of databases."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection, Engine, make_url

from bot.database import connect, upgrade
from bot.load.postgres import NoPostgresError
from bot.load.postgres import postgres_server as private_postgres

# Whoever runs the tests at night must not ask real websites.
os.environ.setdefault("BOT_LINK_CHECKS", "false")

ROOT = Path(__file__).resolve().parents[1]
# Source material that is not part of the repository; tests that need it skip where it is absent.
SHARED = ROOT.parent / "shared"
SHIPPED = ROOT / "data" / "catalogue"

# Where no byte code may be written beside the sources, each process would compile all libraries anew: most of
# its start. An installed assistant has its byte code, too.
sys.dont_write_bytecode = False
sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".cache" / "bytecode"))
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Tests end processes, never the machine: in memory a commit does not wait for a disk. Workers of the same run
# find the folder in their environment.
MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 4 * 1024**3
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY:
    os.environ["TMPDIR"] = tempfile.tempdir = tempfile.mkdtemp(prefix="tests-", dir=MEMORY)
    os.chmod(tempfile.tempdir, 0o755)  # PostgreSQL does not run as root
    atexit.register(shutil.rmtree, tempfile.tempdir, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_file() -> Callable[[str], Path]:
    """Finds a file of the source material, or skips with its name."""

    def find(name: str) -> Path:
        path = SHARED / "data" / name
        if not path.exists():
            pytest.skip(f"source material {name} is not beside the repository")
        return path

    return find


@pytest.fixture(scope="session")
def shipped_dir() -> Path:
    """The folder of the shipped catalogue."""
    return SHIPPED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL prefix of a private PostgreSQL server on a socket in a temporary folder."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(private_postgres())
        except NoPostgresError as reason:
            pytest.skip(str(reason))
        yield server.prefix


@cache
def _connected(server: URL) -> Connection:
    return create_engine(server, future=True, isolation_level="AUTOCOMMIT").connect()


def _administrator(url: URL) -> Connection:
    """Makes and drops databases beside that of ``url``; kept, because connecting takes as long as they do."""
    return _connected(url.set(database="postgres"))


def create_database(url: URL, template: str = "template1") -> None:
    """The database of ``url``, a copy of ``template``."""
    administrator = _administrator(url)
    # Since PostgreSQL 15 a copy goes through the log unless told otherwise: slow for small ones.
    version = administrator.dialect.server_version_info or (0,)
    files = "STRATEGY file_copy" if version >= (15,) else ""
    administrator.execute(text(f"CREATE DATABASE {url.database} TEMPLATE {template} {files}"))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty PostgreSQL database of this test alone."""
    url = make_url(postgres_server.format(name=f"test_{uuid4().hex}"))
    create_database(url)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        _administrator(url).execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of an empty SQLite file of this test alone."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Every test that asks for it runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


class Templates:
    """Databases with the current schema, made by its migrations once a process and copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        self._postgres: set[URL] = set()

    def fill(self, url: str) -> None:
        """Give the empty database at ``url`` the current schema."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            self._copy(Path(str(parsed.database)))
        else:
            self._recreate(parsed)

    def _copy(self, path: Path) -> None:
        if not self._file.exists():
            upgrade(f"sqlite:///{self._file}")
        shutil.copyfile(self._file, path)

    def _recreate(self, url: URL) -> None:
        template = url.set(database=f"template_{os.getpid()}")
        if template not in self._postgres:
            create_database(template)
            upgrade(template.render_as_string(hide_password=False))
            self._postgres.add(template)
        _administrator(url).execute(text(f"DROP DATABASE {url.database}"))
        create_database(url, str(template.database))


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """Migrating anew for each test would take half of the suite's time."""
    return Templates(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def engine(database_url: str, templates: Templates) -> Iterator[Engine]:
    """Engine of a database with the current schema and no rows."""
    templates.fill(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str, templates: Templates) -> Iterator[Engine]:
    """The same on SQLite only, for what does not depend on the database."""
    templates.fill(sqlite_url)
    engine = connect(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def common_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, templates: Templates
) -> Iterator[Engine]:
    """One database of each kind for all tests that make a single transaction: they leave nothing behind."""
    url = f"sqlite:///{tmp_path_factory.mktemp('common') / 'common.db'}"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        url = server.format(name=f"common_{uuid4().hex}")
        create_database(make_url(url))
    templates.fill(url)
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(common_engine: Engine) -> Iterator[Connection]:
    """A transaction that is rolled back at the end."""
    with common_engine.connect() as connection:
        yield connection
