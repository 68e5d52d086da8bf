"""The menu: which places there are, and which of them an account may go to."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.staff.roles import Permission


@dataclass(frozen=True)
class Place:
    """``key``: of the text; ``keys``: the shortcut, one key after the other; no ``needed``: for everybody;
    ``other``: a permission that lets in as well.
    """

    path: str
    key: str
    keys: str
    needed: Permission | None = None
    other: Permission | None = None


_P = Permission

PLACES = (
    Place("/console/", "menu_home", "g h"),
    Place("/console/queue", "menu_queue", "g q", _P.READ_QUEUE),
    Place("/console/approvals", "menu_approvals", "g d", _P.TALK),
    Place("/console/canned", "menu_canned", "g c", _P.STEER_QUEUE, _P.EDIT),
    Place("/console/topics", "menu_topics", "g t", _P.STEER_QUEUE),
    Place("/console/review", "menu_review", "g r", _P.REVIEW),
    Place("/console/audits", "menu_audits", "g a", _P.REVIEW),
    Place("/console/gaps", "menu_gaps", "g 1", _P.REVIEW),
    Place("/console/orders", "menu_orders", "g 2", _P.REVIEW, _P.EDIT),
    Place("/console/lessons", "menu_lessons", "g 3", _P.EDIT, _P.APPROVE),
    Place("/console/unmask", "menu_unmask", "g u", _P.UNMASK),
    Place("/console/figures", "menu_figures", "g f", _P.ANALYSE),
    Place("/console/level-programme", "menu_level_programme", "g p", _P.ANALYSE),
    Place("/console/exports", "menu_exports", "g x", _P.ANALYSE),
    Place("/console/control", "menu_control", "g n", _P.CONTROL),
    Place("/console/banners", "menu_banners", "g b", _P.CONTROL),
    Place("/console/hours", "menu_hours", "g o", _P.CONTROL),
    Place("/console/texts", "menu_texts", "g w", _P.EDIT),
    Place("/console/catalogue", "menu_catalogue", "g i", _P.EDIT, _P.APPROVE),
    Place("/console/imports", "menu_imports", "g 5", _P.EDIT, _P.APPROVE),
    Place("/console/tables", "menu_tables", "g z", _P.EDIT, _P.APPROVE),
    Place("/console/upkeep", "menu_upkeep", "g 4", _P.EDIT, _P.APPROVE),
    Place("/console/models", "menu_models", "g j", _P.EDIT, _P.APPROVE),
    Place("/console/privacy", "menu_privacy", "g v", _P.PRIVACY_DESK),
    Place("/console/consents", "menu_consents", "g y", _P.PRIVACY_DESK),
    Place("/console/retention", "menu_retention", "g e", _P.PRIVACY_DESK),
    Place("/console/scanner", "menu_scanner", "g k", _P.PRIVACY_DESK),
    Place("/console/staff", "menu_staff", "g s", _P.MANAGE_STAFF),
    Place("/console/audit-log", "menu_audit_log", "g l", _P.READ_AUDIT),
    Place("/console/me", "menu_me", "g m"),
)


def places_for(permissions: Collection[Permission]) -> list[Place]:
    """In the order of the menu."""
    return [
        place
        for place in PLACES
        if place.needed is None or place.needed in permissions or place.other in permissions
    ]
