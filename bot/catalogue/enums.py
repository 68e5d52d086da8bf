"""Closed sets of the catalogue, shared by code, database, files and console."""

from enum import Enum


class AdminLevel(str, Enum):
    """Level of government that decides. ``district`` exists only in history (abolished 1/7/2025)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class Handler(str, Enum):
    """Which service a resident has to turn to; vertical agencies run their own counters."""

    COMMUNE = "commune"
    PROVINCE = "province"
    LAND_REGISTRY = "land_registry"
    MILITARY = "military"
    POLICE = "police"
    TAX = "tax"
    SOCIAL_INSURANCE = "social_insurance"
    CUSTOMS = "customs"
    STATE_BANK = "state_bank"
    MINISTRY = "ministry"
    OTHER = "other"


class Scope(str, Enum):
    """Why a procedure is in the catalogue.

    ``in_force``: offered by Quảng Ninh's own agencies; ``nationwide``: run by a
    ministry or vertical agency for everybody.
    """

    IN_FORCE = "in_force"
    NATIONWIDE = "nationwide"


class Channel(str, Enum):
    """How a dossier is handed in."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class TimeUnit(str, Enum):
    """Unit of a time limit. ``unknown`` when the source omits it: never guessed."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WORKING_HOUR = "working_hour"
    HOUR = "hour"
    MONTH = "month"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


class LevelScheme(str, Enum):
    """Which scale a level is stated on (NĐ 43/2011, NĐ 42/2022 and NĐ 224/2026)."""

    S2011 = "2011"
    S2022 = "2022"


class LevelValue(str, Enum):
    """A level: 1–4 on the 2011 scale, words on the 2022 scale."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    INFORMATION = "information"
    PARTIAL = "partial"
    FULL = "full"


class Need(str, Enum):
    """What the citizen does with a paper."""

    SUBMIT = "submit"
    SHOW = "show"
    NUMBER = "number"
    DATABASE = "database"


class FeeKind(str, Enum):
    """``council``: set by the People's Council, amount not in the record; ``regulation``: by a cited text."""

    AMOUNT = "amount"
    FREE = "free"
    COUNCIL = "council"
    REGULATION = "regulation"
    UNKNOWN = "unknown"


class ImportKind(str, Enum):
    """A file to import: ours, a crawl of pages, an answer of the national portal, or a list of levels."""

    OWN = "own"
    CRAWL = "crawl"
    NATIONAL = "national"
    LEVELS = "levels"


class AmendmentState(str, Enum):
    """Where a change of a record stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    """It waits for its first day."""
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever proposed it."""
    ABSORBED = "absorbed"
    """The source says the same by now."""
    REVERTED = "reverted"
    """It held until somebody took it out again."""
