"""States of changes of records. Imports move some of them, so the set belongs to the catalogue. Pure."""

from bot.catalogue.enums import AmendmentState

__all__ = ["AmendmentState"]
