"""Administrative units of the province, with what each was formed from on 1/7/2025."""

from datetime import date
from enum import Enum

from bot.catalogue.records import Record


class UnitType(str, Enum):
    """Types of units; ``huyen``, ``thi_xa``, ``thanh_pho`` and ``thi_tran`` ended on 30/6/2025."""

    PHUONG = "phuong"
    XA = "xa"
    DAC_KHU = "dac_khu"
    THI_TRAN = "thi_tran"
    HUYEN = "huyen"
    THI_XA = "thi_xa"
    THANH_PHO = "thanh_pho"
    TINH = "tinh"
    THANH_PHO_TW = "thanh_pho_tw"


class Extent(str, Enum):
    """How much of an old unit went into a new one."""

    FULL = "full"
    PART = "part"


class OldUnit(Record, frozen=True):
    """An old commune inside a new one. ``area_only``: only land without residents moved."""

    name: str
    code: str
    district: str
    extent: Extent
    area_only: bool = False


class Unit(Record, frozen=True):
    """A unit; 5-digit ``code`` (reused on 1/7/2025, so unique only among units of one day).

    ``parent`` is the code above it: the district for old communes, 22 for the 54 of today.
    ``valid_to`` is the last day; ``formed_from`` is filled for the 54 units of today.
    """

    code: str
    name: str
    type: UnitType
    short_name: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    basis: str = ""
    formed_from: tuple[OldUnit, ...] = ()
