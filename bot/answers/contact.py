"""Where people can be reached: facts of configuration, each with source and date."""

from datetime import date

import msgspec

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Phrase, phrase


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A configured fact and where it comes from."""

    value: str
    source: str
    dated: date


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/contact.yaml``. What is missing is said to be missing."""

    hotline: Fact | None = None
    hours: Fact | None = None

    def line(self) -> Phrase:
        """One line on whom to turn to."""
        if self.hotline:
            return phrase(
                "utter_contact_hotline", hotline=self.hotline.value, date=f"{self.hotline.dated:%d/%m/%Y}"
            )
        return phrase("utter_contact_portal")

    def hours_answer(self) -> Answer:
        """Opening hours and hotline; what is unknown is said so."""
        hours = self._told("utter_hours", "hours", self.hours)
        hotline = self._told("utter_hotline", "hotline", self.hotline)
        outcome = Outcome.ANSWERED if self.hours else Outcome.NO_DATA
        return Answer(outcome, (hours, hotline))

    @staticmethod
    def _told(response: str, name: str, fact: Fact | None) -> Phrase:
        if fact is None:
            return phrase(f"{response}_unknown")
        return phrase(
            f"{response}_known", **{name: fact.value, "source": fact.source, "date": f"{fact.dated:%d/%m/%Y}"}
        )
