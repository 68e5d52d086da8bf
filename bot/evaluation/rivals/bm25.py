"""Plain full-text search: SQLite's FTS5 with its own BM25 and nothing else."""

import re
import sqlite3
from collections.abc import Sequence

from bot.catalogue.records import Procedure
from bot.evaluation.rivals.guess import PLACES, Guess
from bot.evaluation.rivals.names import names_of

_WORD = re.compile(r"\w+")


class Bm25:
    """One document a procedure, all its names in one text; a question is any of its words.

    SQLite's own tokenizer takes the accents off both (``đ`` it keeps as a letter of its own).
    """

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        self._documents = sqlite3.connect(":memory:")
        self._documents.execute(
            "CREATE VIRTUAL TABLE document USING fts5"
            "(code UNINDEXED, names, tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._documents.executemany(
            "INSERT INTO document VALUES (?, ?)",
            [(procedure.code, "\n".join(names_of(procedure))) for procedure in procedures],
        )

    def __call__(self, question: str) -> Guess:
        words = dict.fromkeys(_WORD.findall(question.lower()))
        if not words:
            return Guess()
        found = self._documents.execute(
            "SELECT code FROM document WHERE document MATCH ? ORDER BY rank, code LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), PLACES),
        )
        return Guess(tuple(code for (code,) in found))
