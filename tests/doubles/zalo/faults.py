"""Troubles a test orders for the next calls."""

from typing import Any, Literal

import msgspec

from tests.doubles.zalo import seeded

CS = "/v3.0/oa/message/cs"

Kind = Literal["error", "http", "http_accepted", "hang", "hang_accepted", "reset", "reset_accepted", "slow"]


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``error``: HTTP 200 with ``code``. ``http``: ``status`` and no JSON. ``hang``: no answer until the
    caller gives up or ``seconds`` have passed. ``reset``: the connection breaks. ``slow``: answered, but
    after ``seconds``. ``…_accepted``: the call has taken full effect before the trouble starts.

    Strikes calls whose path begins with ``path`` (and that concern ``user``, if given), after ``skip`` of
    them, ``times`` times (None: always), each with probability ``chance``.
    """

    kind: Kind
    times: int | None = 1
    skip: int = 0
    chance: float = 1.0
    code: int = -200
    status: int = 503
    path: str = CS
    user: str = ""
    seconds: float = 60.0
    seen: int = 0
    struck: int = 0

    @property
    def accepts(self) -> bool:
        return self.kind.endswith("_accepted") or self.kind == "slow"


class Faults:
    """Of several that fit, the one ordered first strikes."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.ordered: list[Fault] = []

    def order(self, wish: dict[str, Any]) -> Fault:
        fault = msgspec.convert(wish, Fault)
        self.ordered.append(fault)
        return fault

    def clear(self) -> None:
        self.ordered.clear()

    def strike(self, path: str, user: str) -> Fault | None:
        """The trouble of this call, if any."""
        for number, fault in enumerate(self.ordered):
            if not path.startswith(fault.path) or fault.user not in ("", user):
                continue
            if fault.times is not None and fault.struck >= fault.times:
                continue
            fault.seen += 1
            if fault.seen <= fault.skip:
                continue
            if seeded.rng(self.seed, "fault", number, fault.seen).random() < fault.chance:
                fault.struck += 1
                return fault
        return None
