"""A message of the log as the widget gets it. Pure."""

import re
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlsplit

from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry
from bot.conversations.said import Card, FileRef, Offer, Said

_URL = re.compile(r"https://[^\s<>\"'“”‘’«»`{}|\\^]+", re.IGNORECASE)
_TRAILING = ".,;:!?…"
_BRACKETS = {")": "(", "]": "["}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def shown(entry: Entry, sid: str = "", home: str = "") -> dict[str, Any]:
    """The message ``M`` of the wire format. The browser's own id of a message is given back to the session
    ``sid`` that wrote it alone. ``home``: the gateway's own address, to which buttons may lead without https.
    """
    own = entry.author is Author.CITIZEN and entry.channel is Channel.WEB
    prefix, _, client_id = (entry.message_id or "").rpartition(":")
    found = {"seq": entry.seq, **_body(entry.said, entry.author, entry.channel, entry.at, home)}
    if own and sid and prefix == sid:
        found["client_msg_id"] = client_id
    if entry.said.name:
        found["name"] = entry.said.name
    return found


def unnumbered(said: Said, at: float) -> dict[str, Any]:
    """The same for something the assistant says before there is a conversation."""
    return _body(said, Author.ASSISTANT, Channel.WEB, at)


def find_links(text: str) -> list[dict[str, Any]]:
    """``{"start", "end", "url"}`` of each https address; offsets in UTF-16 code units."""
    links = []
    for match in _URL.finditer(text):
        url = _trimmed(match.group())
        if is_safe(url):
            start = _utf16(text[: match.start()])
            links.append({"start": start, "end": start + _utf16(url), "url": url})
    return links


def is_safe(url: str) -> bool:
    """An https address of a plain ASCII host without user name: what it shows is where it leads."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme == "https"
        and "@" not in parts.netloc
        and (port is None or port > 0)
        and _HOST.fullmatch(host) is not None
        and not any(character.isspace() or ord(character) < 32 for character in url)
    )


def _body(said: Said, author: Author, channel: Channel, at: float, home: str = "") -> dict[str, Any]:
    moment = datetime.fromtimestamp(at, timezone.utc)
    return {
        "author": author.value,
        "channel": channel.value,
        "at": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "text": said.text,
        "links": [] if author is Author.CITIZEN else find_links(said.text),
        "buttons": [button for offer in said.buttons if (button := _button(offer, home))],
        "card": _card(said.card) if said.card else None,
        "files": [_file(file) for file in said.files],
        "outcome": said.outcome or None,
    }


def _button(offer: Offer, home: str) -> dict[str, str] | None:
    if offer.token:
        return {"id": offer.token, "title": offer.title}
    if not offer.url:
        return {"title": offer.title}  # says its title
    opens = is_safe(offer.url) or (home and offer.url.startswith(f"{home}/"))
    return {"url": offer.url, "title": offer.title} if opens else None


def _card(card: Card) -> dict[str, Any]:
    sources = [
        {
            "title": source.title,
            "code": source.code,
            "url": source.url if is_safe(source.url) else "",
            "date": source.date,
        }
        for source in card.sources
    ]
    return {"code": card.code, "name": card.name, "checklist": list(card.checklist), "sources": sources}


def _file(file: FileRef) -> dict[str, Any]:
    return {"ref": file.ref, "name": file.name, "size": file.size, "type": file.type}


def _trimmed(url: str) -> str:
    """Without the punctuation of the sentence around it; a bracket stays when it was opened inside."""
    while url:
        last = url[-1]
        unopened = last in _BRACKETS and url.count(last) > url.count(_BRACKETS[last])
        if last not in _TRAILING and not unopened:
            return url
        url = url[:-1]
    return url


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
