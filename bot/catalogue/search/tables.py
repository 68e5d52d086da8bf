"""The word tables search reads questions with (files of ``data/search``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.catalogue.search.deeds import DeedTables
from bot.catalogue.search.lexicon import PhraseTable, frame_table, synonym_table


@dataclass(frozen=True)
class SearchTables:
    """``synonyms``: folk words → official words; ``frames``: words that ask; ``deeds``: what is done;
    ``everyday``: words of every sentence, which official names only happen to hold.
    """

    synonyms: PhraseTable
    frames: PhraseTable
    deeds: DeedTables
    everyday: PhraseTable


def search_tables(
    synonyms: Iterable[Mapping[str, object]],
    frames: Iterable[str],
    deeds: Mapping[str, Mapping[str, Iterable[str]]],
    everyday: Iterable[str],
) -> SearchTables:
    """Tables from the parsed files ``synonyms.yaml``, ``frames.yaml``, ``deeds.yaml``, ``everyday.yaml``."""
    return SearchTables(
        synonym_table(synonyms), frame_table(frames), DeedTables(deeds), frame_table(everyday)
    )
