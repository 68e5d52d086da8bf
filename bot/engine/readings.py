"""What texts were read as in one model, kept small: the same text is read once."""

from array import array
from threading import Lock
from typing import Any

Reading = dict[str, Any]
"""As Rasa's processor gives it: ``text``, ``intent``, ``entities`` and what components add to them."""
_RANKING = "intent_ranking"
_ROW = {"name", "confidence"}


class Readings:
    """At most ``most``; those kept first are given up first. For several threads.

    The ranking of all kinds of questions is four fifths of a reading (15 kB) as Rasa has it, a dictionary for
    each kind. It is kept as names and numbers, and what is found is whole again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, tuple[Reading, tuple[str, ...], array[float]]] = {}
        self._making_room = Lock()

    def find(self, text: str) -> Reading | None:
        """Equal to the reading that was kept; a new dictionary, to which a channel may add."""
        kept = self._kept.get(text)
        if kept is None:
            return None
        read, names, confidences = kept
        found = dict(read)
        if names:
            found[_RANKING] = [
                {"name": name, "confidence": confidence}
                for name, confidence in zip(names, confidences, strict=True)
            ]
        return found

    def keep(self, text: str, read: Reading) -> None:
        """Remember what a text was read as."""
        small, names, confidences = dict(read), tuple[str, ...](), array("d")
        ranking = read.get(_RANKING) or []
        if ranking and all(row.keys() == _ROW for row in ranking):
            small[_RANKING] = []
            names = tuple(row["name"] for row in ranking)
            confidences.extend(row["confidence"] for row in ranking)
        with self._making_room:
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[text] = small, names, confidences
