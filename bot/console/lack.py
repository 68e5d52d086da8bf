"""Why the assistant suggests nothing. Pure."""

from enum import Enum


class Lack(str, Enum):
    """Why there is no suggestion."""

    NO_QUESTION = "no_question"
    NO_MODEL = "no_model"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
