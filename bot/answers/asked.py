"""A question about one procedure, ready for an answer."""

from dataclasses import dataclass
from datetime import date

from bot.answers.intent import Intent
from bot.catalogue.units import Unit


@dataclass(frozen=True)
class Asked:
    """What is asked and for which time and place.

    ``as_of``: the day the answer must hold for (decision D4: reception date, else the date asked
    about, else today). ``text``: the citizen's words, cleaned and masked. ``case_id``: the case of the
    procedure the citizen is in, when known. ``old_scale``: the citizen used a 2011 level word (mức 1–4).
    """

    intent: Intent
    text: str
    today: date
    as_of: date
    unit: Unit | None = None
    case_id: str | None = None
    old_scale: bool = False

    @property
    def historical(self) -> bool:
        """True when the question is about an earlier day than today."""
        return self.as_of < self.today
