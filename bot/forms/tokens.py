"""Addresses of forms and checklists: signed, for seven days, and without a word about who somebody is."""

import time
from collections.abc import Callable, Sequence

import msgspec
from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from bot.dossiers.casefile import Given

LIFETIME_SECONDS = 7 * 24 * 3600
LONGEST = 2000
"""Characters of a token that are worth looking at."""
_FORM, _CHECKLIST = "to-khai", "danh-muc"


class Case(msgspec.Struct, frozen=True, array_like=True):
    """What a page is about: a procedure, the branch answers and the commune; for a form also its id."""

    procedure: str
    answers: tuple[tuple[str, str], ...] = ()
    unit: str | None = None
    form: str = ""

    @property
    def given(self) -> tuple[Given, ...]:
        """The branch answers."""
        return tuple(Given(question, option) for question, option in self.answers)


class ExpiredError(Exception):
    """The address was ours and is older than seven days."""


class ForgedError(Exception):
    """The address is not one of ours."""


def form_url(
    base: str,
    secret: str,
    form_id: str,
    code: str,
    answers: Sequence[Given],
    unit: str | None,
    now: Callable[[], float] = time.time,
) -> str:
    """Page on which the form is filled in. ``base``: address of the gateway without a final slash."""
    return _url(base, _FORM, secret, Case(code, _pairs(answers), unit, form_id), now)


def checklist_url(
    base: str,
    secret: str,
    code: str,
    answers: Sequence[Given],
    unit: str | None,
    now: Callable[[], float] = time.time,
) -> str:
    """Page with the papers of the case, to print."""
    return _url(base, _CHECKLIST, secret, Case(code, _pairs(answers), unit), now)


def read_form_token(token: str, secret: str, now: Callable[[], float]) -> Case:
    """The case behind ``/to-khai/{token}``; raises ``ExpiredError`` or ``ForgedError``."""
    return _read(token, _FORM, secret, now)


def read_checklist_token(token: str, secret: str, now: Callable[[], float]) -> Case:
    """The case behind ``/danh-muc/{token}``; raises ``ExpiredError`` or ``ForgedError``."""
    return _read(token, _CHECKLIST, secret, now)


def _pairs(answers: Sequence[Given]) -> tuple[tuple[str, str], ...]:
    return tuple((given.question, given.option) for given in answers)


def _url(base: str, page: str, secret: str, case: Case, now: Callable[[], float]) -> str:
    token = _serializer(page, secret, now).dumps(msgspec.to_builtins(case))
    return f"{base}/{page}/{token}"


def _read(token: str, page: str, secret: str, now: Callable[[], float]) -> Case:
    if len(token) > LONGEST:
        raise ForgedError
    try:
        raw = _serializer(page, secret, now).loads(token, max_age=LIFETIME_SECONDS)
        return msgspec.convert(raw, Case)
    except SignatureExpired:
        raise ExpiredError from None
    except (BadData, msgspec.ValidationError):
        raise ForgedError from None


def _serializer(page: str, secret: str, now: Callable[[], float]) -> URLSafeTimedSerializer:
    class Clocked(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(now())

    return URLSafeTimedSerializer(secret, salt=f"dvc-{page}", signer=Clocked)
