"""Closed sets of lessons, shared by code, database and console. Pure."""

from enum import Enum


class LessonKind(str, Enum):
    """What a correction becomes."""

    TRAINING = "training"
    """An example of a kind of question."""
    EVALUATION = "evaluation"
    """A labelled question that every later model is measured with."""
    JOURNEY = "journey"
    """A labelled conversation that every later model has to hold."""


class LessonOrigin(str, Enum):
    """Whose words a lesson has."""

    CITIZEN = "citizen"
    """Of a citizen who agreed to it, without anything that says who they are."""
    REWRITTEN = "rewritten"
    """Of the member of staff who proposes it."""


class LessonState(str, Enum):
    """Where a lesson stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever proposed it."""
    RETIRED = "retired"
    """It was learned from until somebody took it out again, or its citizen took the consent back."""
