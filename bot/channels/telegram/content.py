"""What a message holds besides text: files that are taken, and what is not."""

from typing import Any

from bot.channels.message import Refusal
from bot.channels.telegram.wire import Message
from bot.text import clean, mask

_NAME_LENGTH = 120
# A GIF also comes as ``document``, a place as ``location``: the telling field stands first.
_REFUSED = (
    ("voice", Refusal.VOICE),
    ("audio", Refusal.VOICE),
    ("video_note", Refusal.VOICE),
    ("sticker", Refusal.STICKER),
    ("venue", Refusal.LOCATION),
    ("location", Refusal.LOCATION),
    ("contact", Refusal.CONTACT),
    ("animation", Refusal.FILE_TYPE),
    ("video", Refusal.FILE_TYPE),
    ("live_photo", Refusal.FILE_TYPE),
    ("paid_media", Refusal.OTHER),
    ("poll", Refusal.OTHER),
    ("dice", Refusal.OTHER),
    ("game", Refusal.OTHER),
    ("story", Refusal.OTHER),
    ("checklist", Refusal.OTHER),
)


def refused(message: Message) -> Refusal | None:
    """Why a message is not taken; None when it holds nothing of that sort."""
    for field, refusal in _REFUSED:
        if getattr(message, field) is not None:
            return refusal
    return None


def file_handle(message: Message) -> dict[str, Any] | None:
    """``Incoming.fetch`` for the document or the largest size of the photo; None without either.

    ``size`` (bytes, 0 when not told) and ``mime`` are the sender's word: no check may rest on them.
    """
    if message.photo:
        best = max(message.photo, key=lambda size: (size.width * size.height, size.file_size))
        return {"file_id": best.file_id, "name": "", "size": best.file_size, "mime": "image/jpeg"}
    if message.document is None:
        return None
    document = message.document
    return {
        "file_id": document.file_id,
        "name": mask(clean(document.file_name))[-_NAME_LENGTH:],
        "size": document.file_size,
        "mime": document.mime_type[:100],
    }
