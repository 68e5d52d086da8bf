"""Short messages that several procedures fit: "thủ tục sổ đỏ", "trợ cấp mai táng"."""

from bot.answers.knowledge import Knowledge
from bot.answers.resolve import Band, Resolution
from bot.answers.subject import named, unexplained

MOST_WORDS = 4
BEYOND_DOUBT = 0.9
RIVALS = 0.2


def asked_apart(found: Resolution, text: str, knowledge: Knowledge) -> Resolution:
    """Unsure instead of certain where a short message says nothing that sets the best apart.

    It says no deed, and rivals called by names that hold as many of its words as the best one's have a
    chance of ``RIVALS`` together.
    """
    if found.band is not Band.CERTAIN or not found.candidates:
        return found
    best, *others = found.candidates
    if best.score >= BEYOND_DOUBT or knowledge.resolver.says_deed(text):
        return found
    words = knowledge.resolver.own_words(text)
    if len(words) > MOST_WORDS:
        return found
    procedures = knowledge.catalogue.procedures
    least = unexplained(words, named(procedures[best.code]))
    rivals = (other for other in others if unexplained(words, named(procedures[other.code])) <= least)
    doubt = sum(rival.score for rival in rivals) >= RIVALS
    return Resolution(Band.UNSURE, None, found.candidates) if doubt else found
