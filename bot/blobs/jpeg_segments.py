"""JPEG data without its metadata segments, pixels untouched (ITU-T T.81 annex B, Exif 2.3)."""

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN = 0xDA
_COMMENT = 0xFE
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_ADOBE_COLOUR = 0xEE
_PROFILE = b"ICC_PROFILE\0"


def without_metadata(data: bytes) -> bytes:
    """The picture with its colour description only; raises ``ValueError`` when it is no whole JPEG.

    Exif (place, device, thumbnail), XMP, IPTC, comments and all that follows the picture are dropped.
    """
    if not data.startswith(_START):
        raise ValueError("no JPEG")
    kept = [_START]
    position = 2
    while True:
        position = _next_marker(data, position)
        marker = data[position + 1]
        if marker == 0xD9:
            return b"".join([*kept, _END])
        end = _segment_end(data, position)
        if not _is_metadata(marker, data[position + 4 : end]):
            kept.append(data[position:end])
        position = end
        if marker == _SCAN:
            end = _next_marker(data, position)
            kept.append(data[position:end])
            position = end


def _next_marker(data: bytes, position: int) -> int:
    """Where the next marker with a meaning stands: past coded pixels and fill bytes."""
    while True:
        position = data.find(b"\xff", position)
        if position < 0 or position + 1 >= len(data):
            raise ValueError("JPEG without an end")
        if data[position + 1] == 0xFF:
            position += 1
        elif data[position + 1] == 0 or data[position + 1] in _BARE:
            position += 2
        else:
            return position


def _segment_end(data: bytes, position: int) -> int:
    length = int.from_bytes(data[position + 2 : position + 4], "big")
    end = position + 2 + length
    if length < 2 or end > len(data):
        raise ValueError("JPEG segment out of bounds")
    return end


def _is_metadata(marker: int, body: bytes) -> bool:
    if marker == _COMMENT:
        return True
    if 0xE1 <= marker <= 0xEF:
        return marker != _ADOBE_COLOUR and not body.startswith(_PROFILE)
    return False
