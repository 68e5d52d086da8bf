"""What makes two lessons the same. Pure."""

import json
from collections.abc import Sequence
from hashlib import sha256

from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.reviews.lesson_states import LessonKind
from bot.text import clean, fold


def folded(text: str) -> str:
    """A text without accents, capitals and marks at its ends: the same words to whoever reads them."""
    return fold(clean(text)).strip(" .,;:!?…\"'")


def digest(kind: LessonKind, text: str, turns: Sequence[DialogueTurn]) -> str:
    """64 hexadecimal digits over the kind and the words; labels do not count: of two lessons with the same
    words and different labels only one can be true.
    """
    words = [kind.value, folded(text), *(folded(turn.say) or f"[{folded(turn.press)}]" for turn in turns)]
    return sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
