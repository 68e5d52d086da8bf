"""Which procedure a message is about, and how sure that is (the three bands of decision D6)."""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import msgspec

from bot.answers.context import Context
from bot.answers.phrase import Candidate
from bot.answers.turn import Turn
from bot.answers.twins import united
from bot.catalogue.records import Procedure
from bot.catalogue.search import SearchIndex, Setting
from bot.catalogue.search.entries import head_of
from bot.catalogue.search.features import NAMES
from bot.catalogue.search.query import Query
from bot.catalogue.view import Catalogue
from bot.text import analyse

MAX_OPTIONS = 4
REMEMBERED = 2048
REMEMBERED_READINGS = 64
"""Enough for the turns under way: what is heard and found in a text outlives its reading, which is large."""
OFFERED_SHARE = 0.05
_LEADING_IN = re.compile(
    r"(?<!\w)(?:ở|o|tại|tai|bên|ben|ngoài|ngoai|dưới|duoi|trên|tren|khu vực|khu vuc)\s+$", re.IGNORECASE
)
_CONFLICT = NAMES.index("deed_conflicts")
PLACES = frozenset({"unit", "old_unit", "old_district", "place"})


class Band(str, Enum):
    """How sure the assistant is of the procedure."""

    CERTAIN = "certain"
    UNSURE = "unsure"
    NOTHING = "nothing"
    UNKNOWN_CODE = "unknown_code"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Probabilities that part the bands; chosen by ``bot evaluate --fit``, never by taste.

    ``certain``: answer at or above. ``certain_sum`` with ``lead``: answer when the best is ``lead``
    times the second. ``possible``: offer buttons when the best four together reach it.
    ``follow_up``: below this a message without own subject keeps the procedure spoken of.
    """

    certain: float
    lead: float
    lead_floor: float
    possible: float
    follow_up: float


@dataclass(frozen=True)
class Resolution:
    """The band, the procedure when certain, and the candidates looked at (best first)."""

    band: Band
    procedure: Procedure | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def options(self) -> tuple[Candidate, ...]:
        """Candidates worth offering as buttons."""
        return worth_offering(self.candidates)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a text says before anything is searched: for each syllable whether it counts beside question
    words, and whether it tells what is to be done.
    """

    counting: tuple[bool, ...]
    says_deed: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What is looked at of a hit, a tenth of the whole. ``conflicts``: the text wants something else done."""

    procedure: Procedure
    probability: float
    conflicts: bool


class _Remembered(NamedTuple):
    """What was found in a text, side by side: a third of the memory of ten ``_Found``."""

    procedures: tuple[Procedure, ...]
    probabilities: "array[float]"
    conflicts: bytes


class Resolver:
    """Finds the procedure of a message in one catalogue revision."""

    def __init__(self, catalogue: Catalogue, index: SearchIndex, thresholds: Thresholds) -> None:
        self._catalogue, self._index, self._thresholds = catalogue, index, thresholds
        # One turn looks at its message from several sides, and many citizens ask the same; the index never
        # changes under a resolver, so that a new revision of the catalogue begins with nothing remembered.
        self._read = lru_cache(maxsize=REMEMBERED_READINGS)(self._query)
        self._hear = lru_cache(maxsize=REMEMBERED)(self._heard)
        self._look = lru_cache(maxsize=REMEMBERED)(self._search)
        # Arrays give the interpreter away at every small step: those who search at the same time would do
        # little else than hand it to each other.
        self._searching = Lock()

    def resolve(self, turn: Turn, context: Context) -> Resolution:
        """Code first, then search, then the procedure spoken of before."""
        for code in turn.mentioned("procedure"):
            return self._by_code(code)
        spoken_of = self._catalogue.procedures.get(context.procedure or "")
        setting = Setting(spoken_of.code, spoken_of.field) if spoken_of else Setting()
        text = without_places(turn)
        counting = self.counting(text)
        if spoken_of and not any(counting):
            return certain(spoken_of)
        hits = self._found(text, setting)
        candidates = tuple(as_candidate(hit) for hit in hits)
        if (
            spoken_of
            and sum(counting) <= 2
            and (not hits or hits[0].probability < self._thresholds.follow_up)
        ):
            return Resolution(Band.CERTAIN, spoken_of, candidates)
        return self._banded(hits, candidates)

    def find(self, text: str) -> Resolution:
        """Search alone: what a piece of text names, without the conversation."""
        hits = self._found(text, Setting())
        return self._banded(hits, tuple(as_candidate(hit) for hit in hits))

    def related(self, text: str, spoken_of: Procedure) -> Resolution:
        """Another procedure of the family of the one spoken of: "ý là gia hạn ấy", "của hộ kinh doanh cơ".

        The name spoken of is searched together with the text; without what is done, when the text says so.
        """
        name = head_of(spoken_of.name)
        says_deed = self.says_deed(text)
        whole = f"{self._without_deed(name) if says_deed else name} {text}"
        found = self._found(whole, Setting(None, spoken_of.field))
        others = [hit for hit in found if hit.procedure.code != spoken_of.code]
        if says_deed:
            others = [hit for hit in others if hit.procedure.field == spoken_of.field]
            others = [hit for hit in others if not hit.conflicts] or others
        left = 1.0 - sum(hit.probability for hit in found if hit not in others)
        shared = [replace(hit, probability=min(hit.probability / max(left, 0.01), 1.0)) for hit in others]
        return self._banded(shared, tuple(as_candidate(hit) for hit in shared))

    def _without_deed(self, name: str) -> str:
        """A name without the words for what is done: "Cấp lại giấy phép" is "giấy phép"."""
        words = name.split()
        kept = [True] * len(words)
        for size in (2, 1):
            for start in range(len(words) - size + 1):
                piece = " ".join(words[start : start + size])
                if all(kept[start : start + size]) and self._index.read(analyse(piece)).deeds:
                    kept[start : start + size] = [False] * size
        return " ".join(word for word, keep in zip(words, kept, strict=True) if keep)

    def wordless(self, turn: Turn) -> bool:
        """Whether nothing but places and question words is said."""
        return not any(self.counting(without_places(turn)))

    def counting(self, text: str) -> tuple[bool, ...]:
        """For each syllable of a text whether it is a word of its own, no question word."""
        return self._hear(text).counting

    def says_deed(self, text: str) -> bool:
        """Whether a text says what is to be done: extend, change, end …"""
        return self._hear(text).says_deed

    def own_words(self, text: str) -> tuple[str, ...]:
        """Folded words of a text that are neither question words nor numbers."""
        words = zip(analyse(text).folded, self.counting(text), strict=True)
        return tuple(word for word, counts in words if counts and not word.isdecimal())

    def _query(self, text: str) -> Query:
        return self._index.read(analyse(text))

    def _heard(self, text: str) -> _Heard:
        query = self._read(text)
        return _Heard(tuple(weight == 1.0 for weight in query.weights), bool(query.deeds))

    def _found(self, text: str, setting: Setting) -> tuple[_Found, ...]:
        kept = self._look(text, setting)
        rows = zip(kept.procedures, kept.probabilities, kept.conflicts, strict=True)
        return tuple([_Found(procedure, chance, bool(conflicts)) for procedure, chance, conflicts in rows])

    def _search(self, text: str, setting: Setting) -> _Remembered:
        query = self._read(text)
        with self._searching:
            hits = united(self._index.candidates(query, setting))
        return _Remembered(
            tuple([hit.procedure for hit in hits]),
            array("d", [hit.probability for hit in hits]),
            bytes([bool(hit.features[_CONFLICT]) for hit in hits]),
        )

    def _by_code(self, code: str) -> Resolution:
        found = self._catalogue.procedures.get(code)
        return certain(found) if found else Resolution(Band.UNKNOWN_CODE)

    def _banded(self, hits: Sequence[_Found], candidates: tuple[Candidate, ...]) -> Resolution:
        limits = self._thresholds
        if not hits:
            return Resolution(Band.NOTHING)
        best = hits[0].probability
        second = hits[1].probability if len(hits) > 1 else 0.0
        leads = best >= limits.lead_floor and best >= limits.lead * second
        if best >= limits.certain or leads:
            return Resolution(Band.CERTAIN, hits[0].procedure, candidates)
        if sum(hit.probability for hit in hits[:MAX_OPTIONS]) >= limits.possible:
            return Resolution(Band.UNSURE, None, candidates)
        return Resolution(Band.NOTHING, None, candidates)


def certain(procedure: Procedure) -> Resolution:
    """A resolution that needs no search."""
    return Resolution(Band.CERTAIN, procedure, (Candidate(procedure.code, procedure.label, 1.0),))


def worth_offering(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best four, without those so far behind the best that they would only confuse."""
    least = OFFERED_SHARE * max((candidate.score for candidate in candidates), default=0.0)
    return tuple(candidate for candidate in candidates[:MAX_OPTIONS] if candidate.score >= least)


def as_candidate(hit: _Found) -> Candidate:
    """A search hit as answers carry it."""
    return Candidate(hit.procedure.code, hit.procedure.label, round(hit.probability, 4))


def without_places(turn: Turn) -> str:
    """The message without the units it names: "Hạ Long" tells where, not what."""
    text = turn.text
    for mention in sorted(turn.mentions, key=lambda m: -m.start):
        if mention.kind in PLACES and mention.end > mention.start:
            text = f"{_LEADING_IN.sub('', text[: mention.start])} {text[mention.end :]}"
    return text
