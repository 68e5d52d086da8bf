"""One fee as a line of an answer, and which fees hold on a day."""

from collections.abc import Sequence
from datetime import date

from msgspec import structs

from bot.answers.about import names
from bot.answers.about.figures import day, money
from bot.answers.about.lines import inline
from bot.answers.phrase import Phrase, phrase
from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Fee


def in_force(fee: Fee, on: date) -> bool:
    """Whether the fee holds on this day; both ends belong to its time."""
    started = fee.valid_from is None or fee.valid_from <= on
    return started and (fee.valid_to is None or on <= fee.valid_to)


def is_known(fee: Fee) -> bool:
    """Whether the record says anything: a sum, that it is free, or who sets it."""
    return fee.amount is not None if fee.kind is FeeKind.AMOUNT else fee.kind is not FeeKind.UNKNOWN


def merged(fees: Sequence[Fee]) -> list[Fee]:
    """One line for all channels where they do not differ."""
    channels = {fee.channel for fee in fees}
    kept: dict[Fee, None] = {}
    for fee in fees:
        common = structs.replace(fee, channel=None)
        same = {other.channel for other in fees if structs.replace(other, channel=None) == common}
        kept[common if len(same) > 1 and same == channels else fee] = None
    return list(kept)


def dated(fee: Fee, line: Phrase) -> Phrase:
    """The line with the last day of the fee, if it has one."""
    if fee.valid_to is None:
        return line
    return phrase("utter_about_fee_until", fee=line, date=day(fee.valid_to))


def named(fee: Fee, brief: bool = False) -> Phrase:
    """The sum with what it is for and the channel it holds for."""
    line = _sum(fee)
    if fee.label:
        line = phrase("utter_about_fee_of", what=inline(fee.label), fee=line)
    if fee.channel and brief:
        line = phrase("utter_about_with_note", fact=line, note=names.channel(fee.channel))
    elif fee.channel:
        line = phrase("utter_about_fee_of", what=names.channel_handed_in(fee.channel), fee=line)
    return line


def not_in_force(fees: Sequence[Fee], on: date) -> tuple[Phrase, ...]:
    """Known fees that ended before ``on`` or begin after it, each with its date."""
    lines: list[Phrase] = []
    for fee in merged([fee for fee in fees if is_known(fee) and not in_force(fee, on)]):
        if fee.valid_to and fee.valid_to < on:
            lines.append(phrase("utter_about_fee_ended", fee=named(fee), date=day(fee.valid_to)))
        elif fee.valid_from:
            lines.append(phrase("utter_about_fee_from", fee=named(fee), date=day(fee.valid_from)))
    return tuple(lines)


def reliefs(fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    """Who pays less or nothing, each condition once."""
    told = dict.fromkeys(inline(fee.relief) for fee in fees if fee.relief)
    return tuple(phrase("utter_about_fee_relief", relief=relief) for relief in told)


def _sum(fee: Fee) -> Phrase:
    if fee.kind is FeeKind.AMOUNT and fee.amount is not None:
        if fee.per:
            return phrase("utter_about_fee_per", amount=money(fee.amount), per=inline(fee.per))
        return phrase("utter_about_fee_amount", amount=money(fee.amount))
    if fee.kind is FeeKind.REGULATION and fee.legal_basis:
        return phrase("utter_about_fee_by_text", law=inline(fee.legal_basis))
    return phrase(f"utter_about_fee_{fee.kind.value}")
