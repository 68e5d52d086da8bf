"""The key of the audit log: beside the database, not in it, so that writing to the table is not enough."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection, Engine

from bot.keys import audit_key, kept
from bot.settings import Settings
from bot.staff.chain import Head, Seal

_OPTION = "audit_sealing"


class Sealing:
    """Reads the key of an installation when it is needed first. Beside it, ``audit.since`` notes the newest
    entry of that time: entries up to it have no seal, all others must.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seal: Seal | None = None

    def seal(self, newest: Head) -> Seal:
        """``newest``: of the log, before anything is sealed. Raises ``ValueError`` for a spoilt note."""
        if self._seal is None:
            noted = kept(self._settings.var_dir / "audit.since", lambda: str(newest))
            number, _, digest = noted.partition(":")
            self._seal = Seal(audit_key(self._settings), Head(int(number), digest))
        return self._seal


def sealed(engine: Engine, sealing: Sealing) -> Engine:
    """The engine, whose transactions seal what they record."""
    return engine.execution_options(**{_OPTION: sealing})


class _Process:
    """What holds for every engine of this process."""

    sealing: Sealing | None = None


@contextmanager
def sealing_with(sealing: Sealing) -> Iterator[None]:
    """For a command: what it records is sealed, whatever engine it opens and in whichever thread."""
    before, _Process.sealing = _Process.sealing, sealing
    try:
        yield
    finally:
        _Process.sealing = before


def seal_of(connection: Connection, newest: Head) -> Seal | None:
    """How entries of this connection are sealed; None where nothing is installed."""
    sealing: Sealing | None = connection.get_execution_options().get(_OPTION) or _Process.sealing
    return sealing.seal(newest) if sealing else None
