"""Known syllables near an unknown one: one letter dropped, added, changed, swapped, or a regional sound."""

from collections.abc import Iterable

from bot.text import swaps

_LETTERS = "abcdeghiklmnopqrstuvxy"


class Spelling:
    """Spelling help over the folded syllables of the catalogue."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)

    def __contains__(self, folded: str) -> bool:
        return folded in self._known

    def near(self, folded: str, limit: int = 4) -> tuple[str, ...]:
        """Known syllables one slip away, regional sounds first; nothing for very short syllables."""
        heard = [s for s in swaps(folded) if s in self._known]
        if len(folded) < 3 or not folded.isalpha():
            return tuple(heard[:limit])
        typed = sorted(self._edits(folded) & self._known)
        return tuple(dict.fromkeys(heard + typed))[:limit]

    @staticmethod
    def _edits(word: str) -> set[str]:
        splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
        return (
            {left + right[1:] for left, right in splits if right}
            | {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
            | {left + letter + right[1:] for left, right in splits if right for letter in _LETTERS}
            | {left + letter + right for left, right in splits for letter in _LETTERS}
        )
