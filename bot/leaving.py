"""Links that leave for the portal by way of the gateway, so that it is known how many get that far."""

import msgspec
from itsdangerous import BadData, URLSafeSerializer

PATH = "/di"
_LONGEST = 2000


class Departure(msgspec.Struct, frozen=True, array_like=True):
    """Who leaves for where: a draft, its procedure, the channel it is prepared on, and an https address."""

    draft_id: str
    procedure_code: str
    channel: str
    url: str


def departure_url(base: str, secret: str, departure: Departure) -> str:
    """Address at the gateway that leads there. Signed: nobody else can make us lead people anywhere."""
    return f"{base}{PATH}/{_serializer(secret).dumps(msgspec.to_builtins(departure))}"


def read_departure(token: str, secret: str) -> Departure | None:
    """Where the token leads; None when it is none of ours."""
    if len(token) > _LONGEST:
        return None
    try:
        return msgspec.convert(_serializer(secret).loads(token), Departure)
    except (BadData, msgspec.ValidationError):
        return None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="dvc-di")
