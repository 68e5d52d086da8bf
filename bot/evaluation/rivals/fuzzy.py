"""Plain fuzzy matching: rapidfuzz over all names, accents taken off."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from bot.catalogue.records import Procedure
from bot.evaluation.rivals.guess import PLACES, Guess
from bot.evaluation.rivals.names import names_of
from bot.text import fold

_MOST_NAMES = 100
"""Best names looked at: a procedure may have many among them."""


class Fuzzy:
    """A procedure is as near as the nearest of its names by ``token_set_ratio``, of rapidfuzz's scorers the
    one that finds most; equally near ones stay in the order of the catalogue.
    """

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        named = [(name, procedure.code) for procedure in procedures for name in names_of(procedure)]
        self._names = [utils.default_process(fold(name)) for name, _ in named]
        self._codes = [code for _, code in named]

    def __call__(self, question: str) -> Guess:
        near = process.extract(
            utils.default_process(fold(question)), self._names, scorer=fuzz.token_set_ratio, limit=_MOST_NAMES
        )
        return Guess(tuple(dict.fromkeys(self._codes[row] for _, _, row in near))[:PLACES])
