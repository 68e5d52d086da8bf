"""What a consent or reminder is about: a draft, dossier, payment, procedure or nothing special. Pure."""

import re

from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose

_DRAFT = re.compile(r"[0-9a-f]{12}")
_PURPOSES = {purpose.value: purpose for purpose in Purpose}
_CHANGES = f"{Purpose.CHANGES.value}/"
_OWN_ACTS = {Kind.REGISTRATION_NEWS: "submit:state:", Kind.PAYMENT_NEWS: "pay:state:"}
SHOWN = 4
"""Characters of a code that may stand in a message on a platform."""


def is_draft(subject: str) -> bool:
    """Whether this is the id of a draft."""
    return _DRAFT.fullmatch(subject) is not None


def purpose_of(subject: str) -> Purpose:
    """What is asked for with a subject: reminders of a draft, changes of a procedure, or else following a
    dossier.
    """
    if subject in _PURPOSES:
        return _PURPOSES[subject]
    if subject.startswith(_CHANGES):
        return Purpose.CHANGES
    return Purpose.REMINDERS if is_draft(subject) or not subject else Purpose.FOLLOW


def changes_of(code: str) -> str:
    """The subject of a wish to be told when this procedure changes."""
    return _CHANGES + code


def procedure_in(subject: str) -> str:
    """The code of the procedure in such a subject; empty in any other."""
    return subject.removeprefix(_CHANGES) if subject.startswith(_CHANGES) else ""


def act_of(kind: Kind, subject: str) -> str:
    """What brings the citizen to a subject; empty when it is about nothing in particular."""
    if not subject:
        return ""
    if kind in _OWN_ACTS:
        return _OWN_ACTS[kind] + subject
    return f"guide:resume:{subject}" if is_draft(subject) else f"follow:code:{subject}"


def tail(kind: Kind, subject: str) -> str:
    """The end of a dossier code, as much as may be shown; empty for any other subject."""
    if kind is Kind.PROCEDURE_CHANGED or kind in _OWN_ACTS or is_draft(subject):
        return ""
    return subject[-SHOWN:]
