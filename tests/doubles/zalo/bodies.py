"""What a consultation message may look like."""

from dataclasses import dataclass, field
from typing import Any

from tests.doubles.zalo.codes import Code, RefusedError
from tests.doubles.zalo.settings import Settings
from tests.doubles.zalo.uploads import Uploads

TEXT = 2000
BUTTONS = 5
TITLE = 100
PAYLOAD = 1000
SUBTITLE = 500


@dataclass
class Draft:
    """A message that may be sent. ``kind`` names the echo: text, image, gif, file, list, template."""

    kind: str
    text: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    attachment: dict[str, Any] | None = None
    quote: str = ""


class Reader:
    """Checks a ``message``. Raises ``RefusedError``: -210 for too long or too many, -201 for a wrong shape.

    Length is counted in code points as sent. Unknown fields are refused: the platform may ignore them, but
    then they would do nothing.
    """

    def __init__(self, settings: Settings, uploads: Uploads) -> None:
        self.settings = settings
        self._uploads = uploads

    def read(self, message: object) -> Draft:
        body = _object(message, "message")
        _only(body, "message", "text", "attachment", "quote_message_id")
        text = _text(body.get("text", ""), "text", TEXT)
        quote = _text(body.get("quote_message_id", ""), "quote_message_id", TEXT)
        if "attachment" not in body:
            if not text.strip():
                raise RefusedError(Code.PARAMETER, "text is empty")
            return Draft("text", text, quote=quote)
        attachment = _object(body["attachment"], "attachment")
        _only(attachment, "attachment", "type", "payload")
        payload = _object(attachment.get("payload"), "payload")
        if attachment.get("type") == "file":
            _only(payload, "payload", "token")
            upload = self._uploads.use(payload.get("token"), "file")
            return Draft("file", text, attachment={**attachment, "name": upload.name}, quote=quote)
        if attachment.get("type") != "template":
            raise RefusedError(Code.PARAMETER, "attachment type is invalid")
        return self._template(text, quote, attachment, payload)

    def _template(self, text: str, quote: str, attachment: dict[str, Any], payload: dict[str, Any]) -> Draft:
        _only(payload, "payload", "template_type", "elements", "buttons")
        buttons = _buttons(payload["buttons"]) if "buttons" in payload else []
        shape = payload.get("template_type")
        if shape is None:
            if not buttons or not text.strip():
                raise RefusedError(Code.PARAMETER, "buttons need a text")
            if "elements" in payload:
                raise RefusedError(Code.PARAMETER, "template_type is missing")
            return Draft("text", text, buttons, quote=quote)
        elements = _list(payload.get("elements"), "elements")
        kept = {"type": "template", "payload": {"template_type": shape, "elements": elements}}
        if shape == "media":
            return Draft(self._media(_one(elements)), text, buttons, kept, quote)
        if shape == "request_user_info":
            _card(_one(elements), "title", "subtitle", "image_url")
            return Draft("template", text, buttons, kept, quote)
        if shape == "list" and self.settings.accept_lists:
            if len(elements) > BUTTONS:
                raise RefusedError(Code.OVER_LIMIT, "too many elements")
            for element in elements:
                _card(_object(element, "element"), "title")
            return Draft("list", text, buttons, kept, quote)
        raise RefusedError(Code.UNSUPPORTED, "template_type is not supported")

    def _media(self, element: dict[str, Any]) -> str:
        _only(element, "element", "media_type", "attachment_id", "url", "width", "height")
        kind = element.get("media_type")
        if kind not in ("image", "gif"):
            raise RefusedError(Code.PARAMETER, "media_type is invalid")
        if kind == "gif" and not all(isinstance(element.get(side), int) for side in ("width", "height")):
            raise RefusedError(Code.PARAMETER, "gif needs width and height")
        if "attachment_id" in element:
            self._uploads.use(element["attachment_id"], kind)
        elif not _web(element.get("url")):
            raise RefusedError(Code.PARAMETER, "attachment_id or url is missing")
        return str(kind)


def _buttons(value: object) -> list[dict[str, Any]]:
    buttons = [_object(button, "button") for button in _list(value, "buttons")]
    if len(buttons) > BUTTONS:
        raise RefusedError(Code.OVER_LIMIT, "too many buttons")
    for button in buttons:
        _only(button, "button", "title", "type", "payload", "image_icon")
        if not _text(button.get("title"), "title", TITLE).strip():
            raise RefusedError(Code.PARAMETER, "title is empty")
        _check_payload(button.get("type"), button.get("payload"))
    return buttons


def _check_payload(kind: object, payload: object) -> None:
    if kind in ("oa.query.show", "oa.query.hide"):
        if not _text(payload, "payload", PAYLOAD):
            raise RefusedError(Code.PARAMETER, "payload is empty")
    elif kind == "oa.open.url":
        if not _web(_object(payload, "payload").get("url")):
            raise RefusedError(Code.PARAMETER, "url is invalid")
    elif kind in ("oa.open.phone", "oa.open.sms"):
        fields = _object(payload, "payload")
        if not _text(fields.get("phone_code"), "phone_code", TITLE):
            raise RefusedError(Code.PARAMETER, "phone_code is empty")
        if kind == "oa.open.sms":
            _text(fields.get("content"), "content", PAYLOAD)
    else:
        raise RefusedError(Code.PARAMETER, "button type is invalid")


def _card(element: dict[str, Any], *required: str) -> None:
    _only(element, "element", "title", "subtitle", "image_url", "default_action")
    for name in required:
        if not element.get(name):
            raise RefusedError(Code.PARAMETER, f"{name} is missing")
    _text(element.get("title"), "title", TITLE)
    _text(element.get("subtitle", ""), "subtitle", SUBTITLE)
    if "image_url" in element and not _web(element["image_url"]):
        raise RefusedError(Code.PARAMETER, "image_url is invalid")


def _object(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RefusedError(Code.PARAMETER, f"{name} is not an object")
    return value


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise RefusedError(Code.PARAMETER, f"{name} is not a list")
    return value


def _one(elements: list[Any]) -> dict[str, Any]:
    if len(elements) != 1:
        raise RefusedError(Code.OVER_LIMIT, "one element per message")
    return _object(elements[0], "element")


def _only(fields: dict[str, Any], name: str, *known: str) -> None:
    unknown = sorted(set(fields) - set(known))
    if unknown:
        raise RefusedError(Code.PARAMETER, f"{name} has unknown fields {unknown}")


def _text(value: object, name: str, limit: int) -> str:
    if not isinstance(value, str):
        raise RefusedError(Code.PARAMETER, f"{name} is not a text")
    if len(value) > limit:
        raise RefusedError(Code.OVER_LIMIT, f"{name} is longer than {limit}")
    return value


def _web(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))
