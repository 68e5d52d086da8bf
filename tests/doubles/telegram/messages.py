"""What the bot does to messages that exist, and to pressed buttons."""

from tests.doubles.telegram.chats import Chat, Json, Message
from tests.doubles.telegram.entities import utf16
from tests.doubles.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.doubles.telegram.markup import read_markup
from tests.doubles.telegram.params import Params
from tests.doubles.telegram.sending import text_of, told
from tests.doubles.telegram.state import State

ANSWER_LIMIT = 200
DELETABLE_SECONDS = 48 * 3600.0
_CHANGEABLE = ("text", "entities", "reply_markup")


def _find(state: State, params: Params, what: str) -> tuple[Chat, Message]:
    chat = state.chats.reachable(params.chat_id())
    number = params.integer("message_id")
    if not number:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request(f"{what} not found")
    return chat, message


def _change(state: State, chat: Chat, message: Message, content: Json) -> Json:
    """Set text, entities and keyboard to ``content``; what is missing there is taken away."""
    now = {name: message.json[name] for name in _CHANGEABLE if name in message.json}
    if now == content:
        raise bad_request(NOT_MODIFIED)
    for name in _CHANGEABLE:
        message.json.pop(name, None)
    message.json.update(content)
    message.json["edit_date"] = int(state.clock.now())
    message.edited = True
    message.was = message.keyboard or message.was
    return told(message)


async def edit_message_text(state: State, params: Params) -> Json:
    if not params.text("text"):
        raise bad_request("message text is empty")
    chat, message = _find(state, params, "message to edit")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    content = text_of(params, "text")
    markup = read_markup(params.values.get("reply_markup"))
    result = _change(state, chat, message, {**content, **({"reply_markup": markup} if markup else {})})
    message.source = params.text("text")
    return result


async def edit_message_reply_markup(state: State, params: Params) -> Json:
    chat, message = _find(state, params, "message to edit")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    markup = read_markup(params.values.get("reply_markup"))
    kept: Json = {name: message.json[name] for name in ("text", "entities") if name in message.json}
    return _change(state, chat, message, {**kept, **({"reply_markup": markup} if markup else {})})


async def delete_message(state: State, params: Params) -> bool:
    chat, message = _find(state, params, "message to delete")
    if state.clock.now() - message.sent_at > DELETABLE_SECONDS or (chat.id < 0 and not message.from_bot):
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


async def answer_callback_query(state: State, params: Params) -> bool:
    if utf16(params.text("text")) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = state.chats.queries.get(params.text("callback_query_id"))
    now = state.clock.now()
    expired = query is None or now - query.pressed_at > state.options.callback_seconds
    if query is None or expired or query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    query.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert"), "at": now}
    return True


MESSAGE_METHODS = {
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
}
