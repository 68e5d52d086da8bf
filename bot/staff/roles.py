"""Who may do what. Pure."""

from collections.abc import Collection, Mapping
from enum import Enum


class Role(str, Enum):
    """A role of an account; an account may have several (P9 of the privacy rules)."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    APPROVER = "approver"
    ANALYST = "analyst"
    PRIVACY = "privacy"
    ADMIN = "admin"


class Permission(str, Enum):
    """One thing an account may do; every route of the console names the one it needs."""

    READ_QUEUE = "read_queue"
    """See the queues and the conversations in them, masked."""
    TALK = "talk"
    """Claim conversations and answer citizens."""
    STEER_QUEUE = "steer_queue"
    """Take over or move what others hold, set topics that need approval."""
    REVIEW = "review"
    """Read past turns and label them."""
    AUDIT_SAMPLE = "audit_sample"
    """Draw samples for audits and read the agreement of reviewers."""
    UNMASK = "unmask"
    """See what was masked, with a reason and for a while."""
    EDIT = "edit"
    """Propose corrections and changes of the catalogue and of texts."""
    APPROVE = "approve"
    """Approve what somebody else proposed."""
    ANALYSE = "analyse"
    """See aggregates and export them."""
    CONTROL = "control"
    """Stop channels, show banners, set hours."""
    PRIVACY_DESK = "privacy_desk"
    """Handle data requests, erasure and retention."""
    READ_AUDIT = "read_audit"
    """Read and verify the audit log."""
    MANAGE_STAFF = "manage_staff"
    """Create and change accounts."""


_P = Permission

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset({_P.READ_QUEUE, _P.TALK}),
    Role.SUPERVISOR: frozenset(
        {
            _P.READ_QUEUE,
            _P.TALK,
            _P.STEER_QUEUE,
            _P.REVIEW,
            _P.AUDIT_SAMPLE,
            _P.UNMASK,
            _P.ANALYSE,
            _P.CONTROL,
        }
    ),
    Role.EDITOR: frozenset({_P.REVIEW, _P.EDIT}),
    Role.APPROVER: frozenset({_P.REVIEW, _P.EDIT, _P.APPROVE}),
    Role.ANALYST: frozenset({_P.ANALYSE}),
    Role.PRIVACY: frozenset({_P.PRIVACY_DESK, _P.READ_AUDIT, _P.UNMASK}),
    # No chat content: whoever manages accounts could otherwise give themselves anything unseen.
    Role.ADMIN: frozenset({_P.MANAGE_STAFF, _P.CONTROL, _P.READ_AUDIT}),
}


def permissions_of(roles: Collection[Role]) -> frozenset[Permission]:
    """Everything the roles together allow."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))
