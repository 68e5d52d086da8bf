"""Which published list a figure stands on, and its date."""

from collections.abc import Iterable

from bot.answers.phrase import Phrase, phrase
from bot.catalogue.records import Procedure


def snapshot_line(procedures: Iterable[Procedure]) -> tuple[Phrase, ...]:
    """Source and date of the newest level statement of a selection; nothing when there is none."""
    newest = max(
        (statement for p in procedures for statement in p.levels),
        key=lambda statement: statement.stated_on,
        default=None,
    )
    if newest is None:
        return ()
    return (phrase("utter_list_source", source=newest.source, date=newest.stated_on.strftime("%d/%m/%Y")),)
