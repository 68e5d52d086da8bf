"""What the masking scanner leaves out, each with its reason. Pure.

Names that are nowhere in here are looked at: a new table is scanned without anybody thinking of it.
"""

from collections.abc import Mapping

TABLES: Mapping[str, str] = {
    "alembic_version": "the number of the schema",
    "credential": "keys of platforms, no data of persons",
    "procedure": "public records",
    "procedure_version": "public records",
    "level_statement": "public records",
    "record_beneath": "public records",
    "import_run": "public records",
    "catalogue_revision": "public records",
    "contradiction": "public records",
    "agency": "public records of offices",
    "admin_unit": "public records",
    "unit_succession": "public records",
    "statistic": "public figures",
}
"""Tables nothing of a citizen ever comes into."""

COLUMNS: Mapping[tuple[str, str], str] = {
    ("identity", "external_id"): "the address itself: without it nobody can be answered; a hash once erased",
    ("conversation", "id"): "random",
    ("attachment", "ref"): "a random name",
    ("attachment", "sha256"): "a hash",
    ("button", "token"): "random",
    ("handoff", "contact_sealed"): "encrypted, given with consent to be called back",
    ("privacy_request", "contact_sealed"): "encrypted, given to be answered",
    ("amendment", "base"): "of public records",
    ("lesson", "digest"): "a hash",
    ("staff_account", "totp_sealed"): "encrypted",
    ("staff_account", "password_hash"): "a hash",
    ("staff_account", "oidc_subject"): "how the log-in provider names a member of staff",
    ("staff_session", "csrf"): "random",
    ("staff_session", "ip"): "of a member of staff",
    ("staff_audit", "ip"): "of a member of staff",
    ("staff_message", "client_id"): "random",
    ("registration", "token"): "random",
    ("registration", "code"): "a number of ours",
    ("submission", "token"): "random",
    ("payment", "token"): "random",
    ("submission", "reference"): "a number of ours",
    ("payment", "reference"): "a number of ours",
    ("payment_news", "reference"): "a number of ours",
    ("notice_reminder", "subject"): "a number of ours or of a dossier",
    ("payment", "transaction_id"): "a number of the payment platform",
    ("follow_gate", "key"): "a keyed hash",
    ("follow_lookup", "person"): "a keyed hash",
}

ENDINGS: Mapping[str, str] = {
    "_hash": "a hash",
    "hash": "a hash",
    "previous": "a hash",
    "conversation_id": "random",
    "message_id": "a number of the platform or random",
    "external_id": "a number of the platform",
    "draft_id": "random",
    "sender_id": "random",
    "given_in": "a number of the platform or random",
    "withdrawn_in": "a number of the platform or random",
}
"""Columns by how their name ends."""

KEYS: Mapping[str, str] = {
    "user_id": "the address a message goes to",
    "chat_id": "the address a message goes to",
    "external_id": "the address a message came from",
    "to": "the address a message goes to",
    "message_id": "a number of the platform or random",
    "file_id": "a number of the platform",
    "file_unique_id": "a number of the platform",
    "token": "random",
    "ref": "a random name",
    "id": "a number of ours or of the platform",
    "url": "an address of a page or file",
    "payload": "what a button of ours means",
    "callback_data": "random",
    "sender_id": "random",
    "model_id": "random",
    "assistant_id": "random",
    "parse_data_hash": "a hash",
}
"""Keys inside JSON."""


def is_exempt(table: str, column: str) -> bool:
    """Whether this column is left out."""
    if table in TABLES or (table, column) in COLUMNS:
        return True
    return any(column == ending or column.endswith(f"_{ending.lstrip('_')}") for ending in ENDINGS)
