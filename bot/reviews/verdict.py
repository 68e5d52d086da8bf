"""What a reviewer says of a turn: closed sets shared by code, database, console and metrics. Pure."""

from enum import Enum


class Verdict(str, Enum):
    """Whether the answer was right."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    HARMFUL = "harmful"
    """Wrong so that a citizen loses a day, money or a right."""


class Reason(str, Enum):
    """Why an answer was not right."""

    OTHER_PROCEDURE = "other_procedure"
    OTHER_QUESTION = "other_question"
    STALE = "stale"
    """The record behind it is out of date."""
    MISSING_RECORD = "missing_record"
    MISSING_FACT = "missing_fact"
    UNCLEAR = "unclear"
    SHOULD_ASK = "should_ask"
    SHOULD_HAND_OFF = "should_hand_off"
    OTHER = "other"
