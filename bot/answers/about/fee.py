"""What it costs: by channel, in full đồng, only amounts in force on the day asked about."""

from collections.abc import Mapping, Sequence

from bot.answers.about import reply
from bot.answers.about.fee_lines import dated, in_force, is_known, merged, named, not_in_force, reliefs
from bot.answers.about.lines import bullets, distinct, heading, inline, listing, noted
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Fee, Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Every fee line in force, reliefs, then what has ended or is still to come."""
    fees = [fee for fee in procedure.fees if in_force(fee, asked.as_of)]
    known = [fee for fee in fees if is_known(fee)]
    others = not_in_force(procedure.fees, asked.as_of)
    if not known:
        notes = tuple(phrase("utter_about_note", note=inline(fee.note)) for fee in fees if fee.note)
        return reply.no_data(procedure, asked, phrase("utter_about_what_fee"), (*notes, *others))
    body = (
        *_lines(procedure, known),
        *reliefs(known),
        *others,
        *_where_to_ask(procedure, known),
        *_laws(known),
    )
    return reply.answered(procedure, asked, body)


def summary(procedure: Procedure, asked: Asked) -> Value | None:
    """All fees in force in one line; ``None`` when unknown."""
    known = [fee for fee in procedure.fees if in_force(fee, asked.as_of) and is_known(fee)]
    return listing(distinct(dated(fee, named(fee, brief=True)) for fee in merged(known))) if known else None


def _lines(procedure: Procedure, fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    lines = [noted(procedure, dated(fee, named(fee)), fee.note) for fee in merged(fees)]
    if len(lines) == 1:
        return (phrase("utter_about_fee_one", name=heading(procedure), fee=lines[0]),)
    return (phrase("utter_about_fee_head", name=heading(procedure)), *bullets(lines))


def _where_to_ask(procedure: Procedure, fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    """Where a sum is known when the record only names who sets it."""
    unsaid = any(fee.kind in (FeeKind.COUNCIL, FeeKind.REGULATION) for fee in fees)
    return (reply.where_to_ask(procedure),) if unsaid else ()


def _laws(fees: Sequence[Fee]) -> tuple[Phrase, ...]:
    cited = (fee for fee in fees if fee.legal_basis and fee.kind is not FeeKind.REGULATION)
    laws = list(dict.fromkeys(inline(fee.legal_basis) for fee in cited))
    return (phrase("utter_about_law", law=listing(laws)),) if laws else ()
