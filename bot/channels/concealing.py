"""Takes second factors and contacts out of a message before anything of it is stored."""

from msgspec.structs import replace
from sqlalchemy.engine import Connection

from bot.channels.message import Incoming, Kind
from bot.channels.staff import contacts
from bot.following import factor, whispers
from bot.gateways.vault import Vault


class Concealing:
    """``vault`` seals digits for the turn that compares them, contacts for staff who call back."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def conceal(
        self, connection: Connection, conversation_id: str, incoming: Incoming, now: float
    ) -> Incoming:
        """The message as it may be stored; most are left as they are."""
        incoming = contacts.keep(connection, self._vault, conversation_id, incoming, now)
        said = incoming.kind in (Kind.TEXT, Kind.FILES)
        if not said or not whispers.expected(connection, conversation_id, incoming.text):
            return incoming
        sealed = self._vault.seal(incoming.text.encode())
        whispers.keep(connection, conversation_id, incoming.message_id, sealed, now)
        return replace(incoming, text=factor.hide(incoming.text))


def conceal_nothing(connection: Connection, conversation_id: str, incoming: Incoming, now: float) -> Incoming:
    """Where no dossiers are followed."""
    return incoming
