"""What a consent or a reminder is about: a draft, a dossier, or nothing in particular. Pure."""

import re

from bot.notices.purpose import Purpose

_DRAFT = re.compile(r"[0-9a-f]{12}")
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
SHOWN = 4
"""Characters of a code that may stand in a message on a platform."""


def is_draft(subject: str) -> bool:
    """Whether this is the id of a draft."""
    return _DRAFT.fullmatch(subject) is not None


def purpose_of(subject: str) -> Purpose:
    """What is asked for with a subject: reminders of a draft, or else following a dossier."""
    if subject in _PURPOSES:
        return _PURPOSES[subject]
    return Purpose.REMINDERS if is_draft(subject) or not subject else Purpose.FOLLOW


def act_of(subject: str) -> str:
    """What brings the citizen to a subject; empty when it is about nothing in particular."""
    if not subject or subject in _PURPOSES:
        return ""
    return f"guide:resume:{subject}" if is_draft(subject) else f"follow:code:{subject}"


def tail(subject: str) -> str:
    """The end of a code, as much as may be shown; empty for anything but a code."""
    return subject[-SHOWN:] if act_of(subject) and not is_draft(subject) else ""
