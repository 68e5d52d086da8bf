"""Where a dossier is handed in online: the published link of the service, else the national portal."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from urllib.parse import urlsplit

from bot.answers.about.published import links, statements_on
from bot.catalogue.records import Procedure


class Leads(str, Enum):
    """Where an address leads."""

    SERVICE = "service"
    """To the service itself: the agency published it."""
    PAGE = "page"
    """To the procedure's page on the portal."""
    PORTAL = "portal"
    """To the front of the portal, where the citizen looks for the code."""


@dataclass(frozen=True)
class PortalLink:
    """An address to open. ``checked_on``: when it was published, or last compared with its source."""

    url: str
    code: str
    leads: Leads
    checked_on: date | None = None


def portal_link(procedure: Procedure, portal_url: str, on: date) -> PortalLink:
    """The latest published address of the service, else its page on the portal, else the portal."""
    published = [statement for statement in statements_on(procedure, on) if links((statement,))]
    if published:
        latest = max(published, key=lambda statement: statement.stated_on)
        return PortalLink(links((latest,))[0], procedure.code, Leads.SERVICE, latest.stated_on)
    source = procedure.source
    if source.url and _site(source.url) == _site(portal_url):
        checked = source.checked_on or source.retrieved_on
        return PortalLink(source.url, procedure.code, Leads.PAGE, checked)
    return PortalLink(portal_url, procedure.code, Leads.PORTAL)


def _site(url: str) -> str:
    """The last three labels of the host: the portal answers on several names."""
    return ".".join((urlsplit(url).hostname or "").split(".")[-3:])
