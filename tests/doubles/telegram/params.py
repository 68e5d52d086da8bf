"""Arguments of a call: query string, form, JSON or multipart, all the same to Telegram."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiDictProxy

from tests.doubles.telegram.errors import bad_request


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    data: bytes


@dataclass
class Params:
    values: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Empty where absent; numbers and truth values as written in JSON."""
        value = self.values.get(name, "")
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False) if value is not None else ""

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """``None`` where absent. Raises ``ApiError`` 400 for text that is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def chat_id(self) -> int:
        """Raises ``ApiError`` 400; names of public chats are not known here."""
        text = self.text("chat_id")
        if not text:
            raise bad_request("chat_id is empty")
        try:
            return int(text)
        except ValueError:
            raise bad_request("chat not found") from None

    @property
    def chat_hint(self) -> int:
        """The chat of the call for the log, 0 where there is none."""
        return self.integer("chat_id")


async def read_params(request: web.Request) -> Params:
    """Raises ``ApiError`` 400 for bodies that are not what they say they are."""
    params = Params(dict(request.query))
    if request.method != "POST" or not request.can_read_body:
        return params
    if request.content_type == "application/json":
        _take_json(params, await request.read())
    elif request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        _take_form(params, await request.post())
    return params


def _take_json(params: Params, raw: bytes) -> None:
    try:
        body = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    params.values.update(body)


def _take_form(params: Params, form: "MultiDictProxy[Any]") -> None:
    for name, value in form.items():
        if isinstance(value, web.FileField):
            params.files[name] = Upload(value.filename, value.content_type, value.file.read())
        elif isinstance(value, str):
            params.values[name] = value
        else:
            params.values[name] = bytes(value).decode("utf-8", "replace")
