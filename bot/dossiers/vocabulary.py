"""Words a citizen may type while being guided. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

import msgspec

from bot.answers.memory import TEXTS
from bot.text import fold

LONGEST = 8
"""Words of the longest saying, without fillers."""
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
# Each flow reads every message.
_REMEMBERED = 512


class Word(str, Enum):
    """What a short message may mean; a step understands only some of them."""

    BACK = "back"
    LATER = "later"
    CANCEL = "cancel"
    BEGIN = "begin"
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
    asking: tuple[str, ...]
    asking_at_end: tuple[str, ...]
    looking_up: tuple[str, ...]
    negating: tuple[str, ...]
    dwelling: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Folded and ready to compare. ``sayings``: without fillers → everything it may mean."""

    fillers: frozenset[str]
    sayings: Mapping[str, frozenset[Word]]
    between: frozenset[str]
    having: frozenset[str]
    lacking: frozenset[str]
    asking: frozenset[str]
    asking_at_end: frozenset[str]
    looking_up: frozenset[str]
    negating: frozenset[str]
    dwelling: frozenset[str]

    @cached_property
    def meanings(self) -> Callable[[str], frozenset[Word]]:
        """What a whole message may mean; nothing when it says anything else besides fillers."""
        return lru_cache(maxsize=TEXTS)(self._meanings)

    def _meanings(self, text: str) -> frozenset[Word]:
        words = words_of(text)
        idle = [word in self.fillers for word in words]
        if idle.count(False) > LONGEST:
            return frozenset()
        busy = [place for place, is_idle in enumerate(idle) if not is_idle]
        latest, earliest = (busy[0], busy[-1] + 1) if busy else (len(words), 0)
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            for start in range(max(0, earliest - count), min(latest, len(words) - count) + 1):
                said = self.sayings.get(" ".join(words[start : start + count]))
                if said:
                    return said
        return self.sayings.get(self.bare(text), frozenset())

    def opening(self, text: str, meaning: Word) -> int:
        """How many words at the start of a message have this meaning by themselves; 0 for none."""
        words = words_of(text)
        for count in range(min(len(words), LONGEST), 0, -1):
            if meaning in self.sayings.get(" ".join(words[:count]), frozenset()):
                return count
        return 0

    def asks(self, words: Sequence[str]) -> bool:
        """Whether folded words are a question rather than an answer."""
        spaced = f" {' '.join(words)} "
        at_end = len(words) > 1 and words[-1] in self.asking_at_end
        return at_end or any(f" {asking} " in spaced for asking in self.asking)

    def looks_up(self, words: Sequence[str]) -> bool:
        """Whether folded words want to know of a dossier that was handed in."""
        spaced = f" {' '.join(words)} "
        return any(f" {phrase} " in spaced for phrase in self.looking_up)

    def bare(self, text: str) -> str:
        """A message without fillers."""
        return " ".join(word for word in words_of(text) if word not in self.fillers)


@lru_cache(maxsize=_REMEMBERED)
def words_of(text: str) -> tuple[str, ...]:
    """Folded words of a text, without punctuation."""
    return tuple(_WORD.findall(fold(text)))


def vocabulary_of(file: VocabularyFile) -> Vocabulary:
    """The tables of the file, folded."""
    fillers = frozenset(word for filler in file.fillers for word in words_of(filler))
    sayings: dict[str, frozenset[Word]] = {}
    for meaning, spellings in file.words.items():
        for spelling in spellings:
            whole = words_of(spelling)
            bare = [word for word in whole if word not in fillers]
            # A single word left over may mean anything: "có hết" is not "có".
            shortened = {" ".join(bare)} if len(bare) > 1 else set()
            for key in {" ".join(whole), *shortened}:
                sayings[key] = sayings.get(key, frozenset()) | {meaning}
    return Vocabulary(
        fillers,
        sayings,
        between=_folded(file.between),
        having=_folded(file.having),
        lacking=_folded(file.lacking),
        asking=_folded(file.asking),
        asking_at_end=_folded(file.asking_at_end),
        looking_up=_folded(file.looking_up),
        negating=_folded(file.negating),
        dwelling=_folded(file.dwelling),
    )


def _folded(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(spelling)) for spelling in spellings)
