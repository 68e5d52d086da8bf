"""What Telegram posts (Bot API, "Update"), as far as it is used: other fields are never decoded."""

import msgspec

from bot.channels.decoding import decoded


class Present(msgspec.Struct, frozen=True):
    """Something is there; what it holds (a phone number, a place) is not read."""


class Chat(msgspec.Struct, frozen=True):
    """``type``: private, group, supergroup or channel."""

    id: int
    type: str = ""


class User(msgspec.Struct, frozen=True):
    id: int
    is_bot: bool = False


class PhotoSize(msgspec.Struct, frozen=True):
    """One size of a photo; ``file_size`` bytes, 0 when not told."""

    file_id: str
    width: int = 0
    height: int = 0
    file_size: int = 0


class Document(msgspec.Struct, frozen=True):
    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int = 0


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button of an inline keyboard."""

    text: str
    url: str = ""
    callback_data: str = ""


class Keyboard(msgspec.Struct, frozen=True):
    inline_keyboard: tuple[tuple[Key, ...], ...] = ()


class Message(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """``date`` and ``edit_date``: POSIX seconds; ``date`` is 0 for a message that is too old to be shown."""

    message_id: int
    chat: Chat
    date: int = 0
    sender: User | None = None
    edit_date: int = 0
    text: str | None = None
    caption: str | None = None
    photo: tuple[PhotoSize, ...] = ()
    document: Document | None = None
    reply_markup: Keyboard | None = None
    animation: Present | None = None
    audio: Present | None = None
    checklist: Present | None = None
    contact: Present | None = None
    dice: Present | None = None
    game: Present | None = None
    live_photo: Present | None = None
    location: Present | None = None
    paid_media: Present | None = None
    poll: Present | None = None
    sticker: Present | None = None
    story: Present | None = None
    venue: Present | None = None
    video: Present | None = None
    video_note: Present | None = None
    voice: Present | None = None


class CallbackQuery(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """A press of a button; ``message`` is the one it stood under."""

    id: str
    sender: User
    message: Message | None = None
    data: str | None = None


class Member(msgspec.Struct, frozen=True):
    """``status``: creator, administrator, member, restricted, left or kicked."""

    status: str


class MemberChange(msgspec.Struct, frozen=True):
    """What became of the bot in a chat."""

    chat: Chat
    date: int
    new_chat_member: Member


class Update(msgspec.Struct, frozen=True):
    """At most one of the optional fields is set; none for kinds that are not used."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberChange | None = None


ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_decoder = msgspec.json.Decoder(Update)


def decode(raw: bytes) -> Update:
    """``msgspec.DecodeError`` when the body is no update."""
    return decoded(_decoder, raw)
