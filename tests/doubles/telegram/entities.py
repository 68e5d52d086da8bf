"""Formatted text: HTML to plain text and entities, counted as Telegram counts."""

import re
from typing import Any

from tests.doubles.telegram.errors import bad_request

Entity = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TAGS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#x([0-9a-fA-F]{1,8})|(lt|gt|amp|quot));?")
_END = re.compile(r"</([^\s>]*)\s*")
_START = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(r"""([^\s=>"']+)(\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?\s*""")
_COMMAND = re.compile(r"(?:(?<=\s)|^)/[A-Za-z0-9_]{1,64}(?:@\w+)?")


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def commands(text: str) -> list[Entity]:
    """Entities of the bot commands in a citizen's text."""
    return [
        {"type": "bot_command", "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for found in _COMMAND.finditer(text)
    ]


def formatted(source: str, parse_mode: str, *, caption: bool = False) -> tuple[str, list[Entity]]:
    """Plain text and entities as they will be shown. Raises ``ApiError`` 400.

    Only HTML is modelled; Markdown is refused because generated text must never be sent with it.
    """
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    text, entities = parse_html(source) if parse_mode else (source, [])
    text, entities = _trimmed(text, entities)
    if not text and not caption:
        raise bad_request("message text is empty")
    if utf16(text) > (CAPTION_LIMIT if caption else TEXT_LIMIT):
        raise bad_request("message caption is too long" if caption else "message is too long")
    return text, entities


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    lead = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    total = utf16(text)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(total, entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Text without tags, and what the tags meant. Raises ``ApiError`` 400 "can't parse entities: …"."""
    pieces: list[str] = []
    entities: list[Entity] = []
    stack: list[tuple[str, dict[str, str], int]] = []
    length = position = 0
    while position < len(source):
        if source[position] == "<":
            at = len(source[:position].encode())
            if source.startswith("</", position):
                position = _close(source, position, at, stack, entities, length)
            else:
                position = _open(source, position, at, stack, length)
            continue
        reference = _REFERENCE.match(source, position)
        piece = _referred(reference) if reference else ""
        position = reference.end() if reference and piece else position + 1
        piece = piece or source[position - 1]
        pieces.append(piece)
        length += utf16(piece)
    if stack:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return "".join(pieces), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


def _referred(found: "re.Match[str]") -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _open(
    source: str, position: int, at: int, stack: list[tuple[str, dict[str, str], int]], length: int
) -> int:
    start = _START.match(source, position)
    assert start is not None
    position = start.end()
    if position == len(source):
        raise _unparsable(f"Unclosed start tag at byte offset {at}")
    name = start[1].lower()
    if name not in TAGS:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
    attributes: dict[str, str] = {}
    while source[position : position + 1].isspace():
        position += 1
    while not source.startswith(">", position):
        found = _ATTRIBUTE.match(source, position)
        end = found.end() if found else position
        if end == len(source) or (found and not found[2] and source[end] == "="):
            raise _unparsable(f"Unclosed start tag at byte offset {at}")
        if found is None:
            raise _unparsable(f'Empty attribute name in the tag "{name}" at byte offset {at}')
        if not found[2] and found[1] != "expandable":
            reason = "Expected equal sign in declaration of an attribute of the tag"
            raise _unparsable(f'{reason} "{name}" at byte offset {at}')
        attributes[found[1].lower()] = (found[3] or "").strip("\"'")
        position = end
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    stack.append((name, attributes, length))
    return position + 1


def _close(
    source: str,
    position: int,
    at: int,
    stack: list[tuple[str, dict[str, str], int]],
    entities: list[Entity],
    length: int,
) -> int:
    if not stack:
        raise _unparsable(f"Unexpected end tag at byte offset {at}")
    end = _END.match(source, position)
    assert end is not None
    if not source.startswith(">", end.end()):
        raise _unparsable(f"Unclosed end tag at byte offset {at}")
    name, attributes, begin = stack.pop()
    if end[1] and end[1].lower() != name:
        reason = f'Unmatched end tag at byte offset {at}, expected "</{name}>", found "</{end[1].lower()}>"'
        raise _unparsable(reason)
    entity: Entity = {"type": TAGS[name], "offset": begin, "length": length - begin}
    link = re.match(r"(https?|tg|mailto|tel):", attributes.get("href", ""))
    if name == "a" and link:
        entity["url"] = attributes["href"]
    if length > begin and (name != "a" or link):
        entities.append(entity)
    return end.end() + 1
