"""What comes with the program: texts and hours that staff may change, days off, versions of consents."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.requests import Request

from bot.answers.wording import Wording
from bot.answers.working_days import WorkCalendar
from bot.control.hours import Described
from bot.knowledge_source import days_off, read_yaml, wording_from
from bot.learning.lessons_shipped import Taught, read_taught
from bot.notices.purpose import Versions
from bot.notices.words import read_words
from bot.settings import Settings


@dataclass(frozen=True)
class Shipped:
    """``root``: folder of the project. Read when first needed, and kept."""

    root: Path
    settings: Settings

    @property
    def data(self) -> Path:
        return self.root / self.settings.data_dir

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.time_zone)

    @cached_property
    def wording(self) -> Wording:
        return wording_from(self.root / "domain.yml")

    @cached_property
    def hours(self) -> Described:
        found: Described = read_yaml(self.data / "console" / "hours.yaml")
        return found

    @cached_property
    def consents(self) -> Versions:
        """Texts of consent that are in force."""
        return read_words(self.data).versions

    @cached_property
    def taught(self) -> Taught:
        """What models are trained and measured with; the first time takes a second."""
        return read_taught(self.data)

    def calendar(self, now: float) -> WorkCalendar:
        """Holidays around the year of that moment."""
        year = datetime.fromtimestamp(now, self.zone).year
        return days_off(read_yaml(self.data / "holidays.yaml"), year)


def shipped_of(request: Request) -> Shipped:
    found = request.app.state.shipped
    assert isinstance(found, Shipped)
    return found
