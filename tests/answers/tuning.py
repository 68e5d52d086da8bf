"""Fixed numbers for the small city, so that a new fit of the shipped ones moves no conversation test."""

from bot.answers.resolve import Thresholds
from bot.catalogue.search import RankingModel
from bot.knowledge_source import Tuning

FIXED = Tuning(
    RankingModel(
        {
            "best_score": 1.0,
            "share_of_best": 6.0,
            "name_heard": 3.0,
            "official_heard": 2.0,
            "query_covered": 4.0,
            "words_covered": 2.0,
            "alias_said": 5.0,
            "popularity": 0.8,
            "curated": 0.5,
            "in_force": 0.6,
            "level_said": 0.2,
            "level_against": -0.3,
            "in_context": 1.0,
            "same_field": 0.3,
            "deed_agrees": 0.0,
            "deed_conflicts": 0.0,
            "deed_unasked": 0.0,
            "body_covered": 0.0,
            "accents_agree": 0.0,
            "pairs_heard": 0.0,
        },
        nothing=10.0,
    ),
    Thresholds(certain=0.6, lead=2.0, lead_floor=0.35, possible=0.25, follow_up=0.3),
)
