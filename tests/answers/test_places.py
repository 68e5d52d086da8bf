"""A place name read wrongly sends a citizen to the wrong counter."""

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.places import read_place


def test_a_commune_of_today_is_known_by_its_full_name(catalogue):
    unit = next(iter(catalogue.current_units.values()))
    mention = read_place(unit.name, catalogue)
    assert mention is not None and (mention.kind, mention.value) == ("unit", unit.code)


def test_an_abolished_district_lists_its_communes_of_today(ask, turn, assistant, read):
    district = next(
        part.district for unit in assistant.catalogue.current_units.values() for part in unit.formed_from
    )
    asked = turn(f"{district} giờ là đâu", Intent.ASK_UNIT, old_district=district)
    reply = assistant.respond(asked, Context())
    expected = [
        unit.name
        for unit in assistant.catalogue.current_units.values()
        if any(part.district == district for part in unit.formed_from)
    ]
    assert all(name in read(reply) for name in expected)
