"""Small jobs of one event loop done together in a thread; those that come meanwhile make the next batch."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Batches(Generic[Job, Result]):
    """``work``: a batch of jobs in, as many results in the same order out, in a thread. One batch at a time:
    under load a transaction is shared by all that wait for it.
    """

    def __init__(self, work: Callable[[Sequence[Job]], Sequence[Result]], most: int = 200) -> None:
        self._work, self._most = work, most
        self._waiting: list[tuple[Job, asyncio.Future[Result]]] = []
        self._running: asyncio.Task[None] | None = None

    async def do(self, job: Job) -> Result:
        """The result of the job; raises what its batch failed with."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, done))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await done

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._do([job for job, _ in batch], [done for _, done in batch])
        finally:
            self._running = None

    async def _do(self, jobs: Sequence[Job], futures: Sequence["asyncio.Future[Result]"]) -> None:
        try:
            results = await asyncio.to_thread(self._work, jobs)
        except Exception as error:
            for future in futures:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in zip(futures, results, strict=True):
            if not future.done():
                future.set_result(result)
