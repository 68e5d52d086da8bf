"""Everything about the government systems that a test may choose."""

from typing import Any, Literal

import msgspec


class Settings(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Defaults: systems without troubles. May be changed while they run."""

    username: str = "motcua-quangninh"
    password: str = "mat-khau-thu-nghiem"
    unit: str = "000.00.00.H49"
    destination: str = "VN:GOV:000.00.00.H49:dvcqg"
    """The ``dstcode`` header that every call must bear."""

    codes: Literal["number", "string", "padded"] = "number"
    """How ``error_code`` is written: ``0``, ``"0"`` or ``"00"``."""
    encoded: bool = False
    """Replies carry ``result`` inside ``message``, a JSON string."""
    strict_headers: bool = True
    """Refuse calls without ``dstcode`` or without UTF-8 declared twice (``Content-Type``, ``Charset``)."""

    session_calls: int | None = None
    """Calls after which a session ends; None: it lasts until ``expire_sessions``."""
    session_status: int = 200
    """HTTP status of the reply to a session that ended (assumed: 200 with a code; some answer 401)."""
    missing: Literal["empty", "error"] = "empty"
    """Reply of TraCuuHoSo to an unknown code: an empty result or an error (not known)."""

    partner: str = "DT01"
    secret: str = "secret"
    payment_token: str = "token-lgsp-thu-nghiem"
    """Bearer token of the gateway before the payment platform; empty: not asked for."""
    repeated_init: Literal["same", "refused"] = "same"
    """A second INIT for one reference and sum: the same page again, or an error (not known)."""

    province_token: str = "token-tinh-thu-nghiem"
    client_id: str = "tro-ly-quang-ninh"
    client_secret: str = "bi-mat-thu-nghiem"
    token_seconds: int = 3600

    def but(self, changes: dict[str, Any]) -> "Settings":
        """These with some changed; raises ``msgspec.ValidationError`` for unknown names and wrong types."""
        return msgspec.convert({**msgspec.structs.asdict(self), **changes}, Settings)
