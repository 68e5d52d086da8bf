"""Words a citizen may type while being guided. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

import msgspec

from bot.text import fold


class Word(str, Enum):
    """What a short message may mean; a step understands only some of them."""

    BACK = "back"
    LATER = "later"
    CANCEL = "cancel"
    RESUME = "resume"
    REVIEW = "review"
    ALL = "all"
    MISSING = "missing"
    YES = "yes"
    NO = "no"
    SKIP = "skip"
    MYSELF = "myself"
    OTHER = "other"
    SWITCH = "switch"
    RECHECK = "recheck"
    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"
    SENT = "sent"
    NO_CODE = "no_code"
    DOWN = "down"


class VocabularyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/dossiers/guide.yaml``."""

    fillers: tuple[str, ...]
    words: Mapping[Word, tuple[str, ...]]
    between: tuple[str, ...]
    having: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Folded and ready to compare. ``sayings``: without fillers → everything it may mean."""

    fillers: frozenset[str]
    sayings: Mapping[str, frozenset[Word]]
    between: frozenset[str]
    having: frozenset[str]
    lacking: frozenset[str]

    def meanings(self, text: str) -> frozenset[Word]:
        """What a whole message may mean; nothing when it says anything else besides."""
        return self.sayings.get(" ".join(words_of(text)), frozenset()) or self.sayings.get(
            self.bare(text), frozenset()
        )

    def bare(self, text: str) -> str:
        """A message without fillers."""
        return " ".join(word for word in words_of(text) if word not in self.fillers)


def words_of(text: str) -> list[str]:
    """Folded words of a text, without punctuation."""
    folded = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return folded.split()


def vocabulary_of(file: VocabularyFile) -> Vocabulary:
    """The tables of the file, folded."""
    fillers = frozenset(word for filler in file.fillers for word in words_of(filler))
    sayings: dict[str, frozenset[Word]] = {}
    for meaning, spellings in file.words.items():
        for spelling in spellings:
            whole = words_of(spelling)
            bare = [word for word in whole if word not in fillers]
            for key in {" ".join(whole), " ".join(bare)} - {""}:
                sayings[key] = sayings.get(key, frozenset()) | {meaning}
    return Vocabulary(fillers, sayings, _folded(file.between), _folded(file.having), _folded(file.lacking))


def _folded(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(spelling)) for spelling in spellings)
