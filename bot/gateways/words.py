"""Words a citizen may type while handing in. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

import msgspec

from bot.answers.memory import TEXTS
from bot.dossiers.vocabulary import words_of


class Word(str, Enum):
    """What a whole message may mean."""

    YES = "yes"
    NO = "no"
    ANY_DAY = "any_day"
    STATE = "state"
    WITHDRAW = "withdraw"
    REGISTER = "register"


class WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/dossiers/gateways.yaml``."""

    fillers: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    any_day: tuple[str, ...]
    state: tuple[str, ...]
    withdraw: tuple[str, ...]
    register: tuple[str, ...]
    weekdays: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Words:
    """Folded and ready to compare. ``weekdays``: 0 is Monday."""

    fillers: frozenset[str]
    sayings: Mapping[str, Word]
    weekdays: Mapping[str, int]

    @cached_property
    def meaning(self) -> Callable[[str], Word | None]:
        """What a message means as a whole, if it is one of the sayings."""
        return lru_cache(maxsize=TEXTS)(self._meaning)

    def _meaning(self, text: str) -> Word | None:
        return self.sayings.get(" ".join(words_of(text))) or self.sayings.get(self._bare(text))

    def weekday(self, text: str) -> int | None:
        """The day of the week a message names, if it says nothing else."""
        return self.weekdays.get(self._bare(text))

    def _bare(self, text: str) -> str:
        return " ".join(word for word in words_of(text) if word not in self.fillers)


def words_from(file: WordsFile) -> Words:
    """The tables of the file, folded."""
    fillers = frozenset(word for filler in file.fillers for word in words_of(filler))
    sayings: dict[str, Word] = {}
    for word in Word:
        spellings: Iterable[str] = getattr(file, word.value)
        for spelling in spellings:
            sayings[" ".join(words_of(spelling))] = word
    weekdays = {" ".join(words_of(name)): day for day, names in enumerate(file.weekdays) for name in names}
    return Words(fillers, sayings, weekdays)


def read_words(text: bytes) -> Words:
    """From the file's content; raises ``msgspec.ValidationError`` naming what is wrong."""
    return words_from(msgspec.yaml.decode(text, type=WordsFile))
