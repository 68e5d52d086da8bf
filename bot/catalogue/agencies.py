"""Agencies of the province and the groups that level lists use for many of them."""

from datetime import date
from enum import Enum

from bot.catalogue.records import Record


class AgencyKind(str, Enum):
    """What an agency is. ``group`` stands for all its members in level lists; ``former`` no longer exists."""

    GROUP = "group"
    PROVINCE = "province"
    DEPARTMENT = "department"
    BOARD = "board"
    DIVISION = "division"
    LAND_REGISTRY = "land_registry"
    COMMUNE = "commune"
    MILITARY = "military"
    SOCIAL_INSURANCE = "social_insurance"
    VERTICAL = "vertical"
    FORMER = "former"


class Agency(Record, frozen=True):
    """An agency; ``code`` as on the national portal (H49.22) or a group code.

    ``groups``: group codes it belongs to (XA, CN-VPDKDD). ``unit``: code of its commune.
    ``valid_to`` is the last day it existed, ``successor`` the code of who took over.
    """

    code: str
    name: str
    kind: AgencyKind
    unit: str | None = None
    groups: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
