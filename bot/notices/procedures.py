"""The procedures citizens may ask to hear about. Pure."""

from dataclasses import dataclass

from bot.answers.about.lines import heading
from bot.answers.knowledge import Knowledge


@dataclass(frozen=True)
class KnownProcedures:
    """See ``bot.notices.ports.Procedures``: those of one revision of the catalogue."""

    knowledge: Knowledge

    @property
    def revision(self) -> int:
        """Of the catalogue."""
        return self.knowledge.catalogue.revision

    def name(self, code: str) -> str | None:
        """As it stands in an answer; None when the catalogue does not have it."""
        procedure = self.knowledge.catalogue.procedures.get(code)
        return heading(procedure) if procedure else None

    def find(self, text: str) -> tuple[str, ...]:
        """The one procedure the text surely names, else those it may mean, the likeliest first."""
        found = self.knowledge.resolver.find(text)
        if found.procedure is not None:
            return (found.procedure.code,)
        return tuple(candidate.code for candidate in found.options)
