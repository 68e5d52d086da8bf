"""What was promised: levels to be reached, by when, and on whose word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from bot.steering.levels import Level, Stated


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``share`` (0–1) of the procedures of ``code``, else of ``field``, else of all in force, at least at
    ``level`` by ``by``. ``source``: whose word; ``checked``: somebody read it there.
    """

    name: str
    level: Level
    source: str
    share: float = 1.0
    code: str = ""
    field: str = ""
    by: date | None = None
    checked: bool = True

    def __post_init__(self) -> None:
        if self.level not in _REACHED or not 0 < self.share <= 1 or (self.code and self.field):
            raise ValueError(f"no target: {self.name}")


@dataclass(frozen=True)
class Progress:
    """``reached`` of ``procedures``; ``late``: not reached although the day is over."""

    target: Target
    procedures: int
    reached: int
    late: bool

    @property
    def share(self) -> float | None:
        return self.reached / self.procedures if self.procedures else None

    @property
    def met(self) -> bool:
        return self.share is not None and self.share >= self.target.share


_REACHED = {Level.FULL: (Level.FULL,), Level.PARTIAL: (Level.FULL, Level.PARTIAL, Level.MIXED)}


def progress(targets: Sequence[Target], stated: Sequence[Stated], today: date) -> list[Progress]:
    """How far each target is. Of a level that differs by agency only the lower one counts as reached."""
    found = []
    for target in targets:
        meant = [one for one in stated if _meant(target, one)]
        reached = sum(one.level in _REACHED[target.level] for one in meant)
        done = bool(meant) and reached >= target.share * len(meant)
        late = not done and target.by is not None and target.by < today
        found.append(Progress(target, len(meant), reached, late))
    return found


def read_targets(path: Path) -> tuple[Target, ...]:
    """Raises ``msgspec.ValidationError`` for what is no target."""
    return msgspec.yaml.decode(path.read_bytes(), type=tuple[Target, ...])


def _meant(target: Target, one: Stated) -> bool:
    if target.code:
        return one.code == target.code
    return not target.field or one.field == target.field
