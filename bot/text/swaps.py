"""Regional confusions of initial consonants, as extra search candidates only."""

from __future__ import annotations

from functools import lru_cache

from bot.text.syllables import is_syllable

_GROUPS = (("l", "n"), ("s", "x"), ("tr", "ch"), ("r", "d", "gi"))
_NOT_SWAPPED = ("ng", "nh")


@lru_cache(maxsize=4096)
def swaps(folded: str) -> tuple[str, ...]:
    """Other folded syllables a speaker who swaps l/n, s/x, tr/ch or r/d/gi may mean by this one."""
    if folded.startswith(_NOT_SWAPPED):
        return ()
    found: list[str] = []
    for group in _GROUPS:
        for onset in group:
            rest = folded[len(onset) :]
            if onset == "gi" and rest[:1] not in tuple("aeiouy"):
                rest = folded[1:]
            if folded.startswith(onset) and rest:
                for other in group:
                    joined = "gi" + rest.removeprefix("i") if other == "gi" else other + rest
                    if other != onset and joined != folded and is_syllable(joined):
                        found.append(joined)
    return tuple(dict.fromkeys(found))
