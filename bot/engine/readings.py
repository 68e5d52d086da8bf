"""What texts were read as in one model, kept small: the same text is read once."""

from array import array
from collections.abc import Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple

Reading = dict[str, Any]
"""As Rasa's processor gives it: ``text``, ``intent``, ``entities`` and what components add to them."""
_RANKING = "intent_ranking"
_ROW = {"name", "confidence"}
_TOKENS = "text_tokens"
_MOST_NAMES = 256


class _Kept(NamedTuple):
    """``read``: without what the others hold; ``order``: numbers of the names in the ranking; ``tokens``:
    where each begins and ends.
    """

    read: Reading
    order: bytes
    confidences: "array[float]"
    tokens: "array[int]"


class Readings:
    """At most ``most``; those kept first are given up first. For several threads.

    The ranking of all kinds of questions and the places of the words are nine tenths of a reading (16 kB) as
    Rasa has it, a dictionary for each kind and a pair for each word. They are kept as numbers, and what is
    found is whole again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, _Kept] = {}
        self._names: list[str | None] = []
        self._numbers: dict[str | None, int] = {}
        self._making_room = Lock()

    def find(self, text: str) -> Reading | None:
        """Equal to the reading that was kept; a new dictionary, to which a channel may add."""
        kept = self._kept.get(text)
        if kept is None:
            return None
        found = dict(kept.read)
        if kept.order:
            names = self._names
            found[_RANKING] = [
                {"name": names[number], "confidence": confidence}
                for number, confidence in zip(kept.order, kept.confidences, strict=True)
            ]
        if kept.tokens:
            places = iter(kept.tokens)
            found[_TOKENS] = list(zip(places, places, strict=True))
        return found

    def keep(self, text: str, read: Reading) -> None:
        """Remember what a text was read as."""
        small, tokens = dict(read), _places(read.get(_TOKENS) or [])
        if tokens:
            small[_TOKENS] = []
        with self._making_room:
            order, confidences = self._ranked(read.get(_RANKING) or [])
            if order:
                small[_RANKING] = []
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[text] = _Kept(small, order, confidences, tokens)

    def _ranked(self, ranking: Sequence[Mapping[str, Any]]) -> tuple[bytes, "array[float]"]:
        """Nothing where there is more in it than few names and their numbers."""
        names = [row["name"] for row in ranking if row.keys() == _ROW]
        new = [name for name in dict.fromkeys(names) if name not in self._numbers]
        if len(names) < len(ranking) or len(self._names) + len(new) > _MOST_NAMES:
            return b"", array("d")
        for name in new:
            self._numbers[name] = len(self._names)
            self._names.append(name)
        return bytes([self._numbers[name] for name in names]), _exact([row["confidence"] for row in ranking])


def _exact(confidences: Sequence[float]) -> "array[float]":
    """As short numbers where that changes none, as it is with those of a classifier."""
    short = array("f", confidences)
    return short if short.tolist() == list(confidences) else array("d", confidences)


def _places(tokens: Sequence[Any]) -> "array[int]":
    """Nothing where there is more in it than pairs of small numbers."""
    pairs = all(type(token) is tuple and len(token) == 2 for token in tokens)
    try:
        return array("H", chain.from_iterable(tokens) if pairs else ())
    except (OverflowError, TypeError):
        return array("H")
