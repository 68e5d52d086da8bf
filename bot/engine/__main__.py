"""The assistant as one process, Rasa's agent and actions together: ``python -m bot.engine [MODEL] PORT``."""

import gc

from bot.engine.absent import leave_out

# What is left out must be known before anything of Rasa is imported. All that is made from here on until
# something is served is made to stay: looking for garbage in it takes an eighth of the start.
leave_out()
gc.disable()

import asyncio  # noqa: E402
import logging  # noqa: E402
import sys  # noqa: E402
from collections.abc import AsyncIterator  # noqa: E402
from contextlib import asynccontextmanager  # noqa: E402
from pathlib import Path  # noqa: E402

from bot.bank.bank import Bank  # noqa: E402
from bot.channels.tasks import trace  # noqa: E402
from bot.engine.agent import ShortAgent, open_agent  # noqa: E402
from bot.engine.listening import listen  # noqa: E402
from bot.engine.local_action import open_executor, prepare  # noqa: E402
from bot.engine.lock_store import QueueLockStore  # noqa: E402
from bot.engine.logs import open_logs  # noqa: E402
from bot.engine.models import Models  # noqa: E402
from bot.engine.server import Server  # noqa: E402
from bot.engine.tracker_store import SessionTrackerStore  # noqa: E402
from bot.engine.turns import Turns  # noqa: E402
from bot.memory import collect_seldom, give_back, share_heap, stay_settled  # noqa: E402
from bot.settings import Settings, get_settings  # noqa: E402
from bot.training import newest_model  # noqa: E402

logger = logging.getLogger(__name__)


def main(model: Path, port: int) -> None:
    """Serve ``model`` until SIGTERM or SIGINT, and any that is activated meanwhile; turns under way are
    finished first. The catalogue is loaded before anything is served.
    """
    share_heap()
    collect_seldom()
    settings = get_settings()
    open_logs(settings.log_level)
    executor, locks, turns = open_executor(), QueueLockStore(), Turns()

    def load(path: Path) -> ShortAgent:
        return open_agent(path, SessionTrackerStore(None, url=settings.tracker_url), locks, executor, turns)

    # The catalogue first: what the model is made of finds room where the rows of the database were.
    try:
        prepare()
    except Exception as error:
        logger.error("the catalogue could not be read, the first message tries again: %s", trace(error))
    models = Models(Bank(settings.models_dir), model, load)
    give_back()
    gc.enable()

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(models.watch()), asyncio.create_task(stay_settled())]
        yield
        for task in tasks:
            task.cancel()

    listen(Server(lambda: models.current, settings.relay_secret).app(lifespan), settings, port)


def _serving(settings: Settings) -> Path:
    """The model to begin with where none was named, as on machines without the supervisor."""
    model = newest_model(settings)
    if model is None:
        raise SystemExit(f"There is no model in {settings.models_dir}: bot train makes one.")
    return model


if __name__ == "__main__":
    *named, port = sys.argv[1:]
    main(Path(named[0]) if named else _serving(get_settings()), int(port))
