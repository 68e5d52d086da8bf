"""Facts behind the readiness check: what a system takes, what an account needs, what to do when it is down.

Each says where it comes from; one that was looked for and not found says that. Pure.
"""

from collections.abc import Sequence
from datetime import date
from enum import Enum

import msgspec

from bot.catalogue.enums import Channel


class Basis(str, Enum):
    """What a fact stands on."""

    LAW = "law"
    PUBLISHED = "published"
    PRESS = "press"
    PRACTICE = "practice"
    """Our own advice."""
    UNKNOWN = "unknown"
    """Looked for and not found."""


class Down(str, Enum):
    """What does not work."""

    PORTAL = "portal"
    VNEID = "vneid"
    PAYMENT = "payment"


class Fault(str, Enum):
    """What is wrong with a picture of a paper."""

    BLUR = "blur"
    MISSING_PAGE = "missing_page"
    EXPIRED = "expired"
    GLARE = "glare"
    ORIENTATION = "orientation"
    FORMAT = "format"
    DRAWING_PHOTO = "drawing_photo"
    NOT_CERTIFIED = "not_certified"
    SENT_IN_CHAT = "sent_in_chat"


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``procedures``: codes it is about; empty: all."""

    id: str
    basis: Basis
    source: str
    dated: date
    procedures: tuple[str, ...] = ()

    def is_about(self, code: str) -> bool:
        """Whether it holds for a procedure."""
        return not self.procedures or code in self.procedures


class Upload(Fact, frozen=True, kw_only=True):
    """What a system takes as a file. ``max_mb`` None: no figure is known; ``advised_mb``: safe."""

    system: str
    hosts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    max_mb: float | None = None
    approximate: bool = False
    advised_mb: float | None = None


class Account(Fact, frozen=True, kw_only=True):
    """What an electronic account needs. ``procedure``: where it is made."""

    what: str
    levels: tuple[int, ...] = ()
    procedure: str | None = None


class OutageStep(Fact, frozen=True, kw_only=True):
    """What to do while something is down. ``way``: only where a dossier can be handed in that way."""

    what: str
    when: tuple[Down, ...]
    way: Channel | None = None


class Outage(Fact, frozen=True, kw_only=True):
    """Something was down. ``month_only``: the days are not known."""

    when: Down
    first: date
    last: date | None = None
    month_only: bool = False


class Scan(Fact, frozen=True, kw_only=True):
    """How a picture of a paper has to be."""

    what: str
    fault: Fault


class Readiness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/dossiers/readiness.yaml``."""

    uploads: tuple[Upload, ...] = ()
    accounts: tuple[Account, ...] = ()
    outage: tuple[OutageStep, ...] = ()
    known_outages: tuple[Outage, ...] = ()
    scans: tuple[Scan, ...] = ()

    def upload(self, code: str, addresses: Sequence[str]) -> Upload | None:
        """What the system at one of these addresses takes, first what is said for the procedure itself;
        None for a system nothing is recorded of.
        """
        own = (upload for upload in self.uploads if code in upload.procedures)
        there = (
            upload
            for upload in self.uploads
            if any(_host(address) in upload.hosts for address in addresses) and upload.is_about(code)
        )
        return next(own, None) or next(there, None)

    def account(self, code: str, level: int) -> tuple[Account, ...]:
        """What an account of this level needs, what is said for the procedure itself last."""
        found = [one for one in self.accounts if level in one.levels and one.is_about(code)]
        return tuple(sorted(found, key=lambda one: bool(one.procedures)))

    def steps(self, down: Down, code: str, ways: Sequence[Channel]) -> tuple[OutageStep, ...]:
        """What to do in order."""
        return tuple(
            step
            for step in self.outage
            if down in step.when and step.is_about(code) and (step.way is None or step.way in ways)
        )

    def pictures(self, code: str) -> tuple[Scan, ...]:
        """How pictures have to be: rules of the procedure itself and those for all."""
        return tuple(scan for scan in self.scans if scan.is_about(code))


def _host(address: str) -> str:
    return address.split("://")[-1].split("/")[0].split(":")[0].lower().removeprefix("www.")
