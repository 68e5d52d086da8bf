"""What a turn changed for the reminders: the case file before compared with the one after. Pure."""

from collections.abc import Iterator
from enum import Enum

from bot.dossiers.casefile import OPEN, CaseFile, Draft, Phase
from bot.dossiers.orders import NAME
from bot.dossiers.step import Kind


class Change(Enum):
    """What happened to a draft."""

    LEFT = "left"
    """Ready but not handed in, or put off."""
    CODE_ASKED = "code_asked"
    """Said to be handed in; the code is still to be told."""
    OVER = "over"
    """Handed in or given up."""


def changes(before: CaseFile, after: CaseFile) -> Iterator[tuple[Change, str]]:
    """Changes with the ids of their drafts; the same again for a turn that is run again."""
    asked = after.waiting if after.waiting != before.waiting else None
    code_of = asked.subject if asked and asked.flow == NAME and asked.topic == Kind.CODE.value else None
    for draft in after.drafts:
        known = before.draft(draft.id)
        if draft.phase not in OPEN:
            if known is None or known.phase in OPEN:
                yield Change.OVER, draft.id
        elif draft.id == code_of:
            yield Change.CODE_ASKED, draft.id
        elif _is_left(draft) and (known is None or not _is_left(known)):
            yield Change.LEFT, draft.id


def _is_left(draft: Draft) -> bool:
    return draft.phase is Phase.READY or draft.set_aside
