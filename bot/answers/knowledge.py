"""Everything the assistant answers from: one immutable bundle per catalogue revision."""

from dataclasses import dataclass
from functools import cached_property

from bot.answers.contact import Contact
from bot.answers.memory import Memory
from bot.answers.phrasebook import Phrasebook
from bot.answers.resolve import Resolver
from bot.answers.working_days import WorkCalendar
from bot.catalogue.search import PhraseTable
from bot.catalogue.view import Catalogue


@dataclass(frozen=True)
class Knowledge:
    """Catalogue, search and small tables. ``kinds``: words that ask for one kind of fact."""

    catalogue: Catalogue
    resolver: Resolver
    glossary: Phrasebook
    statuses: Phrasebook
    kinds: PhraseTable
    contact: Contact
    holidays: WorkCalendar

    @cached_property
    def memory(self) -> "Memory[Knowledge]":
        """What was worked out of all this: another bundle begins with nothing remembered."""
        return Memory(self)
