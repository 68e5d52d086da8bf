"""New messages of the bot: text, pictures, documents, and the sign that it is writing."""

from typing import Any

from tests.doubles.telegram.chats import TYPING_SECONDS, Chat, Json, Message
from tests.doubles.telegram.entities import formatted
from tests.doubles.telegram.errors import ApiError, bad_request
from tests.doubles.telegram.files import DOCUMENT_LIMIT, PHOTO_LIMIT
from tests.doubles.telegram.markup import read_markup
from tests.doubles.telegram.params import Params, Upload
from tests.doubles.telegram.state import State

ACTIONS = frozenset(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note""".split()
)


def text_of(params: Params, name: str, *, caption: bool = False) -> Json:
    """Text and entities under the names they have in a message."""
    source = params.text(name)
    text, entities = formatted(source, params.text("parse_mode"), caption=caption)
    if not params.text("parse_mode"):
        entities = params.json("caption_entities" if caption else "entities") or entities
    content: Json = {name: text} if text else {}
    if entities:
        content["caption_entities" if caption else "entities"] = entities
    return content


def send(state: State, params: Params, chat: Chat, content: Json, source: str) -> Json:
    """Everything was checked: count it against the flood limits and let it reach the phone."""
    markup = read_markup(params.values.get("reply_markup"))
    replied = _replied(params, chat)
    state.flood.admit(chat.id)
    if markup:
        content = {**content, "reply_markup": markup}
    if replied:
        content = {**content, "reply_to_message": replied.json}
    now = state.clock.now()
    message = state.chats.add(chat, content, state.bot, now, source=source)
    state.reach_phone(message.shown(len(state.sent) + 1))
    return told(message)


def told(message: Message) -> Json:
    """A message as the answer of a call: only inline keyboards come back."""
    if "inline_keyboard" in message.json.get("reply_markup", {}):
        return message.json
    return {name: value for name, value in message.json.items() if name != "reply_markup"}


def _replied(params: Params, chat: Chat) -> Message | None:
    wish = params.json("reply_parameters") or {}
    number = wish.get("message_id") or params.integer("reply_to_message_id")
    if not number:
        return None
    message = chat.messages.get(int(number))
    if message is not None and not message.deleted:
        return message
    if wish.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


async def send_message(state: State, params: Params) -> Json:
    if not params.text("text"):
        raise bad_request("message text is empty")
    chat = state.chats.reachable(params.chat_id())
    return send(state, params, chat, text_of(params, "text"), params.text("text"))


async def send_document(state: State, params: Params) -> Json:
    chat = state.chats.reachable(params.chat_id())
    content = text_of(params, "caption", caption=True)
    upload = _upload(params, "document")
    if isinstance(upload, str):
        return send(state, params, chat, {"document": _sent_before(state, upload), **content}, "")
    ending = f".{upload.name.rpartition('.')[2]}" if "." in upload.name else ""
    file = state.files.add("documents", ending, upload.data)
    document = {**file.json(), "file_name": upload.name, "mime_type": upload.mime}
    return send(state, params, chat, {"document": document, **content}, params.text("caption"))


async def send_photo(state: State, params: Params) -> Json:
    chat = state.chats.reachable(params.chat_id())
    content = text_of(params, "caption", caption=True)
    upload = _upload(params, "photo")
    if isinstance(upload, str):
        return send(state, params, chat, {"photo": [_sent_before(state, upload)], **content}, "")
    if len(upload.data) > PHOTO_LIMIT:
        raise bad_request("file is too big")
    photo = state.files.photo(upload.data)
    return send(state, params, chat, {"photo": photo, **content}, params.text("caption"))


def _upload(params: Params, name: str) -> Upload | str:
    """The uploaded file, or the identifier of one sent before."""
    value = params.text(name)
    upload = params.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)
    if upload is None:
        if value:
            return value
        raise bad_request(f"there is no {name} in the request")
    if len(upload.data) > DOCUMENT_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if not upload.data:
        raise bad_request("file must be non-empty")
    return upload


def _sent_before(state: State, file_id: str) -> dict[str, Any]:
    file = state.files.known(file_id)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file.json()


async def send_chat_action(state: State, params: Params) -> bool:
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = state.chats.reachable(params.chat_id())
    chat.typing_until = state.clock.now() + TYPING_SECONDS
    return True


SENDING_METHODS = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
}
