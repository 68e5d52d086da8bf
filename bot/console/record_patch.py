"""What an edited record differs in, as an amendment states it. Pure."""

from typing import Any

from bot.catalogue.amending import PLAIN_LISTS
from bot.catalogue.diffing import changes
from bot.catalogue.records import Procedure


def patch_of(old: Procedure, new: Procedure) -> dict[str, Any]:
    """Field → ``{"set": value}``; lists of plain words as what is added and removed where that says it all,
    so that what an import adds to the list meanwhile stays. Empty when nothing differs.
    """
    made: dict[str, Any] = {}
    for change in changes(old, new):
        before, after = list(change.old or ()), change.new
        if change.field in PLAIN_LISTS:
            added = [item for item in after if item not in before]
            removed = [item for item in before if item not in after]
            if [item for item in before if item not in removed] + added == list(after):
                made[change.field] = {
                    key: items for key, items in (("add", added), ("remove", removed)) if items
                }
                continue
        made[change.field] = {"set": list(after) if isinstance(after, tuple) else after}
    return made
