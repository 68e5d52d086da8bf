"""Every value of the catalogue's closed sets has its Vietnamese name."""

from __future__ import annotations

from bot.answers.about import names
from bot.answers.wording import Wording
from bot.catalogue.enums import AdminLevel, Channel, Handler, LevelScheme, LevelValue, TimeUnit

OLD = {LevelValue.ONE, LevelValue.TWO, LevelValue.THREE, LevelValue.FOUR}


def test_no_value_is_nameless(wording: Wording) -> None:
    """A missing name would end the answer in an error message."""
    phrases = [names.channel(value) for value in Channel]
    phrases += [names.channel_handed_in(value) for value in Channel]
    phrases += [names.admin_level(value) for value in AdminLevel]
    phrases += [names.handler(value) for value in Handler]
    phrases += [names.duration(value, "3") for value in TimeUnit]
    phrases += [
        names.level(LevelScheme.S2011 if value in OLD else LevelScheme.S2022, value) for value in LevelValue
    ]
    assert all(wording.say(name) for name in phrases)


def test_old_levels_always_name_their_scale(wording: Wording) -> None:
    """A bare "mức 4" means five different things in 2026."""
    for value in OLD:
        assert "thang 4 mức cũ" in wording.say(names.level(LevelScheme.S2011, value))
