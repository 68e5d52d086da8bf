"""The citizens' search for staff: one loaded index a process, shared with the suggestions."""

from starlette.concurrency import run_in_threadpool

from bot.knowledge_source import KnowledgeSource


class Finder:
    """``source`` loads the index when it is first needed, which takes seconds; after that it stays."""

    def __init__(self, source: KnowledgeSource) -> None:
        self._source = source

    async def codes(self, words: str) -> tuple[str, ...]:
        """Codes of the procedures the assistant would think of, the likeliest first."""
        return await run_in_threadpool(self._codes, words)

    def _codes(self, words: str) -> tuple[str, ...]:
        found = self._source.assistant().knowledge.resolver.find(words)
        return tuple(candidate.code for candidate in found.candidates)
