"""The folder of models with their cards and the history of activations."""

import getpass
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from bot.bank.activation import Act, Activation, active, line_of, predecessors, read_activations
from bot.bank.entry import Entry

HISTORY = "activations.jsonl"
_MODEL, _CARD = ".tar.gz", ".card.json"
_METADATA = "metadata.json"  # What Rasa 3 reads first in a model.


class Bank:
    """Models in ``folder``; ``now`` gives the time of what is recorded."""

    def __init__(
        self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
    ) -> None:
        self._folder, self._now = folder, now

    def history(self) -> list[Activation]:
        """Every activation, oldest first."""
        try:
            return read_activations((self._folder / HISTORY).read_bytes())
        except FileNotFoundError:
            return []

    def active(self) -> str | None:
        """The model chosen last, also when its file has gone."""
        return active(self.history())

    def active_model(self) -> Path | None:
        """File of the active model; None where none was chosen or its file has gone."""
        chosen = self.active()
        return self.path(chosen) if chosen and self.path(chosen).exists() else None

    def predecessor(self) -> str | None:
        """Where a rollback leads: the nearest model before the active one whose file is still here."""
        return next((name for name in predecessors(self.history()) if self.path(name).exists()), None)

    def entries(self, current: str) -> list[Entry]:
        """All models, the youngest first; ``current``: name of the model of the data as they are now."""
        chosen, before = self.active(), self.predecessor()
        found = [
            Entry(
                name,
                datetime.fromtimestamp(status.st_mtime, timezone.utc),
                status.st_size,
                self.card(name),
                name == chosen,
                name == before,
                name == current,
            )
            for path in self._folder.glob(f"*{_MODEL}")
            for name, status in [(name_of(path), path.stat())]
        ]
        return sorted(found, key=lambda entry: entry.made, reverse=True)

    def card(self, name: str) -> dict[str, Any] | None:
        """The card beside a model; None where it was not measured. Raises ``ValueError`` for a broken one."""
        try:
            content = self.card_path(name).read_bytes()
        except FileNotFoundError:
            return None
        card: dict[str, Any] = json.loads(content)
        return card

    def write_card(self, name: str, card: dict[str, Any]) -> Path:
        """Put the card beside its model.

        The active model's card is what others are compared with: only a released one takes its place, a
        refused one goes beside it.
        """
        path = self.card_path(name)
        if name == self.active() and path.exists() and not card["released"]:
            path = path.with_name(f"{name}.refused{_CARD}")
        _replace(path, (json.dumps(card, ensure_ascii=False, indent=2) + "\n").encode())
        return path

    def record(
        self, act: Act, model: str, why: str = "", *, served: str | None, by: str = "", forced: bool = False
    ) -> Activation:
        """Make ``model`` the active one, durably: after a crash the history has the line or not, never half.

        ``served``: what served until now where no model was active. ``by``: empty for the caller's account.
        """
        with self._alone():
            path = self._folder / HISTORY
            written = path.read_bytes() if path.exists() else b""
            step = Activation(
                at=self._now(),
                act=act,
                model=model,
                before=active(read_activations(written)) or served,
                by=by or _account(),
                why=why.strip(),
                forced=forced,
            )
            _replace(path, written + line_of(step))
        return step

    def delete(self, name: str) -> None:
        """Delete a model with its cards, the model first: a card alone is harmless."""
        self.path(name).unlink(missing_ok=True)
        for card in (self.card_path(name), self.card_path(f"{name}.refused")):
            card.unlink(missing_ok=True)

    def opens(self, name: str) -> bool:
        """Whether the file of a model is whole: Rasa would notice only after the model before was stopped."""
        try:
            with tarfile.open(self.path(name)) as model:
                return _METADATA in model.getnames()
        except (OSError, EOFError, tarfile.TarError, zlib.error):
            return False

    def path(self, name: str) -> Path:
        """The file of a model."""
        return self._folder / f"{name}{_MODEL}"

    def card_path(self, name: str) -> Path:
        """The card of a model."""
        return self._folder / f"{name}{_CARD}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two activations at the same moment must both be in the history."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".activating").open("w") as lock:
            flock(lock, LOCK_EX)
            yield


def name_of(path: Path) -> str:
    """The name of a model by its file."""
    return path.name.removesuffix(_MODEL)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _account() -> str:
    try:
        return getpass.getuser()
    except KeyError:
        return str(os.getuid())
