"""The word tables search reads questions with (files of ``data/search``)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.catalogue.search.deeds import DeedTables
from bot.catalogue.search.lexicon import PhraseTable, frame_table, synonym_table


@dataclass(frozen=True)
class SearchTables:
    """``synonyms``: folk words → official words; ``frames``: words that ask; ``deeds``: what is done."""

    synonyms: PhraseTable
    frames: PhraseTable
    deeds: DeedTables


def search_tables(
    synonyms: Iterable[Mapping[str, object]],
    frames: Iterable[str],
    deeds: Mapping[str, Mapping[str, Iterable[str]]],
) -> SearchTables:
    """Tables from the parsed files ``synonyms.yaml``, ``frames.yaml`` and ``deeds.yaml``."""
    return SearchTables(synonym_table(synonyms), frame_table(frames), DeedTables(deeds))
