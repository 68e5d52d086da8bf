"""Ready-made replies filled with what the catalogue says of the procedure spoken of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
from sqlalchemy.engine import Connection

from bot.answers.about import fee, time
from bot.answers.asked import Asked
from bot.answers.contact import Contact
from bot.answers.intent import Intent
from bot.answers.wording import Wording
from bot.catalogue.records import Procedure
from bot.catalogue.repository import load_procedures
from bot.handoffs.canned import Canned, replies
from bot.handoffs.filling import Variable, fill
from bot.knowledge_source import read_yaml, wording_from


@dataclass(frozen=True)
class Ready:
    """A reply with its gaps filled where the values are known."""

    shortcut: str
    title: str
    text: str


@dataclass(frozen=True)
class Filler:
    """``root``: folder of the project; ``say``: a text of the console."""

    root: Path
    data_dir: Path
    say: Callable[..., str]

    @cached_property
    def _wording(self) -> Wording:
        return wording_from(self.root / "domain.yml")

    def filled(self, connection: Connection, code: str, today: date) -> list[Ready]:
        """All active replies for a conversation about this procedure; ``code`` may be empty."""
        values = self.values(connection, code, today)
        return [ready(canned, values) for canned in replies(connection)]

    def values(self, connection: Connection, code: str, today: date) -> Mapping[Variable, str]:
        """What is known; of a fee, a time limit or a place only what the record says."""
        contact = msgspec.convert(read_yaml(self.root / self.data_dir / "contact.yaml") or {}, Contact)
        values = {Variable.NAME: self.say("talk_citizen")}
        if contact.hotline:
            values[Variable.HOTLINE] = contact.hotline.value
        procedure = next(iter(load_procedures(connection, None, (code,))), None) if code else None
        return {**values, **self._of(procedure, today)} if procedure else values

    def _of(self, procedure: Procedure, today: date) -> Mapping[Variable, str]:
        asked = Asked(Intent.ASK_PROCEDURE, "", today, today)
        found = {
            Variable.PROCEDURE: procedure.label,
            Variable.FEE: fee.summary(procedure, asked),
            Variable.TIME: time.summary(procedure),
            Variable.PLACE: procedure.place or procedure.authority,
        }
        return {name: self._wording.value(value) for name, value in found.items() if value}


def ready(canned: Canned, values: Mapping[Variable, str]) -> Ready:
    return Ready(canned.shortcut, canned.title, fill(canned.text, values))
