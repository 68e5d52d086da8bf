"""A gateway with two channels in memory, a brain that repeats what it is asked and a shelf for files."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.channels.bell import Bell
from bot.channels.commands import read_spellings
from bot.channels.concealing import Concealing
from bot.channels.files import Fetcher
from bot.channels.gateway import Gateway
from bot.channels.message import Choice, Incoming, Kind, Reply
from bot.channels.orders import Orders
from bot.channels.responder import Responder
from bot.channels.rules import Rules
from bot.channels.staff.office import read_timetable
from bot.channels.staff.opening import open_staff_side
from bot.channels.store import Store
from bot.channels.tables import inbox, outbox
from bot.conversations import log, people
from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.conversations.said import FileRef
from bot.conversations.turns import Facts
from bot.gateways.vault import Vault
from bot.text import mask
from bot.text.contacts import find_contact
from tests.channels.conftest import START, Clock, Platform, eventually, words
from tests.conftest import ROOT

KEY = b"k" * 32
VAULT = Vault(Fernet.generate_key().decode())
OFFER = "cho nút"
"""The question to which the brain offers one button."""
_OPEN = ("pending", "sending", "unknown")


@dataclass
class Parrot:
    """A brain. ``asked``: (conversation, channel, text); ``errors`` are raised first, one a turn; ``busy``:
    so many times it cannot forget; ``knows``: what it makes of a text.
    """

    asked: list[tuple[str, Channel, str]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    busy: int = 0
    knows: dict[str, Facts] = field(default_factory=dict)

    async def reply(self, conversation_id: str, channel: Channel, message_id: str, text: str) -> list[Reply]:
        if self.errors:
            raise self.errors.pop(0)
        self.asked.append((conversation_id, channel, text))
        buttons = (Choice("Một", "/select_one"),) if text == OFFER else ()
        facts = self.knows.get(text)
        return [Reply(f"đáp {text}", buttons, None, facts.outcome if facts else "answered", facts)]

    async def forget(self, conversation_id: str) -> None:
        if self.busy:
            self.busy -= 1
            raise OSError("database is locked")
        self.forgotten.append(conversation_id)

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text in self.asked]


@dataclass
class Phone(Platform):
    """A channel whose files wait under their name; ``trouble``: raised by downloads first."""

    shared: dict[str, bytes] = field(default_factory=dict)
    trouble: list[Exception] = field(default_factory=list)

    async def download(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        if self.trouble:
            raise self.trouble.pop(0)
        return handle["name"], self.shared[handle["name"]]


@dataclass
class Shelf:
    """``Files`` in memory; ``refusals``: raised first."""

    kept: list[tuple[str, str, bytes]] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)

    def put(self, conversation_id: str, name: str, data: bytes) -> FileRef:
        if self.refusals:
            raise self.refusals.pop(0)
        self.kept.append((conversation_id, name, data))
        return FileRef(f"ref-{len(self.kept)}", name, len(data), "application/pdf")


@dataclass
class Counter:
    """Citizens write with ``says`` and its kin; each returns what that channel then heard."""

    gateway: Gateway
    phones: dict[Channel, Phone]
    engine: Engine
    clock: Clock
    brain: Parrot
    shelf: Shelf
    numbers: Any = field(default_factory=lambda: count(1))

    async def says(self, text: str, channel: Channel = Channel.TELEGRAM, who: str = "111") -> list[str]:
        return await self.does(Kind.TEXT, text, channel, who)

    async def does(
        self,
        kind: Kind,
        text: str = "",
        channel: Channel = Channel.TELEGRAM,
        who: str = "111",
        fetch: tuple[dict[str, Any], ...] = (),
        files: tuple[FileRef, ...] = (),
    ) -> list[str]:
        """Texts of the new messages to this citizen on this channel, once everything is settled."""
        before = len(self.told(channel, who))
        self.clock.time += 1
        number = f"{channel.value}-{next(self.numbers)}"
        await self.gateway.accept(
            Incoming(
                channel,
                who,
                number,
                kind,
                self.clock.time,
                mask(text),
                fetch=fetch,
                files=files,
                contact=find_contact(text),
            )
        )
        await self.settled()
        return self.told(channel, who)[before:]

    async def taps(self, title: str, channel: Channel = Channel.TELEGRAM, who: str = "111") -> list[str]:
        """Press the newest button of that title."""
        return await self.does(Kind.BUTTON, self.token(title, channel, who), channel, who)

    def token(self, title: str, channel: Channel = Channel.TELEGRAM, who: str = "111") -> str:
        """What the platform has of the newest button of that title."""
        offered = [b for c in self.phones[channel].calls if c["to"] == who for b in c["buttons"]]
        return next(str(b["token"]) for b in reversed(offered) if b["title"] == title)

    def told(self, channel: Channel = Channel.TELEGRAM, who: str = "111") -> list[str]:
        """All that was said to a citizen: sent, or on the web what the log shows them."""
        if channel is not Channel.WEB:
            return self.phones[channel].told(who)
        me = self.person(Channel.WEB, who)
        said = self._ask(log.entries, me.conversation_id) if me else []
        return [entry.said.text for entry in said if entry.author.value in ("assistant", "staff")]

    def person(self, channel: Channel = Channel.TELEGRAM, who: str = "111") -> Person | None:
        found: Person | None = self._ask(people.find, channel, who)
        return found

    def conversation(self, channel: Channel = Channel.TELEGRAM, who: str = "111") -> str:
        person = self.person(channel, who)
        assert person is not None
        return person.conversation_id

    async def settled(self) -> None:
        """Wait until nothing is left to answer or to send."""
        await eventually(lambda: not self._left(), clock=self.clock)

    def _left(self) -> int:
        def left(connection: Any) -> int:
            asked = select(func.count()).select_from(inbox).where(inbox.c.state == "waiting")
            going = select(func.count()).select_from(outbox).where(outbox.c.state.in_(_OPEN))
            return int(connection.execute(asked).scalar_one() + connection.execute(going).scalar_one())

        return int(self._ask(left))

    def _ask(self, work: Callable[..., Any], *args: Any) -> Any:
        with self.engine.connect() as connection:
            return work(connection, *args)


@asynccontextmanager
async def open_counter(engine: Engine) -> AsyncIterator[Counter]:
    """Works until the end of the block; everybody still has to be greeted."""
    clock, brain, shelf, say = Clock(START), Parrot(), Shelf(), words()
    phones = {channel: Phone(channel) for channel in (Channel.TELEGRAM, Channel.ZALO)}
    # The clock runs fast while a test waits: nothing may seem late because of that.
    rules = Rules("test", 16, 32, 1000.0, 0.0, 5000.0, attempts=5, send_patience=1e6, sweep_every=0.05)
    store = Store(engine)
    orders = Orders(say, brain.forget, KEY, 365, 7, clock)
    spellings = read_spellings(ROOT / "data" / "channels" / "commands.yaml")
    fetcher = Fetcher(phones, shelf, 7)
    timetable = read_timetable(ROOT / "data", "Asia/Ho_Chi_Minh", clock())
    staff = open_staff_side(
        store,
        phones,
        say,
        timetable,
        lambda: gateway.watch(Bell.DESK),
        lambda conversation_id: gateway.ring(conversation_id),
        clock,
        16.0,
    )
    responder = Responder(store.run, brain, say, orders, staff.citizen, fetcher, spellings, clock)
    conceal = Concealing(VAULT).conceal
    gateway = Gateway(
        store,
        phones,
        responder.respond,
        say,
        rules,
        clock,
        besides=(staff.voice,),
        conceal=conceal,
        settle=staff.settling.settle,
    )
    await gateway.start()
    try:
        yield Counter(gateway, phones, engine, clock, brain, shelf)
    finally:
        await gateway.stop()
