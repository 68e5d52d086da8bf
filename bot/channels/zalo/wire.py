"""The JSON of Zalo's webhook, as far as it is read. Ids are strings on the wire: they exceed 2^53.

Personal data of ``user_submit_info`` (``info``), coordinates and phone numbers have no field here, so they
are dropped while the body is parsed.
"""

import msgspec

from bot.channels.decoding import decoded


class Party(msgspec.Struct, frozen=True):
    """A citizen, the account itself, or, with ``admin_id``, a person writing for the account."""

    id: str = ""
    admin_id: str | None = None


class FilePayload(msgspec.Struct, frozen=True):
    """What an attachment points to. ``size``: bytes, on the wire a string."""

    url: str | None = None
    name: str | None = None
    size: str | int | None = None


class Attachment(msgspec.Struct, frozen=True):
    """``type``: image, gif, file, audio, video, sticker, location, link …"""

    type: str = ""
    payload: FilePayload | None = None


class Message(msgspec.Struct, frozen=True):
    """``msg_ids``: of ``user_seen_message``; ``tracking_id``: of a template sent to a phone number.

    Attachments stay unread until they are wanted: their shape differs by kind and changes often.
    """

    msg_id: str | None = None
    text: str | None = None
    attachments: msgspec.Raw = msgspec.Raw(b"[]")
    conversation_id: str | None = None
    msg_ids: tuple[str, ...] = ()
    tracking_id: str | None = None


class Envelope(msgspec.Struct, frozen=True):
    """One webhook call. ``follow`` and ``unfollow`` have a follower and ``oa_id`` instead of a sender."""

    event_name: str
    app_id: str
    timestamp: str
    sender: Party | None = None
    recipient: Party | None = None
    follower: Party | None = None
    oa_id: str | None = None
    message: Message | None = None

    def concerns(self, oa_id: str) -> bool:
        """Whether the official account ``oa_id`` is a party to the event."""
        parties = {party.id for party in (self.sender, self.recipient) if party}
        return bool(oa_id) and oa_id in parties | {self.oa_id}


_decoder = msgspec.json.Decoder(Envelope)


def parse(raw: bytes) -> Envelope:
    """``msgspec.DecodeError`` when the body is no event."""
    return decoded(_decoder, raw)
