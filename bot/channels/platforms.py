"""The channels of others that are switched on: Zalo and Telegram, each once its credentials are set."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.engine import Connection
from starlette.routing import Route

from bot.channels import outbox
from bot.channels.adapter import Adapter
from bot.channels.gateway import Gateway
from bot.channels.rules import Rules
from bot.channels.store import Store
from bot.channels.telegram.adapter import TelegramAdapter
from bot.channels.telegram.client import Method
from bot.channels.telegram.commands import read_commands
from bot.channels.telegram.opening import open_client
from bot.channels.telegram.webhook import Webhook as TelegramWebhook
from bot.channels.words import Words
from bot.channels.zalo.adapter import ZaloAdapter
from bot.channels.zalo.webhook import Settle
from bot.channels.zalo.webhook import Webhook as ZaloWebhook
from bot.conversations import people
from bot.conversations.channel import Channel
from bot.settings import Settings

logger = logging.getLogger(__name__)

_ASK_AGAIN_SECONDS = 300.0
_CHECK_SECONDS = 6 * 3600.0


class Platforms:
    """``adapters`` by channel; ``telegram_name``: user name of our bot, empty until Telegram told it."""

    def __init__(
        self, settings: Settings, store: Store, words: Words, rules: Rules, now: Callable[[], float]
    ) -> None:
        self._settings, self._store, self._now = settings, store, now
        self.adapters: dict[Channel, Adapter] = {}
        self.telegram_name = ""
        self._tasks: list[asyncio.Task[None]] = []
        self._telegram_hook: TelegramWebhook | None = None
        self._zalo: ZaloAdapter | None = None
        self._telegram = open_client(settings)
        if self._telegram is not None:
            self.adapters[Channel.TELEGRAM] = TelegramAdapter(self._telegram)
        if settings.zalo_app_id and settings.zalo_oa_secret:
            self._zalo = ZaloAdapter(
                settings, store.run, now, rules.owner, lambda: words.text("more_choices", Channel.ZALO)
            )
            self.adapters[Channel.ZALO] = self._zalo

    def routes(self, gateway: Gateway) -> list[Route]:
        """Webhooks of the channels that are on."""
        found: list[Route] = []
        if self._telegram is not None:
            commands = read_commands(self._settings.data_dir / "channels" / "commands.yaml")
            secret = self._settings.telegram_secret
            self._telegram_hook = TelegramWebhook(gateway, self._telegram, secret, commands)
            found += self._telegram_hook.routes()
        if Channel.ZALO in self.adapters:
            found += ZaloWebhook(gateway, self._settings, self._settled(gateway)).routes()
        return found

    async def start(self) -> None:
        """Ask Telegram for our name and keep Zalo's tokens alive, in the background: both may be away."""
        if self._telegram is not None:
            self._tasks.append(asyncio.create_task(self._learn_name()))
        if self._zalo is not None:
            self._tasks.append(asyncio.create_task(self._stay_authorised(self._zalo)))

    async def stop(self) -> None:
        """Let answers to pressed buttons end."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._telegram_hook is not None:
            await self._telegram_hook.close()

    def _settled(self, gateway: Gateway) -> Settle:
        def confirm(connection: Connection, external_id: str, message_id: str, text: str) -> str | None:
            person = people.find(connection, Channel.ZALO, external_id)
            if person is None:
                return None
            done = outbox.confirm(connection, person.id, message_id, text, self._now())
            return person.conversation_id if done else None

        async def settle(external_id: str, message_id: str, text: str) -> bool:
            conversation_id = await self._store.run(confirm, external_id, message_id, text)
            if conversation_id is not None:
                gateway.ring(conversation_id)
            return conversation_id is not None

        return settle

    async def _stay_authorised(self, zalo: ZaloAdapter) -> None:
        # A refresh token that nobody uses for three months is lost.
        while True:
            await asyncio.sleep(_CHECK_SECONDS)
            await zalo.check()

    async def _learn_name(self) -> None:
        assert self._telegram is not None
        while not self.telegram_name:
            try:
                told = await self._telegram.call(Method.GET_ME)
                self.telegram_name = str(told.get("username", ""))
                return
            except Exception as error:
                logger.warning("telegram: our name is not known yet: %s", type(error).__name__)
                await asyncio.sleep(_ASK_AGAIN_SECONDS)
