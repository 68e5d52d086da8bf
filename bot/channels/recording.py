"""Keeps what became of each message, in the transaction that ends it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from bot.channels.inbox import Waiting
from bot.channels.message import Kind, Reply
from bot.channels.response import outcome_of
from bot.conversations.log import number_of
from bot.conversations.people import Person
from bot.conversations.turns import Facts, record_turn
from bot.text.accents import has_accents


def facts_of(replies: Sequence[Reply]) -> Facts:
    """What the assistant knows of the turn; without an assistant, no more than the outcome."""
    facts = next((reply.facts for reply in reversed(replies) if reply.facts), Facts())
    return replace(facts, outcome=outcome_of(replies) or facts.outcome)


def record(
    connection: Connection,
    message: Waiting,
    person: Person,
    facts: Facts,
    answer_seq: int,
    now: float,
) -> int | None:
    """Write the turn of a message; its id. None for what has no outcome: a goodbye, a part sent again."""
    if not facts.outcome:
        return None
    incoming = message.incoming
    typed = incoming.text if incoming.kind in (Kind.TEXT, Kind.FILES) else ""
    # Where linking moved the citizen, the answer stands in another conversation than the message.
    seq = number_of(connection, person.conversation_id, incoming.message_id)
    return record_turn(
        connection,
        person.conversation_id,
        incoming.message_id,
        seq,
        answer_seq,
        incoming.channel,
        facts,
        has_accents(typed),
        now,
    )
