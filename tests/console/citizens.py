"""Citizens who wait for a person, for tests of the workplace."""

from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import meet
from bot.conversations.said import Said
from bot.handoffs import desk as handoffs
from bot.handoffs.record import Handoff
from bot.handoffs.states import Cause, Urgency
from bot.staff.accounts import Account
from tests.console.desk import Desk


def write(desk: Desk, who: str, text: str, author: Author = Author.CITIZEN) -> str:
    """A message in the conversation of the citizen with this address; the conversation's id."""
    with desk.engine.begin() as connection:
        person = meet(connection, Channel.WEB, who, desk.now)
        append(connection, person.conversation_id, Entry(0, author, person.channel, Said(text), desk.now))
    return person.conversation_id


def wait(
    desk: Desk,
    who: str = "lan",
    text: str = "Tôi muốn gặp cán bộ",
    urgency: Urgency = Urgency.NORMAL,
    procedure_code: str = "",
) -> Handoff:
    """A citizen who asked for a person."""
    write(desk, who, text)
    with desk.engine.begin() as connection:
        person = meet(connection, Channel.WEB, who, desk.now)
        return handoffs.open_handoff(
            connection,
            person.conversation_id,
            person.id,
            person.channel,
            Cause.ASKED,
            desk.now,
            urgency,
            procedure_code=procedure_code,
        )


def claim(desk: Desk, opened: Handoff, account: Account) -> None:
    with desk.engine.begin() as connection:
        assert handoffs.claim(connection, opened.id, account.id, desk.now)


def now_of(desk: Desk, opened: Handoff) -> Handoff:
    """The hand-off as it is now."""
    with desk.engine.connect() as connection:
        found = handoffs.find(connection, opened.id)
    assert found is not None
    return found
