"""The bank of models as the console reads it, off the event loop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.bank.activation import Activation
from bot.bank.bank import Bank, name_of
from bot.bank.entry import Entry
from bot.console.context import console_of
from bot.console.shipped import shipped_of
from bot.evaluation.comparing import Difference, compare
from bot.evaluation.tolerance import read_tolerances
from bot.settings import Settings
from bot.training import current_model, newest_model


@dataclass(frozen=True)
class Shelf:
    """``entries``: the youngest first; ``history``: the newest first; ``served``: the active model, else what
    would be taken; ``broken``: why the cards cannot be read, empty when they can.
    """

    entries: Sequence[Entry]
    history: Sequence[Activation]
    served: str | None
    predecessor: str | None
    broken: str

    def find(self, name: str) -> Entry:
        """Raises ``HTTPException`` 404."""
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise HTTPException(404)


def bank_of(request: Request) -> Bank:
    return Bank(shipped_of(request).root / console_of(request).settings.models_dir)


async def shelf_of(request: Request) -> Shelf:
    return await run_in_threadpool(_read, bank_of(request), console_of(request).settings)


def differences(
    root: Path, settings: Settings, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Difference]:
    """Two cards by the tolerances that ship; raises ``ValueError`` and ``OSError``."""
    tolerances = root / settings.data_dir / "evaluation" / "tolerances.json"
    return compare(before, after, read_tolerances(tolerances.read_bytes()))


def _read(bank: Bank, settings: Settings) -> Shelf:
    model, broken = newest_model(settings), ""
    entries: Sequence[Entry] = ()
    try:
        entries = bank.entries(name_of(current_model(settings)))
    except ValueError as problem:
        broken = str(problem)
    history = bank.history()[::-1]
    return Shelf(entries, history, name_of(model) if model else None, bank.predecessor(), broken)
