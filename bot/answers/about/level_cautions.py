"""What a level means for the citizen, and what our reading of the law adds to it."""

from collections.abc import Sequence

from bot.answers.about.lines import bullets, inline
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.enums import LevelValue
from bot.catalogue.records import LevelReading, LevelStatement, Procedure

EXTENT = {
    LevelValue.ONE: 0,
    LevelValue.TWO: 0,
    LevelValue.INFORMATION: 0,
    LevelValue.THREE: 1,
    LevelValue.PARTIAL: 1,
    LevelValue.FOUR: 2,
    LevelValue.FULL: 2,
}
"""How much can be done online: nothing, part, all (for comparing a statement with the reading)."""


def meanings(procedure: Procedure, statements: Sequence[LevelStatement]) -> tuple[Phrase, ...]:
    """What can be done at home for every level stated, and why not everything when partial."""
    lines: list[Phrase] = []
    for value in dict.fromkeys(statement.value for statement in statements):
        claimed = procedure.reading is not None and EXTENT[value] > EXTENT[procedure.reading.value]
        lines.append(phrase(f"utter_about_{'claimed' if claimed else 'home'}_{value.value}"))
        if value is LevelValue.PARTIAL:
            lines.extend(_published_reason(statements) or _reason(procedure.reading))
    return tuple(lines)


def disagreement(procedure: Procedure, values: Sequence[LevelValue]) -> tuple[Phrase, ...]:
    """A caution when the law, as we read it, allows less or more than is published."""
    reading = procedure.reading
    if reading is None:
        return ()
    allowed = EXTENT[reading.value]
    if any(EXTENT[value] > allowed for value in values):
        return (*explain("utter_about_caution_law", reading), phrase("utter_about_caution_less"))
    if any(EXTENT[value] < allowed for value in values):
        return (*explain("utter_about_caution_law", reading), phrase("utter_about_caution_more"))
    return ()


def explain(opening: str, reading: LevelReading) -> tuple[Phrase, ...]:
    """The reading's reason with its law behind the ``opening`` response, then the steps in person."""
    lines: list[Phrase] = []
    if reading.reason:
        lines.append(phrase(opening, reason=_with_law(reading.reason, reading.legal_basis)))
    if reading.offline_steps:
        lines.append(phrase("utter_about_offline_steps"))
        lines.extend(bullets(inline(step) for step in reading.offline_steps))
    return tuple(lines)


def _published_reason(statements: Sequence[LevelStatement]) -> tuple[Phrase, ...]:
    reasons = dict.fromkeys((s.reason, s.legal_basis) for s in statements if s.reason)
    return tuple(phrase("utter_about_partial_published", reason=_with_law(*pair)) for pair in reasons)


def _reason(reading: LevelReading | None) -> tuple[Phrase, ...]:
    if reading is None or reading.value is not LevelValue.PARTIAL:
        return (phrase("utter_about_partial_unexplained"),)
    return explain("utter_about_partial_reason", reading)


def _with_law(reason: str, law: str) -> Value:
    if not law:
        return inline(reason)
    return phrase("utter_about_reason_law", reason=inline(reason), law=inline(law))
