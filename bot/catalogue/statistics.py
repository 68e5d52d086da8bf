"""Published figures, each with its denominator, date and source, so that none is mixed with another."""

from datetime import date
from enum import Enum

from bot.catalogue.records import Record


class CountedUnit(str, Enum):
    """What a figure counts: procedures, services, dossiers or provinces."""

    PROCEDURE = "procedure"
    SERVICE = "service"
    DOSSIER = "dossier"
    AGENCY = "agency"


class Part(Record, frozen=True):
    """A part of a total as the source names it."""

    name: str
    value: int


class Statistic(Record, frozen=True):
    """A claim of a source. ``percent`` is as printed there; ``claim`` its words, shortened.

    ``parts`` are meant to add up to ``numerator``. ``contradiction`` tells why the claim cannot hold;
    ``usable`` is false when it must not be quoted as a fact about Quảng Ninh. ``as_of_text`` replaces
    ``as_of`` where the source gives no exact day.
    """

    key: str
    label: str
    unit: CountedUnit
    scope: str
    source: str
    claim: str
    numerator: int | None = None
    denominator: int | None = None
    denominator_name: str = ""
    percent: float | None = None
    as_of: date | None = None
    as_of_text: str = ""
    source_date: date | None = None
    parts: tuple[Part, ...] = ()
    contradiction: str = ""
    usable: bool = True

    @property
    def share(self) -> float | None:
        """Percentage computed from the two counts, None when one is missing."""
        if self.numerator is None or not self.denominator:
            return None
        return 100 * self.numerator / self.denominator
