"""Live pages: drawn when something changed, silent otherwise, and over when the session is."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.console import live
from bot.console.guard import COOKIE, Visitor
from bot.handoffs import watching
from bot.staff import accounts, sessions
from bot.staff.actions import Presence
from bot.staff.roles import Role
from bot.staff.sessions import IDLE_SECONDS
from bot.staff.tables import staff_session
from tests.console.citizens import claim, wait, write
from tests.console.desk import Desk


@dataclass
class Scripted:
    """A page whose marks are given, one a look; None: what it showed is gone."""

    marks: list[str | None]
    drawn: int = 0
    thoughts: list[str] = field(default_factory=list)

    def mark(self, connection: Connection) -> str | None:
        return self.marks.pop(0) if len(self.marks) > 1 else self.marks[0]

    def draw(self, connection: Connection) -> Mapping[str, Any]:
        self.drawn += 1
        return {"drawn": self.drawn}

    async def afterthought(self) -> Mapping[str, Any] | None:
        return {"thought": self.thoughts.pop(0)} if self.thoughts else None


def visitor(desk: Desk) -> Visitor:
    """Who has entered in the browser of the desk."""
    token = str(desk.client.cookies[COOKIE])
    with desk.engine.begin() as connection:
        session = sessions.peek(connection, token, desk.now)
        assert session is not None
        account = accounts.find(connection, session.account_id)
    assert account is not None
    return Visitor(account, session, token, "", Presence.HERE)


def heard(desk: Desk, page: Scripted, looks: int, known: str = "", step: float = 1.0) -> list[str]:
    """The names of the events of so many looks, with their marks."""

    async def run() -> list[str]:
        left = looks

        async def wait() -> None:
            nonlocal left
            left -= 1
            desk.now += step
            await asyncio.sleep(0)
            if not left:
                raise asyncio.CancelledError

        lines: list[str] = []
        console = desk.app.state.console
        try:
            async for line in live.events(console, visitor(desk), page, known, wait):
                lines.append(line)
        except asyncio.CancelledError:
            pass
        return lines

    found = asyncio.run(run())
    assert found[0].startswith("retry: ")
    return [" ".join(line.split("\n")[:2]).replace("event: ", "").replace("id: ", "") for line in found[1:]]


def entered(desk: Desk) -> None:
    desk.hire("minh", Role.AGENT)
    desk.enter("minh")


def test_a_page_is_drawn_when_something_changed_and_not_otherwise(desk: Desk) -> None:
    """A list that stands still hides who waits; one drawn each second cannot be read."""
    entered(desk)
    page = Scripted(["a", "a", "b", "b"])
    assert heard(desk, page, 4) == ["drawn a", "drawn b"]


def test_who_lost_the_connection_gets_only_what_is_newer(desk: Desk) -> None:
    entered(desk)
    assert heard(desk, Scripted(["a", "a"]), 2, known="a") == []
    assert heard(desk, Scripted(["b", "b"]), 2, known="a") == ["drawn b"]


def test_a_quiet_stream_gives_a_sign_of_life(desk: Desk) -> None:
    """Proxies cut what is silent."""
    entered(desk)
    assert heard(desk, Scripted(["a"]), 31, known="a") == [": beat ", ": beat "]


def test_what_takes_longer_comes_after(desk: Desk) -> None:
    entered(desk)
    found = heard(desk, Scripted(["a"], thoughts=["later"]), 4)
    assert found == ["drawn a", 'thought data: {"thought": "later"}']


def test_a_slow_thought_is_not_lost_to_further_changes(desk: Desk) -> None:
    """In a busy queue the first suggestion, which waits for the model, would never come."""
    entered(desk)

    class Slow(Scripted):
        async def afterthought(self) -> Mapping[str, Any] | None:
            words = self.thoughts.pop(0) if self.thoughts else ""
            for _ in range(40):
                await asyncio.sleep(0)
            return {"thought": words} if words else None

    found = heard(desk, Slow([str(number) for number in range(60)], thoughts=["first", "second"]), 60)
    assert [line for line in found if line.startswith("thought")] == [
        'thought data: {"thought": "first"}',
        'thought data: {"thought": "second"}',
    ]


def test_what_was_erased_ends_the_stream(desk: Desk) -> None:
    entered(desk)
    assert heard(desk, Scripted(["a", None]), 9) == ["drawn a", "gone data: {}"]


def test_an_open_page_does_not_keep_a_session(desk: Desk) -> None:
    """A browser left alone must not stay entered because its page looks after the queue."""
    entered(desk)
    found = heard(desk, Scripted(["a"]), 99, step=IDLE_SECONDS / 3)
    assert found == ["drawn a", "ended data: {}"]
    with desk.engine.connect() as connection:
        assert connection.execute(select(staff_session.c.seen_at)).scalar_one() < desk.now - IDLE_SECONDS


def test_the_stream_of_the_queue_says_who_waits_and_draws_the_list(any_desk: Desk) -> None:
    me = any_desk.hire("minh", Role.AGENT)
    any_desk.enter("minh")
    opened = wait(any_desk, text="Xin gặp cán bộ")
    with any_desk.engine.begin() as connection:
        first = watching.look(connection, me.id)
    assert (first.counts.waiting, first.arrived, first.heard) == (1, opened.opened_at, 0.0)
    claim(any_desk, opened, me)
    any_desk.now += 5
    write(any_desk, "lan", "Tôi còn đây")
    with any_desk.engine.begin() as connection:
        second = watching.look(connection, me.id)
    assert second.mark != first.mark
    assert (second.counts.mine, second.arrived, second.heard) == (1, 0.0, any_desk.now)


def test_without_a_session_a_script_is_told_so(desk: Desk) -> None:
    given = desk.client.get("/console/events", headers={"Sec-Fetch-Dest": "empty"})
    assert given.status_code == 401


def test_events_hold_one_line_of_json(desk: Desk) -> None:
    """A line break in a list would cut the event in two."""
    line = live._event("drawn", {"list": "một\nhai"}, "7")
    assert line.count("\n") == 4
    assert json.loads(line.split("data: ")[1]) == {"list": "một\nhai"}
