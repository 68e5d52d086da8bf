"""What a list or a count is about, in words."""

from bot.answers.context import ListQuery
from bot.answers.phrase import Phrase, phrase
from bot.catalogue.enums import LevelValue
from bot.catalogue.view import Catalogue


def scope_of(query: ListQuery, catalogue: Catalogue) -> Phrase:
    """ "… lĩnh vực Hộ tịch của UBND phường Hồng Gai"."""
    parts: list[Phrase] = []
    if query.field:
        parts.append(phrase("utter_scope_field", field=query.field))
    agency = catalogue.agencies.get(query.agency or "")
    unit = catalogue.current_units.get(query.unit or "")
    if agency:
        parts.append(phrase("utter_scope_agency", agency=agency.name))
    elif unit:
        parts.append(phrase("utter_scope_unit", unit=unit.name))
    if not parts:
        return phrase("utter_scope_all")
    if len(parts) == 1:
        return parts[0]
    return phrase("utter_scope_both", first=parts[0], second=parts[1])


def level_word(value: str) -> Phrase:
    """Today's word for a level on the 2022 scale."""
    return phrase(f"utter_level_word_{LevelValue(value).value}")
