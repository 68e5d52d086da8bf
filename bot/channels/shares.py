"""How turns are shared out among the assistants while there is much to do."""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil

AIR = 1.25
_REMEMBERED = 1_000


class Shares:
    """The turns this gateway waits for. Use within one event loop.

    Conversations are dealt out by chance, so that of two assistants one may have twelve of sixteen turns
    to work on while the other has four. Consistent hashing with bounded loads (Mirrokni, Thorup and
    Zadimoghaddam, 2016): a conversation stays with its own assistant as long as that one has no more than
    ``AIR`` times the mean, else the next in line answers.
    """

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._unanswered: OrderedDict[str, str] = OrderedDict()

    def order(self, conversation_id: str, ranked: Sequence[str]) -> list[str]:
        """``ranked`` in the order they are to be asked. First the one that left this conversation without an
        answer: its turn may still be going on there, and two processes must not work on one conversation.
        """
        first = self._unanswered.get(conversation_id)
        bound = ceil(AIR * (sum(self._under_way[url] for url in ranked) + 1) / max(len(ranked), 1))
        return sorted(ranked, key=lambda url: (url != first, self._under_way[url] >= bound))

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Counts until the end of the block."""
        self._under_way[url] += 1
        try:
            yield
        finally:
            self._under_way[url] -= 1
            if not self._under_way[url]:
                # Machines come and go, each under an address of its own.
                del self._under_way[url]

    def unanswered(self, conversation_id: str, url: str) -> None:
        """The assistant was there, and gave no answer."""
        self._unanswered[conversation_id] = url
        self._unanswered.move_to_end(conversation_id)
        if len(self._unanswered) > _REMEMBERED:
            self._unanswered.popitem(last=False)

    def answered(self, conversation_id: str) -> None:
        """Nothing of the conversation is under way any more."""
        self._unanswered.pop(conversation_id, None)
