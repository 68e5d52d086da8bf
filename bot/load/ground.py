"""What all contenders stand on: one catalogue, loaded once, and a fresh copy of it for each start."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.catalogue.importing.shipped import load_shipped
from bot.database import connect, upgrade
from bot.load.ports import HOST, free_port, free_ports
from bot.load.postgres import Postgres, postgres_server
from bot.settings import Settings

_SHIPPED = "shipped"


@dataclass(frozen=True)
class Databases:
    """URLs of the catalogue and of the conversations."""

    catalogue: str
    tracker: str


class Ground:
    """Use inside ``open_ground``. ``settings``: of the installation, without anything outside of it."""

    def __init__(self, settings: Settings, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._settings, self._stack = settings, stack
        self._names = (f"run{number}" for number in count(1))
        self._postgres: Postgres | None = None
        self._shipped = folder / f"{_SHIPPED}.db"
        self._fill(f"sqlite:///{self._shipped}")

    def settings(self, databases: Databases, engine: str = "short", processes: int = 1) -> Settings:
        """Of one installation with ports of its own; ``engine`` as in the settings."""
        first, actions = free_ports(processes + 1)[0], free_port()
        return self._settings.copy(
            update={
                "database_url": databases.catalogue,
                "tracker_url": databases.tracker,
                "var_dir": self.folder,
                "host": HOST,
                "rasa_port": first,
                "action_port": actions,
                "engine": engine,
                "engine_processes": processes,
                "relay_secret": "",
                "onestop_url": "",
                "payment_url": "",
            }
        )

    @contextmanager
    def sqlite(self) -> Iterator[Databases]:
        """Files of their own, deleted at the end of the block."""
        with TemporaryDirectory(dir=self.folder) as folder:
            shutil.copyfile(self._shipped, Path(folder) / "assistant.db")
            yield Databases(f"sqlite:///{folder}/assistant.db", f"sqlite:///{folder}/tracker.db")

    @contextmanager
    def postgres(self) -> Iterator[Databases]:
        """Databases of their own, dropped at the end of the block. Raises ``NoPostgresError``."""
        server, name = self.postgres_server(), next(self._names)
        try:
            yield Databases(server.create(name, _SHIPPED), server.create(f"{name}_tracker"))
        finally:
            server.drop(name)
            server.drop(f"{name}_tracker")

    def postgres_server(self) -> Postgres:
        """Started when it is first asked for. Raises ``NoPostgresError``."""
        if self._postgres is None:
            server = self._stack.enter_context(postgres_server(durable=True))
            self._fill(server.create(_SHIPPED))
            self._postgres = server
        return self._postgres

    def _fill(self, url: str) -> None:
        upgrade(url)
        engine = connect(url)
        load_shipped(engine, self._settings.catalogue_dir)
        engine.dispose()


@contextmanager
def open_ground(settings: Settings) -> Iterator[Ground]:
    """In a temporary folder that is gone at the end of the block, with all that was started."""
    with TemporaryDirectory(prefix="qn-load-") as folder, ExitStack() as stack:
        yield Ground(settings, Path(folder), stack)
