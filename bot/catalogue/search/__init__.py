"""Catalogue search: from a citizen's words to procedures, with calibrated scores."""

from bot.catalogue.search.features import Setting
from bot.catalogue.search.index import Hit, SearchIndex
from bot.catalogue.search.lexicon import PhraseTable, frame_table, synonym_table
from bot.catalogue.search.model import RankingModel

__all__ = ["Hit", "PhraseTable", "RankingModel", "SearchIndex", "Setting", "frame_table", "synonym_table"]
