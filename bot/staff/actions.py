"""What the audit log records: one closed set. Pure."""

from enum import Enum


class Action(str, Enum):
    """One deed of a member of staff, or of the system on their behalf."""

    ENTERED = "entered"
    ENTRY_REFUSED = "entry_refused"
    LEFT = "left"
    LOCKED_OUT = "locked_out"
    PASSWORD_CHANGED = "password_changed"
    FACTOR_SET = "factor_set"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_CHANGED = "account_changed"
    SESSION_ENDED = "session_ended"
    CONVERSATION_SEEN = "conversation_seen"
    CLAIMED = "claimed"
    RELEASED = "released"
    FORWARDED = "forwarded"
    CLOSED = "closed"
    REPLIED = "replied"
    NOTED = "noted"
    CANNED_CHANGED = "canned_changed"
    TOPIC_CHANGED = "topic_changed"
    PROPOSAL_DECIDED = "proposal_decided"
    UNMASKED = "unmasked"
    LABELLED = "labelled"
    SAMPLED = "sampled"
    FILTER_SAVED = "filter_saved"
    EXPORTED = "exported"
    CHANNEL_STOPPED = "channel_stopped"
    CHANNEL_STARTED = "channel_started"
    HOURS_CHANGED = "hours_changed"
    BANNER_SHOWN = "banner_shown"
    BANNER_WITHDRAWN = "banner_withdrawn"
    TEXT_PROPOSED = "text_proposed"
    TEXT_DECIDED = "text_decided"
    TEXT_REVERTED = "text_reverted"
    REQUEST_OPENED = "request_opened"
    REQUEST_CHANGED = "request_changed"
    ERASED = "erased"
    RETENTION_RUN = "retention_run"
    SCANNED = "scanned"
    AUDIT_VERIFIED = "audit_verified"


class Presence(str, Enum):
    """Whether a member of staff takes conversations now."""

    HERE = "here"
    BUSY = "busy"
    AWAY = "away"
