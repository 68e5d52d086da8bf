"""How a turn ended: one closed set for code, database, console and metrics."""

from enum import Enum


class Outcome(str, Enum):
    """Outcome of one turn. Every turn has exactly one."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    LISTED = "listed"
    COUNTED = "counted"
    GUIDED = "guided"
    NO_DATA = "no_data"
    COURTESY = "courtesy"
    SAFETY = "safety"
    HANDED_OFF = "handed_off"
    OUT_OF_SCOPE = "out_of_scope"
    ERROR = "error"
