"""The catalogue's own record: one procedure as files, database and answers see it.

Immutable and free of I/O. ``docs/catalogue-format.md`` explains every field to editors.
"""

from datetime import date

import msgspec

from bot.catalogue.enums import (
    AdminLevel,
    Channel,
    FeeKind,
    Handler,
    LevelScheme,
    LevelValue,
    Need,
    Scope,
    TimeUnit,
)


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of all records: immutable, unknown fields refused, defaults left out of files. Made of texts and
    numbers, they can never hold themselves, so that nothing looks for such rings.
    """


class Source(Record, frozen=True):
    """Where a record was read and when. ``checked_on``: last comparison with the source by a person."""

    title: str
    url: str | None = None
    retrieved_on: date | None = None
    checked_on: date | None = None


class TimeLimit(Record, frozen=True):
    """Processing time by one channel (``None``: any). ``note`` keeps conditions of the source."""

    unit: TimeUnit
    value: float | None = None
    channel: Channel | None = None
    note: str = ""


class Fee(Record, frozen=True):
    """One fee line. ``amount`` in đồng, only for ``kind=amount``; ``valid_to`` is the last day in force."""

    kind: FeeKind
    amount: int | None = None
    per: str = ""
    label: str = ""
    channel: Channel | None = None
    note: str = ""
    relief: str = ""
    legal_basis: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Paper(Record, frozen=True):
    """A paper of the dossier. ``database``: the register that replaces it, for ``need=database|number``.
    ``optional``: only some people have or need it, as its name or note says.
    """

    name: str
    need: Need = Need.SUBMIT
    originals: int = 0
    copies: int = 0
    form: str | None = None
    database: str | None = None
    note: str = ""
    optional: bool = False


class Case(Record, frozen=True):
    """A situation that changes the papers, on top of the papers common to all cases."""

    id: str
    label: str
    papers: tuple[Paper, ...] = ()
    note: str = ""


class Option(Record, frozen=True):
    """An answer to a branch question. ``cases``: ids of the cases it puts the citizen in; ``note``: what it
    changes, told at once; ``instead``: code of the procedure that is the right one then; ``stop``: why
    nothing can be filed then. ``papers``: needed on top when no case of the record says so.
    """

    id: str
    label: str
    cases: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    note: str = ""
    instead: str | None = None
    stop: str = ""


class Question(Record, frozen=True):
    """What has to be known before the papers can be told, asked in the order of the record.

    ``when``: options of earlier questions as ``question=option``; asked only if one of them was chosen
    (empty: always). ``why``: what hangs on the answer.
    """

    id: str
    ask: str
    options: tuple[Option, ...]
    when: tuple[str, ...] = ()
    why: str = ""


class Form(Record, frozen=True):
    """A form to fill in: official name, its code and the text that issued it."""

    name: str
    code: str | None = None
    issued_by: str = ""


class LevelStatement(Record, frozen=True):
    """A published statement: these agencies offer this service at this level on this date.

    ``agencies`` are codes or group codes (XA, CN-VPDKDD, CHQS-XA) of ``agencies.csv``. ``reason`` and
    ``legal_basis``: why only a part is online, as NĐ 224/2026 Đ14 wants it published.
    """

    agencies: tuple[str, ...]
    scheme: LevelScheme
    value: LevelValue
    stated_on: date
    source: str
    service_code: str = ""
    variant: str = ""
    submit_url: str | None = None
    system: str = ""
    trial: bool = False
    reason: str = ""
    legal_basis: str = ""


class LevelReading(Record, frozen=True):
    """Our own reading of the law, shown beside a statement as a caution, never instead of it."""

    value: LevelValue
    reason: str = ""
    legal_basis: str = ""
    offline_steps: tuple[str, ...] = ()
    scheme: LevelScheme = LevelScheme.S2022


class Era(Record, frozen=True):
    """What held before the present version; ``valid_to`` is the last day it held."""

    valid_to: date
    source: str
    valid_from: date | None = None
    authority: str = ""
    place: str = ""
    admin_level: AdminLevel | None = None
    scheme: LevelScheme | None = None
    level: LevelValue | None = None
    note: str = ""


class Result(Record, frozen=True):
    """What the citizen receives and how long it is valid ("" when the source is silent)."""

    name: str
    validity: str = ""


class Procedure(Record, frozen=True):
    """A procedure in its present version with its history."""

    code: str
    name: str
    source: Source
    field: str = ""
    short_name: str = ""
    issuer: str = ""
    decision: str = ""
    handler: Handler = Handler.OTHER
    scope: Scope = Scope.IN_FORCE
    admin_levels: tuple[AdminLevel, ...] = ()
    authority: str = ""
    place: str = ""
    applicants: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    times: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    papers: tuple[Paper, ...] = ()
    cases: tuple[Case, ...] = ()
    questions: tuple[Question, ...] = ()
    forms: tuple[Form, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    legal_basis: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    levels: tuple[LevelStatement, ...] = ()
    reading: LevelReading | None = None
    history: tuple[Era, ...] = ()
    valid_from: date | None = None
    curated: bool = False
    popularity: int = 0

    @property
    def label(self) -> str:
        """Name for buttons and headings."""
        return self.short_name or self.name
