"""A scripted officer: each act takes effect at once, at the time it is told."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from tests.doubles.gov import officer
from tests.doubles.gov.dossiers import Record
from tests.doubles.gov.world import World


class Acts:
    """Times without a zone are local. Every act raises ``KeyError`` for an unknown code."""

    def __init__(self, world: World) -> None:
        self.world = world

    def accept(self, code: str, at: datetime, due: datetime) -> None:
        self._act(code, officer.accept, at, due)

    def refuse(self, code: str, at: datetime, reason: str = "Không thuộc thẩm quyền") -> None:
        self._act(code, officer.refuse, at, reason)

    def process(self, code: str, at: datetime) -> None:
        self._act(code, officer.process, at)

    def ask_supplement(self, code: str, at: datetime, content: str, papers: Sequence[str] = ()) -> None:
        self._act(code, officer.ask_supplement, at, content, papers)

    def receive_supplement(self, code: str, at: datetime, due: datetime) -> None:
        self._act(code, officer.receive_supplement, at, due)

    def ask_fee(self, code: str, at: datetime, amount: int, name: str = "Lệ phí") -> None:
        self._act(code, officer.ask_fee, at, amount, name)

    def receive_fee(self, code: str, at: datetime) -> None:
        self._act(code, officer.receive_fee, at)

    def withdraw(self, code: str, at: datetime) -> None:
        self._act(code, officer.withdraw, at)

    def stop(self, code: str, at: datetime, reason: str = "Quá hạn bổ sung giấy tờ") -> None:
        self._act(code, officer.stop, at, reason)

    def finish(self, code: str, at: datetime) -> None:
        self._act(code, officer.finish, at)

    def hand_over(self, code: str, at: datetime) -> None:
        """The result is in the citizen's hand (status 10)."""
        self._act(code, officer.hand_over, at)

    def change(self, code: str, **fields: Any) -> None:
        """Set fields as they are, also to what no officer would enter."""
        with self.world.lock:
            self.world.dossiers.move(code, **fields)

    def _act(self, code: str, act: Callable[..., Record], *details: Any) -> None:
        with self.world.lock:
            record = self.world.dossiers.get(code)
            if record is None:
                raise KeyError(code)
            self.world.dossiers.move(code, **act(record, *details))
