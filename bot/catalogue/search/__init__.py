"""Catalogue search: from a citizen's words to procedures, with calibrated scores."""

from bot.catalogue.search.features import Setting
from bot.catalogue.search.index import Hit, SearchIndex
from bot.catalogue.search.lexicon import PhraseTable
from bot.catalogue.search.model import RankingModel
from bot.catalogue.search.tables import SearchTables, search_tables

__all__ = ["Hit", "PhraseTable", "RankingModel", "SearchIndex", "SearchTables", "Setting", "search_tables"]
