"""What the pages of lessons say of faults and doubts, and how they read fields of procedures."""

import re
from collections.abc import Mapping

from sqlalchemy.engine import Connection

from bot.learning.deidentified import Suspicion
from bot.learning.lessons import Fault
from bot.reviews.procedures import find_procedures

LESSONS = "/console/lessons"
HINTS = 5
_BETWEEN = re.compile(r"[;,\n]")

FAULTS: Mapping[Fault, tuple[str, str]] = {
    Fault.EMPTY: ("text", "error_required"),
    Fault.TOO_LONG: ("text", "error_too_long"),
    Fault.REASON: ("reason", "error_required"),
    Fault.INTENT: ("intent", "error_lesson_intent"),
    Fault.SCOPE: ("in_scope", "error_lesson_scope"),
    Fault.TURNS: ("turns", "error_lesson_turns"),
    Fault.UNKNOWN_PROCEDURE: ("procedures", "error_procedure"),
    Fault.IDENTIFYING: ("text", "error_lesson_identifying"),
    Fault.NO_CONSENT: ("text", "error_lesson_no_consent"),
    Fault.SAME_WORDS: ("text", "error_lesson_same_words"),
    Fault.GONE: ("text", "error_lesson_gone"),
    Fault.ALREADY: ("text", "error_lesson_already"),
    Fault.MEASURED: ("text", "error_lesson_measured"),
}
"""Field and text for each fault of a proposal."""

OUTDATED: Mapping[Fault, str] = {
    Fault.NO_CONSENT: "fault_lesson_no_consent",
    Fault.GONE: "fault_lesson_gone",
    Fault.UNKNOWN_PROCEDURE: "fault_lesson_procedure",
}
"""What an approval says when something is gone since the lesson was proposed."""

DOUBTS: Mapping[Suspicion, str] = {
    Suspicion.IDENTIFIER: "lesson_doubt_identifier",
    Suspicion.DOSSIER: "lesson_doubt_dossier",
    Suspicion.NUMBER: "lesson_doubt_number",
    Suspicion.ADDRESS: "lesson_doubt_address",
    Suspicion.NAME: "lesson_doubt_name",
    Suspicion.LINK: "lesson_doubt_link",
}


def read_codes(connection: Connection, text: str) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Codes of procedures told by code or name, one after the other; and (code, name) of what may be meant by
    the first that is not clear.
    """
    codes: list[str] = []
    for words in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        found = find_procedures(connection, words)
        exact = [code for code, _ in found if code == words]
        if not exact and len(found) != 1:
            return tuple(codes), found[:HINTS] or [("", words)]
        codes.append(exact[0] if exact else found[0][0])
    return tuple(dict.fromkeys(codes)), []
