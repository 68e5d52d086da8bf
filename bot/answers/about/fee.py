"""What it costs: by channel, in full đồng, only amounts in force on the day asked about."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from bot.answers.about import names, reply
from bot.answers.about.figures import day, money
from bot.answers.about.lines import bullets, distinct, heading, inline, listing, noted
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Fee, Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Every fee line in force, reliefs, then what has ended or is still to come."""
    fees = [fee for fee in procedure.fees if _in_force(fee, asked)]
    known = [fee for fee in fees if _is_known(fee)]
    others = _not_in_force(procedure, asked)
    if not known:
        notes = tuple(phrase("utter_about_note", note=inline(fee.note)) for fee in fees if fee.note)
        return reply.no_data(procedure, asked, phrase("utter_about_what_fee"), (*notes, *others))
    body = (
        *_lines(procedure, known),
        *_reliefs(known),
        *others,
        *_where_to_ask(procedure, known),
        *_laws(known),
    )
    return reply.answered(procedure, asked, body)


def summary(procedure: Procedure, asked: Asked) -> Value | None:
    """All fees in force in one line; ``None`` when unknown."""
    known = [fee for fee in procedure.fees if _in_force(fee, asked) and _is_known(fee)]
    return (
        listing(distinct(_dated(fee, _named(fee, brief=True)) for fee in _merged(known))) if known else None
    )


def _merged(fees: Sequence[Fee]) -> list[Fee]:
    """One line for all channels where they do not differ."""
    channels = {fee.channel for fee in fees}
    kept: dict[Fee, None] = {}
    for fee in fees:
        common = structs.replace(fee, channel=None)
        same = {other.channel for other in fees if structs.replace(other, channel=None) == common}
        kept[common if len(same) > 1 and same == channels else fee] = None
    return list(kept)


def _lines(procedure: Procedure, fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    lines = [noted(procedure, _dated(fee, _named(fee)), fee.note) for fee in _merged(fees)]
    if len(lines) == 1:
        return (phrase("utter_about_fee_one", name=heading(procedure), fee=lines[0]),)
    return (phrase("utter_about_fee_head", name=heading(procedure)), *bullets(lines))


def _dated(fee: Fee, line: Phrase) -> Phrase:
    if fee.valid_to is None:
        return line
    return phrase("utter_about_fee_until", fee=line, date=day(fee.valid_to))


def _named(fee: Fee, brief: bool = False) -> Phrase:
    line = _sum(fee)
    if fee.label:
        line = phrase("utter_about_fee_of", what=inline(fee.label), fee=line)
    if fee.channel and brief:
        line = phrase("utter_about_with_note", fact=line, note=names.channel(fee.channel))
    elif fee.channel:
        line = phrase("utter_about_fee_of", what=names.channel_handed_in(fee.channel), fee=line)
    return line


def _sum(fee: Fee) -> Phrase:
    if fee.kind is FeeKind.AMOUNT and fee.amount is not None:
        if fee.per:
            return phrase("utter_about_fee_per", amount=money(fee.amount), per=inline(fee.per))
        return phrase("utter_about_fee_amount", amount=money(fee.amount))
    if fee.kind is FeeKind.REGULATION and fee.legal_basis:
        return phrase("utter_about_fee_by_text", law=inline(fee.legal_basis))
    return phrase(f"utter_about_fee_{fee.kind.value}")


def _reliefs(fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    reliefs = dict.fromkeys(inline(fee.relief) for fee in fees if fee.relief)
    return tuple(phrase("utter_about_fee_relief", relief=relief) for relief in reliefs)


def _not_in_force(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    """Amounts that ended before the day asked about or begin after it, each with its date."""
    lines: list[Phrase] = []
    others = [fee for fee in procedure.fees if _is_known(fee) and not _in_force(fee, asked)]
    for fee in _merged(others):
        if fee.valid_to and fee.valid_to < asked.as_of:
            lines.append(phrase("utter_about_fee_ended", fee=_named(fee), date=day(fee.valid_to)))
        elif fee.valid_from:
            lines.append(phrase("utter_about_fee_from", fee=_named(fee), date=day(fee.valid_from)))
    return tuple(lines)


def _where_to_ask(procedure: Procedure, fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    """Where a sum is known when the record only names who sets it."""
    unsaid = any(fee.kind in (FeeKind.COUNCIL, FeeKind.REGULATION) for fee in fees)
    return (reply.where_to_ask(procedure),) if unsaid else ()


def _laws(fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    cited = (fee for fee in fees if fee.legal_basis and fee.kind is not FeeKind.REGULATION)
    laws = list(dict.fromkeys(inline(fee.legal_basis) for fee in cited))
    return (phrase("utter_about_law", law=listing(laws)),) if laws else ()


def _in_force(fee: Fee, asked: Asked) -> bool:
    started = fee.valid_from is None or fee.valid_from <= asked.as_of
    return started and (fee.valid_to is None or asked.as_of <= fee.valid_to)


def _is_known(fee: Fee) -> bool:
    return fee.amount is not None if fee.kind is FeeKind.AMOUNT else fee.kind is not FeeKind.UNKNOWN
