"""Whom a message goes to: a Zalo user, or an anonymous visitor within one conversation."""

import re

_ID = re.compile(r"[A-Za-z0-9_.=-]{1,60}")
_ANONYMOUS = "anon:"


def user(user_id: str) -> str:
    """The external id of a user. ``ValueError`` when this cannot be an id of Zalo."""
    return _checked(user_id)


def anonymous(anonymous_id: str, conversation_id: str) -> str:
    """The external id of an anonymous visitor. ``ValueError`` as above."""
    return f"{_ANONYMOUS}{_checked(anonymous_id)}:{_checked(conversation_id)}"


def is_anonymous(external_id: str) -> bool:
    """Anonymous visitors can be answered, but not written to on our own account."""
    return external_id.startswith(_ANONYMOUS)


def recipient(external_id: str) -> dict[str, str]:
    """The ``recipient`` object of a send call."""
    if not is_anonymous(external_id):
        return {"user_id": external_id}
    anonymous_id, _, conversation_id = external_id.removeprefix(_ANONYMOUS).partition(":")
    return {"anonymous_id": anonymous_id, "conversation_id": conversation_id}


def _checked(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("not an id of Zalo")
    return value
