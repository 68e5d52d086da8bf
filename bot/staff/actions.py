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
    AUDIT_VERIFIED = "audit_verified"


class Presence(str, Enum):
    """Whether a member of staff takes conversations now."""

    HERE = "here"
    BUSY = "busy"
    AWAY = "away"
