"""The queues a page can show. Pure."""

from enum import Enum


class View(str, Enum):
    """A tab of the page of queues."""

    WAITING = "waiting"
    MINE = "mine"
    OTHERS = "others"
    LEFT = "left"
    ENDED = "ended"
