"""The wish to be led through a dossier now, told from the question what it takes."""

import re
from collections.abc import Sequence

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.text import fold

Ranking = tuple[tuple[Intent, float], ...]

_WISH = re.compile(
    r"\b(?:giup|ho|huong dan|chi|bat dau|cung)\b.{0,24}"
    r"\b(?:lam|dien|soan|lap|ke khai)\s+(?:(?:bo|cai|1|mot)\s+)?ho so\b"
)
_ASKS = re.compile(r"\b(?:gi|nao|sao|dau|may|bao nhieu|bao lau|khong|ai)\b")
LEAST = 0.05


def start_first(ranking: Sequence[tuple[Intent, float]], text: str) -> Ranking:
    """The ranking with ``START_DOSSIER`` first where the words ask for help with the making ("giúp tôi làm hồ
    sơ …") and for nothing else, and the classifier holds it second to a question about a procedure.
    """
    kinds = tuple(ranking)
    if len(kinds) < 2 or kinds[1][0] is not Intent.START_DOSSIER or kinds[1][1] < LEAST:
        return kinds
    if kinds[0][0] not in ABOUT_A_PROCEDURE:
        return kinds
    folded = fold(text)
    if not _WISH.search(folded) or _ASKS.search(folded):
        return kinds
    (first, best), (second, lesser) = kinds[:2]
    return ((second, best), (first, lesser), *kinds[2:])
