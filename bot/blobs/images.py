"""Photos and scans drawn anew, so that nothing but the pixels comes through."""

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.blobs.jpeg_segments import without_metadata
from bot.blobs.kinds import Fault, FaultError, FileKind

MAX_PIXELS = 40_000_000
"""About 160 MB unpacked; phones take 12 million and a 300 dpi scan of A4 has 9 million."""
_QUALITY = 90
_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG"}
_ORIENTATION = 0x0112
_UNREADABLE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError)


def strip_image(data: bytes, kind: FileKind) -> bytes:
    """The picture turned upright and saved as the same kind; Exif, XMP, comments, thumbnails, colour
    profile and appended data are gone. Raises ``FaultError`` (``TOO_BIG`` above MAX_PIXELS, ``BROKEN``).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
        if picture.width * picture.height > MAX_PIXELS:
            raise FaultError(Fault.TOO_BIG)
        upright = ImageOps.exif_transpose(picture)
        return _save(upright, kind)
    except Image.DecompressionBombError:
        raise FaultError(Fault.TOO_BIG) from None
    except _UNREADABLE:
        raise FaultError(Fault.BROKEN) from None


def strip_part(data: bytes) -> bytes:
    """A picture that is part of a document, which places it by its own size: same pixels, no metadata but
    the direction it is shown in. Other kinds of picture come back as they are.
    """
    if data.startswith(b"\xff\xd8\xff"):
        try:
            bare = without_metadata(data)
            turned = _orientation(data)
        except _UNREADABLE:
            raise FaultError(Fault.BROKEN) from None
        return bare if turned in (None, 1) else bare[:2] + _orientation_segment(turned) + bare[2:]
    if data.startswith(b"\x89PNG"):
        return strip_image(data, FileKind.PNG)
    return data


def _save(picture: Image.Image, kind: FileKind) -> bytes:
    saved = io.BytesIO()
    if kind is FileKind.PNG:
        plain = (
            picture
            if picture.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
            else picture.convert("RGBA")
        )
        transparency = picture.info.get("transparency")
        plain.info = {} if transparency is None else {"transparency": transparency}
        plain.save(saved, "PNG")
    else:
        plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
        plain.info = {}
        plain.save(saved, "JPEG", quality=_QUALITY, optimize=True)
    return saved.getvalue()


def _orientation(data: bytes) -> int | None:
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
        value = picture.getexif().get(_ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else None


def _orientation_segment(value: int) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = value
    body = exif.tobytes()
    body = body if body.startswith(b"Exif\0\0") else b"Exif\0\0" + body
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
