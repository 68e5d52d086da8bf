"""Words a citizen may type about a submitted dossier. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from bot.answers.memory import TEXTS
from bot.dossiers.vocabulary import words_of as folded_words

MOST_BESIDE = 6


class WordsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/dossiers/following.yaml``."""

    no_reply: tuple[str, ...]
    stop: tuple[str, ...]
    list: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """Folded and ready to compare."""

    no_reply: tuple[str, ...]
    stop: frozenset[str]
    list: frozenset[str]

    def complains_of_silence(self, text: str) -> bool:
        """Whether a message says that nobody has answered."""
        said = f" {plain(text)} "
        return any(f" {phrase} " in said for phrase in self.no_reply)

    def stops(self, text: str) -> bool:
        """Whether the citizen does not want to go on with what was asked."""
        return plain(text) in self.stop

    @cached_property
    def lists(self) -> Callable[[str], bool]:
        """Whether the citizen wants to see their dossiers."""
        return lru_cache(maxsize=TEXTS)(lambda text: plain(text) in self.list)


def words_of(file: WordsFile) -> Words:
    """The tables of the file, folded."""
    return Words(
        tuple(map(plain, file.no_reply)), frozenset(map(plain, file.stop)), frozenset(map(plain, file.list))
    )


def is_little_else(text: str) -> bool:
    """Whether beside numbers and codes a message has too few words to be about anything else."""
    words = [word for word in plain(text).split() if not any(letter.isdecimal() for letter in word)]
    return len(words) <= MOST_BESIDE


def plain(text: str) -> str:
    """Folded words with single spaces, without punctuation."""
    return " ".join(folded_words(text))
