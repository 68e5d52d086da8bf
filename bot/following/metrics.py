"""Counters of look-ups. No label carries anything of a citizen."""

from prometheus_client import Counter

LOOKUPS = Counter("qn_dossier_lookups_total", "Look-ups of dossiers, by outcome", ["outcome"])
GUESSING = Counter(
    "qn_dossier_guessing_total", "Look-ups that fit a pattern of guessing codes, by its extent", ["extent"]
)
NEWS = Counter("qn_dossier_news_total", "Changes of followed dossiers noticed, by kind", ["kind"])
