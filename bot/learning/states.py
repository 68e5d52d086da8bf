"""Closed sets of the learning loop, shared by code, database, console and metrics. Pure."""

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


class TrainingState(str, Enum):
    """Where a run of "train and compare" stands."""

    QUEUED = "queued"
    TRAINING = "training"
    MEASURING = "measuring"
    COMPARING = "comparing"
    RELEASED = "released"
    """Measured and fit to serve; nobody has to activate it."""
    HELD_BACK = "held_back"
    """Measured and not fit to serve."""
    FAILED = "failed"
    CANCELLED = "cancelled"
