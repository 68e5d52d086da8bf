"""Fetches the files a citizen sent from the platform and stores them."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.answers.outcome import Outcome
from bot.channels.adapter import Adapter, Files, RefusedError
from bot.channels.inbox import Waiting
from bot.channels.message import Refusal, Reply
from bot.channels.words import Words
from bot.conversations.channel import Channel
from bot.conversations.said import FileRef

_TRIES = 3
_REMEMBERED = 1000


@dataclass(frozen=True)
class Fetched:
    """Files that are stored and the reasons why others are not. ``days``: how long they are kept."""

    files: tuple[FileRef, ...]
    refusals: tuple[Refusal, ...]
    days: int

    def replies(self, words: Words) -> tuple[Reply, ...]:
        """What to tell the citizen about them."""
        told = [words.refusal(why) for why in dict.fromkeys(self.refusals)]
        if self.files:
            count, days = str(len(self.files)), str(self.days)
            told.insert(0, words.reply("files_received", Outcome.GUIDED, count=count, days=days))
        return tuple(told)


class Fetcher:
    """``days``: how long files are kept."""

    def __init__(self, adapters: Mapping[Channel, Adapter], files: Files, days: int) -> None:
        self._adapters, self._files, self._days = adapters, files, days
        # A message is tried again when its other files or its caption meet trouble: (its id, number) → file.
        self._stored: OrderedDict[tuple[int, int], FileRef] = OrderedDict()

    async def fetch(self, message: Waiting, conversation_id: str) -> Fetched:
        """Everything the message names. Raises ``OSError`` while another try may work."""
        kept, refused = list(message.incoming.files), []
        adapter = self._adapters.get(message.incoming.channel)
        for number, handle in enumerate(message.incoming.fetch if adapter else ()):
            assert adapter is not None
            try:
                kept.append(await self._take(adapter, handle, conversation_id, (message.id, number)))
            except RefusedError as error:
                refused.append(Refusal(str(error)))
            except OSError:
                if message.attempt < _TRIES:
                    raise
                refused.append(Refusal.FILE_FAILED)
        return Fetched(tuple(kept), tuple(refused), self._days)

    async def _take(
        self, adapter: Adapter, handle: dict[str, Any], conversation_id: str, key: tuple[int, int]
    ) -> FileRef:
        if key not in self._stored:
            name, data = await adapter.download(handle)
            stored = await asyncio.to_thread(self._files.put, conversation_id, name, data)
            self._stored[key] = stored
            if len(self._stored) > _REMEMBERED:
                self._stored.popitem(last=False)
        return self._stored[key]
