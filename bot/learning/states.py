"""Closed sets of the learning loop, shared by code, database, console and metrics. Pure."""

from enum import Enum

from bot.reviews.lesson_states import LessonKind, LessonOrigin, LessonState

__all__ = ["LessonKind", "LessonOrigin", "LessonState", "TrainingState"]


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
