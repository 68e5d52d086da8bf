"""Files the account uploads before it sends them."""

from dataclasses import dataclass

from tests.doubles.zalo import seeded
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.codes import Code, RefusedError
from tests.doubles.zalo.settings import Settings

MB = 1024 * 1024
LIMITS = {"image": MB, "gif": 5 * MB, "file": 5 * MB}
"""Bytes; the one for gif is assumed."""
STARTS = {
    "image": (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"),
    "gif": (b"GIF87a", b"GIF89a"),
    "file": (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"),
}
ENDINGS = {"image": (".jpg", ".jpeg", ".png"), "gif": (".gif",), "file": (".pdf", ".doc", ".docx")}
LIFE = 7 * 86400.0
MONTH = 30 * 86400.0


@dataclass
class Upload:
    kind: str
    name: str
    data: bytes
    until: float


class Uploads:
    """Type is judged by name and content (assumed); ids live 7 days."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._held: dict[str, Upload] = {}
        self._times: list[float] = []

    def add(self, kind: str, name: str, data: bytes) -> str:
        """The id; raises ``RefusedError`` -201 type, -210 size, -211 month's quota."""
        now = self._clock.now()
        if not name.lower().endswith(ENDINGS[kind]) or not data.startswith(STARTS[kind]):
            raise RefusedError(Code.PARAMETER, "File type is not supported")
        if len(data) > LIMITS[kind]:
            raise RefusedError(Code.OVER_LIMIT, "File size exceeds the limit")
        if sum(at > now - MONTH for at in self._times) >= self.settings.uploads_per_month:
            raise RefusedError(Code.QUOTA, "Out of quota")
        self._times.append(now)
        upload_id = seeded.secret(self.settings.seed, "upload", len(self._times))
        self._held[upload_id] = Upload(kind, name, data, now + LIFE)
        return upload_id

    def use(self, upload_id: object, *kinds: str) -> Upload:
        """Raises ``RefusedError`` -100 when expired, -201 when there never was one of the kind."""
        upload = self._held.get(upload_id) if isinstance(upload_id, str) else None
        if upload is None or upload.kind not in kinds:
            raise RefusedError(Code.PARAMETER, "Attachment is invalid")
        if upload.until <= self._clock.now():
            raise RefusedError(Code.ATTACHMENT_EXPIRED)
        return upload
