"""The shipped catalogue on a later day, when some records have changed."""

from dataclasses import replace
from pathlib import Path

from bot.answers.assistant import Assistant
from bot.catalogue.records import Procedure
from bot.desk import Desk
from bot.knowledge_source import KnowledgeSource
from bot.reception import plain_reception
from tests import working


class _Revised(KnowledgeSource):
    """Answers from the shipped catalogue but for some records; no database is read again."""

    def __init__(self, changed: dict[str, Procedure], withdrawn: tuple[str, ...]) -> None:
        known = working.source().assistant().knowledge
        records = {**known.catalogue.procedures, **changed}
        kept = {code: record for code, record in records.items() if code not in withdrawn}
        catalogue = replace(known.catalogue, procedures=kept, revision=known.catalogue.revision + 1)
        self._later = Assistant(replace(known, catalogue=catalogue))

    @property
    def data_dir(self) -> Path:
        return working.ROOT / "data"

    def assistant(self) -> Assistant:
        return self._later


def record(code: str) -> Procedure:
    """A record of the shipped catalogue."""
    return working.source().assistant().catalogue.procedures[code]


def desk_with(*changed: Procedure, without: tuple[str, ...] = ()) -> Desk:
    """The desk once these records read otherwise, or are gone."""
    return working.desk_at(plain_reception(_Revised({record.code: record for record in changed}, without)))
