"""Citizens of all channels who ask at once: alone or in bursts, each delivered up to three times."""

import asyncio
import random
from collections.abc import Iterator

from bot.conversations.channel import Channel
from tests.doubles.telegram import driver as telegram_double
from tests.doubles.zalo import driver as zalo_double
from tests.faults.browser import Browser
from tests.faults.ledger import Ledger

COPIES = 3
SHUFFLE = 4
SHUFFLE_HOLD = 0.1
LOOK_SECONDS = 0.15
POLL_SECONDS = 1.0
# As patient as the real platform, but faster: a delivery is repeated until the gateway is there again.
ZALO_LADDER = (0.3, 0.5, 1.0, *(1.5,) * 200)
_FIRST_CHAT = 1_000_000
_MOST_IN_A_BURST = 3
# A browser may post twenty times a minute, repeats included.
_POSTED_AGAIN = 0.25


class Crowd:
    """``again``: title of the button under a notice that an answer may be lost. Release ``tickets`` to let
    citizens speak, one for each message.
    """

    def __init__(
        self,
        ledger: Ledger,
        telegram: telegram_double.Platform,
        zalo: zalo_double.Platform,
        urls: list[str],
        again: str,
        dice: random.Random,
    ) -> None:
        self.tickets = asyncio.Semaphore(0)
        self.browsers: dict[int, Browser] = {}
        self.offered = self.asked_again = 0
        self._ledger, self._telegram, self._zalo = ledger, telegram, zalo
        self._urls, self._again, self._dice = urls, again, dice

    async def speak(self, citizen: int, messages: int) -> None:
        """All a citizen has to say; the next only once the gateway has the ones before."""
        channel = (Channel.WEB, Channel.ZALO, Channel.TELEGRAM)[citizen % 3]
        if channel is Channel.WEB:
            await self._open(citizen)
        for burst in self._bursts(messages):
            for _ in burst:
                await self.tickets.acquire()
            texts = [self._ledger.ask(channel, citizen, place) for place in burst]
            await self._say(channel, citizen, texts)
            await self._ledger.kept(texts)

    async def hear_telegram(self) -> None:
        """Until cancelled: what reaches the phones, and the button for what did not."""
        last = 0
        while True:
            for sent in await self._telegram.sent(after=last):
                last = sent.seq
                citizen = sent.user - _FIRST_CHAT
                self._ledger.heard[Channel.TELEGRAM, citizen].append(sent.text)
                if self._again in sent.titles:
                    await self._consider(citizen, sent)
            await asyncio.sleep(LOOK_SECONDS)

    async def hear_zalo(self) -> None:
        """Until cancelled: what reaches the phones."""
        last = 0
        while True:
            for sent in await self._zalo.sent(after=last):
                last = sent.seq
                citizen = int(sent.user) - int(zalo_double.user_id(0))
                self._ledger.heard[Channel.ZALO, citizen].append(sent.text)
            await asyncio.sleep(LOOK_SECONDS)

    async def hear_web(self, citizen: int) -> None:
        """Until cancelled: half of the browsers have a stream that breaks now and then, half ask."""
        browser = self.browsers[citizen]
        if citizen % 2:
            await browser.poll(POLL_SECONDS)
        else:
            await browser.read(lambda: self._dice.uniform(2.0, 10.0))

    def note_web(self) -> None:
        """Take down what the browsers show."""
        for citizen, browser in self.browsers.items():
            self._ledger.heard[Channel.WEB, citizen] = browser.texts("assistant")

    async def close(self) -> None:
        for browser in self.browsers.values():
            await browser.close()

    async def _open(self, citizen: int) -> None:
        browser = Browser(self._urls, citizen, random.Random(citizen))
        await browser.open()
        self.browsers[citizen] = browser

    def _bursts(self, messages: int) -> Iterator[range]:
        place = 0
        while place < messages:
            size = 1 if self._dice.random() < 0.6 else self._dice.randint(2, _MOST_IN_A_BURST)
            yield range(place, min(place + size, messages))
            place += size

    async def _say(self, channel: Channel, citizen: int, texts: list[str]) -> None:
        if channel is Channel.TELEGRAM:
            await self._telegram.says_many((_FIRST_CHAT + citizen, text) for text in texts)
        elif channel is Channel.ZALO:
            await self._zalo.says_many((citizen, text) for text in texts)
        else:
            await self._post(self.browsers[citizen], texts)

    async def _post(self, browser: Browser, texts: list[str]) -> None:
        """The widget posts in order; a browser that did not see the answer posts again, even later."""
        posted = [(await browser.post(text), text) for text in texts]
        repeats = [pair for pair in posted for _ in range(COPIES - 1) if self._dice.random() < _POSTED_AGAIN]
        self._dice.shuffle(repeats)
        for message_id, text in repeats:
            await browser.post(text, message_id)

    async def _consider(self, citizen: int, notice: telegram_double.Sent) -> None:
        """A citizen told that an answer may be lost looks for it, and asks again if it is not there."""
        self.offered += 1
        missing = self._ledger.missing(Channel.TELEGRAM, citizen)
        meant = [question for question in missing if question.text in notice.text] or (
            [] if "«" in notice.text else missing
        )
        if not meant:
            return
        try:
            phone = self._telegram.phone(notice.user)
            await phone.taps(self._again, message_id=notice.message_id)
        except ValueError:
            # The button is gone: the press before was taken.
            return
        self.asked_again += 1
        self._ledger.offered.update(question.text for question in meant if "«" in notice.text)
