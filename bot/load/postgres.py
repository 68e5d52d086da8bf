"""A PostgreSQL server of our own on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

_CARELESS = "-c fsync=off -c full_page_writes=off"


class NoPostgresError(Exception):
    """It cannot be started here; the message says why."""


@dataclass(frozen=True)
class Postgres:
    """A running server; ``pid`` is the process that started all others of it."""

    prefix: str
    pid: int

    def url(self, name: str) -> str:
        """Of a database."""
        return self.prefix.format(name=name)

    def create(self, name: str, template: str = "template1") -> str:
        """URL of a new database, a copy of ``template``."""
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Also when somebody is connected."""
        self._tell(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def connections(self) -> int:
        """Of all clients but the one that asks."""
        return self._tell(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    def _tell(self, statement: str) -> int:
        """The number a query finds; 0 for other statements."""
        admin = create_engine(self.url("postgres"), future=True, isolation_level="AUTOCOMMIT")
        try:
            with admin.connect() as connection:
                done = connection.execute(text(statement))
                return int(done.scalar_one()) if done.returns_rows else 0
        finally:
            admin.dispose()


@contextmanager
def postgres_server(durable: bool = False) -> Iterator[Postgres]:
    """The server until the end of the block. ``durable``: commits wait for the disk, as they do by default.

    Raises ``NoPostgresError``.
    """
    programs, owner = _programs(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="qn-pg-"))
    if owner:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)

    def run(program: str, *arguments: str) -> None:
        command = [*owner, str(programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' {'' if durable else _CARELESS}"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            pid = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
            yield Postgres(f"postgresql+psycopg2://postgres@/{{name}}?host={folder}", pid)
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("pg_ctl")
    if on_path is None:
        raise NoPostgresError("no PostgreSQL server is installed (pg_ctl not found)")
    return Path(on_path).resolve().parent


def _owner() -> list[str]:
    """What runs a program as somebody PostgreSQL accepts."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        raise NoPostgresError("PostgreSQL refuses to run as root and runuser is missing")
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgresError("PostgreSQL refuses to run as root and there is no postgres account") from None
    return ["runuser", "-u", "postgres", "--"]
