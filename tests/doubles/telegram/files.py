"""Files in both directions: identifiers, sizes, links."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.doubles.telegram.errors import ApiError, bad_request
from tests.doubles.telegram.options import Options

MEGABYTE = 1024 * 1024
DOWNLOAD_LIMIT = 20 * MEGABYTE
DOCUMENT_LIMIT = 50 * MEGABYTE
PHOTO_LIMIT = 10 * MEGABYTE


@dataclass
class File:
    """``size`` is what Telegram tells; it may differ from the bytes when a test says so."""

    id: str
    unique_id: str
    path: str
    data: bytes
    size: int
    link_until: float = 0.0

    def json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class Files:
    """All files known to Telegram."""

    def __init__(self, options: Options, now: Callable[[], float]) -> None:
        self._options = options
        self._now = now
        self._files: dict[str, File] = {}

    def add(self, folder: str, ending: str, data: bytes, size: int | None = None) -> File:
        number = len(self._files) + 1
        path = f"{folder}/file_{number}{ending}"
        file_id = f"BQACAgUAAxkBA{secrets.token_urlsafe(24)}"
        file = File(
            file_id, f"AgAD{secrets.token_urlsafe(8)}", path, data, len(data) if size is None else size
        )
        self._files[file_id] = file
        return file

    def known(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def link(self, file_id: str) -> dict[str, Any]:
        """``getFile``: a path that can be fetched for an hour. Raises ``ApiError`` 400."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if file.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        file.link_until = self._now() + self._options.file_link_seconds
        return {**file.json(), "file_path": file.path}

    def fetch(self, path: str) -> bytes:
        """Raises ``ApiError`` 404 for a path that was never linked or whose link is too old."""
        file = next((file for file in self._files.values() if file.path == path), None)
        if file is None or file.link_until <= self._now():
            raise ApiError(404, "Not Found")
        return file.data

    def photo(self, data: bytes, size: int | None = None) -> list[dict[str, Any]]:
        """The sizes of a picture, smallest first. Raises ``ApiError`` 400 where it is none.

        Telegram compresses pictures anew; here the largest size keeps the bytes as they came.
        """
        try:
            with Image.open(BytesIO(data)) as picture:
                width, height = picture.size
                small = picture.convert("RGB")
        except (UnidentifiedImageError, OSError):
            raise bad_request("IMAGE_PROCESS_FAILED") from None
        small.thumbnail((90, 90))
        out = BytesIO()
        small.save(out, "JPEG")
        sizes = [
            (self.add("photos", ".jpg", out.getvalue()), small.size),
            (self.add("photos", ".jpg", data, size), (width, height)),
        ]
        return [{**file.json(), "width": box[0], "height": box[1]} for file, box in sizes]
