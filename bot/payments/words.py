"""Words a citizen may type about paying. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

import msgspec

from bot.answers.memory import TEXTS
from bot.dossiers.vocabulary import words_of


class Word(str, Enum):
    """What a whole message means."""

    PAID = "paid"
    """The citizen says that the money was sent, or asks whether it has arrived."""
    LINK = "link"
    """The page or code is wanted again."""
    LATER = "later"
    PAY = "pay"
    """The wish to pay now."""


class WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/dossiers/payments.yaml``. ``deeds``: ways to say "pay"; ``done``: how they are said to be done,
    with ``{}`` for the deed (``Word.PAID``).
    """

    fillers: tuple[str, ...]
    deeds: tuple[str, ...]
    done: tuple[str, ...]
    words: Mapping[Word, tuple[str, ...]]


@dataclass(frozen=True)
class Words:
    """Folded and ready to compare."""

    fillers: frozenset[str]
    sayings: Mapping[str, Word]

    @cached_property
    def meaning(self) -> Callable[[str], Word | None]:
        """What a whole message means; None when it says anything else besides."""
        return lru_cache(maxsize=TEXTS)(self._meaning)

    def _meaning(self, text: str) -> Word | None:
        words = words_of(text)
        bare = " ".join(word for word in words if word not in self.fillers)
        return self.sayings.get(" ".join(words)) or self.sayings.get(bare)


def words_in(file: WordsFile) -> Words:
    """The table of the file, folded."""
    fillers = frozenset(word for filler in file.fillers for word in words_of(filler))
    sayings: dict[str, Word] = {}
    finished = tuple(how.format(deed) for how in file.done for deed in file.deeds)
    for meaning, spellings in (*file.words.items(), (Word.PAID, finished)):
        for spelling in spellings:
            whole = words_of(spelling)
            bare = [word for word in whole if word not in fillers]
            sayings |= {key: meaning for key in (" ".join(whole), " ".join(bare)) if key}
    return Words(fillers, sayings)
