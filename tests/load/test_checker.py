"""A checker that overlooks a wrong reply would let a fast server that mixes up citizens win."""

import json

import pytest

from bot.load.checker import Checker, Fault
from bot.load.visit import Message, Visit, Wanted

VISIT = Visit(
    "an",
    (
        Message("khai sinh cần gì", Wanted(("Cần tờ khai.",), "1.001193")),
        Message("lệ phí thì sao", Wanted(("Không thu.",), "1.001193")),
    ),
)


def body(text: str, recipient: str = "an", procedure: str | None = "1.001193") -> bytes:
    return json.dumps(
        [{"recipient_id": recipient, "text": text, "custom": {"procedure_code": procedure}}]
    ).encode()


@pytest.mark.parametrize(
    ("place", "status", "reply", "fault"),
    [
        (0, 200, body("Cần tờ khai."), None),
        (1, 200, body("Không thu."), None),
        (0, 500, body("Cần tờ khai."), Fault.REFUSED),
        (0, 200, b"{", Fault.UNREADABLE),
        (0, 200, b"[]", Fault.SILENT),
        (0, 200, body("Cần tờ khai.", "binh"), Fault.FOREIGN),
        (0, 200, body("Không thu."), Fault.OTHER),
        (1, 200, body("Không thu.", procedure="2.000889"), Fault.LOST),
        (1, 200, body("Về thủ tục nào ạ?", procedure=None), Fault.LOST),
    ],
)
def test_each_fault_is_told_apart(place: int, status: int, reply: bytes, fault: Fault | None) -> None:
    checker = Checker()
    assert checker.look(VISIT, place, status, reply) is fault
    assert checker.faults == ({fault.value: 1} if fault else {})


def test_a_fault_is_shown_with_what_was_wanted() -> None:
    """A number alone helps nobody to find it."""
    checker = Checker()
    checker.look(VISIT, 0, 200, body("Không thu."))
    assert checker.shown == ["other: an [1] 'khai sinh cần gì': 'Không thu.', not 'Cần tờ khai.'"]


def test_without_a_known_reply_the_same_question_gets_the_same_reply() -> None:
    """Stock answers differently from us, but not differently each time."""
    checker = Checker()
    visits = [Visit(name, (Message("khai sinh"), Message("còn phí"))) for name in ("an", "binh")]
    assert checker.look(visits[0], 0, 200, body("A")) is None
    assert checker.look(visits[0], 1, 200, body("B")) is None
    assert checker.look(visits[1], 0, 200, body("C", "binh")) is Fault.OTHER
    assert checker.look(visits[1], 1, 200, body("C", "binh")) is None
