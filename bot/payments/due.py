"""What is due for a procedure, by channel, on a day: never a sum out of its time, a total only if certain.

Pure. Paying in general: Nghị định 118/2025/NĐ-CP, Điều 24.
"""

from dataclasses import dataclass
from datetime import date

from bot.answers.about import names, reply
from bot.answers.about.fee_lines import dated, in_force, is_known, merged, named, not_in_force, reliefs
from bot.answers.about.figures import day, money
from bot.answers.about.lines import bullets, heading, inline, listing, noted
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.enums import Channel, FeeKind
from bot.catalogue.records import Fee, Procedure

_UNSET = frozenset({FeeKind.COUNCIL, FeeKind.REGULATION})


@dataclass(frozen=True)
class TemporaryRelief:
    """A text that lowers fees of many procedures for a while; ``last`` is its last day."""

    law: str
    first: date
    last: date


GENERAL_RELIEFS = (
    TemporaryRelief("Nghị quyết 66.22/2026/NQ-CP, Điều 5", date(2026, 8, 15), date(2027, 2, 28)),
)
"""What these take off a single fee is not in the records: they are named, no sum is worked out."""


@dataclass(frozen=True)
class Due:
    """What is known of the fees of ``procedure`` handed in by ``way`` (None: any) on the day ``on``.

    ``fees``: lines in force whose sum, or whose source, is known. ``unknown``: lines in force the record is
    silent about. ``total``: đồng, None unless exactly one unconditional sum is due (0: free).
    ``other_ways``: channels the record has a fee for when it has none for ``way``.
    """

    procedure: Procedure
    way: Channel | None
    on: date
    fees: tuple[Fee, ...]
    unknown: tuple[Fee, ...] = ()
    other_ways: tuple[Channel, ...] = ()
    total: int | None = None

    @property
    def has_data(self) -> bool:
        """Whether anything can be said about today's fee."""
        return bool(self.fees)

    @property
    def unset(self) -> bool:
        """Whether a fee exists of which the record knows only who sets it."""
        return any(fee.kind in _UNSET for fee in self.fees)

    @property
    def general_reliefs(self) -> tuple[TemporaryRelief, ...]:
        """Texts in force on the day that may lower what is due; none when everything is free."""
        if not any(fee.kind is not FeeKind.FREE for fee in self.fees):
            return ()
        return tuple(relief for relief in GENERAL_RELIEFS if relief.first <= self.on <= relief.last)


def due(procedure: Procedure, way: Channel | None, on: date) -> Due:
    """What is due on this day by this channel."""
    current = [fee for fee in procedure.fees if in_force(fee, on)]
    here = [fee for fee in current if way is None or fee.channel in (None, way)]
    known = tuple(merged([fee for fee in here if is_known(fee)]))
    elsewhere = {fee.channel for fee in current if is_known(fee) and fee.channel not in (None, way)}
    silent = tuple(fee for fee in here if not is_known(fee))
    return Due(
        procedure=procedure,
        way=way,
        on=on,
        fees=known,
        unknown=silent,
        other_ways=() if known or way is None else tuple(c for c in Channel if c in elsewhere),
        total=_total(known) if not silent else None,
    )


def lines(due: Due) -> tuple[Phrase, ...]:
    """The same in words: what is due, who pays less, what has ended or is to come, where to ask."""
    mine = [fee for fee in due.procedure.fees if due.way is None or fee.channel in (None, due.way)]
    others = not_in_force(mine, due.on)
    if not due.has_data:
        return (*_nothing_known(due), *others, reply.where_to_ask(due.procedure))
    ask = due.unset or due.unknown
    return (
        _head(due),
        *bullets(noted(due.procedure, dated(fee, _line(due, fee)), fee.note) for fee in due.fees),
        *(_notes(due.unknown) if due.unknown else ()),
        *((phrase("utter_pay_due_total", amount=money(due.total)),) if due.total else ()),
        *reliefs(due.fees),
        *_general(due),
        *others,
        *((phrase("utter_pay_due_partly"),) if due.unknown else ()),
        *((reply.where_to_ask(due.procedure),) if ask else ()),
        *_laws(due),
    )


def _total(fees: tuple[Fee, ...]) -> int | None:
    """The one sum, if nothing in the record makes it depend on the citizen's case or on a quantity."""
    if len(fees) != 1:
        return None
    (fee,) = fees
    if fee.per or fee.label or fee.note or fee.relief:
        return None
    if fee.kind is FeeKind.FREE:
        return 0
    return fee.amount if fee.kind is FeeKind.AMOUNT else None


def _head(due: Due) -> Phrase:
    name = heading(due.procedure)
    if due.way is None:
        return phrase("utter_about_fee_head", name=name)
    return phrase("utter_pay_due_head", name=name, way=names.channel(due.way))


def _line(due: Due, fee: Fee) -> Phrase:
    """The heading names the channel already."""
    return named(fee, brief=True) if due.way is None else named(_without_channel(fee))


def _without_channel(fee: Fee) -> Fee:
    return Fee(fee.kind, fee.amount, fee.per, fee.label, None, fee.note, fee.relief, fee.legal_basis)


def _nothing_known(due: Due) -> tuple[Phrase, ...]:
    what: Value = phrase("utter_about_what_fee")
    if due.way is not None:
        what = phrase("utter_pay_due_what_way", way=names.channel(due.way))
    elsewhere = tuple(
        phrase("utter_pay_due_other_way", way=names.channel(channel)) for channel in due.other_ways
    )
    missing = phrase("utter_about_missing", name=heading(due.procedure), what=what)
    return (missing, *_notes(due.unknown), *elsewhere)


def _notes(fees: tuple[Fee, ...]) -> tuple[Phrase, ...]:
    return tuple(phrase("utter_about_note", note=inline(fee.note)) for fee in fees if fee.note)


def _general(due: Due) -> tuple[Phrase, ...]:
    return tuple(
        phrase("utter_pay_due_relief", law=relief.law, first=day(relief.first), last=day(relief.last))
        for relief in due.general_reliefs
    )


def _laws(due: Due) -> tuple[Phrase, ...]:
    cited = (fee.legal_basis for fee in due.fees if fee.legal_basis and fee.kind is not FeeKind.REGULATION)
    laws = list(dict.fromkeys(inline(law) for law in cited))
    return (phrase("utter_about_law", law=listing(laws)),) if laws else ()
