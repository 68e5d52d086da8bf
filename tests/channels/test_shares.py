"""What citizens lose here: time, while one assistant is busy and another one idle; or the thread of their
conversation, when two of them work on it.
"""

from contextlib import ExitStack

from bot.channels.shares import Shares

A, B, C = "http://10.0.0.1:5005", "http://10.0.0.2:5005", "http://10.0.0.3:5005"


def busy(shares: Shares, *urls: str) -> ExitStack:
    """One turn under way at each until it is closed."""
    turns = ExitStack()
    for url in urls:
        turns.enter_context(shares.turn(url))
    return turns


def test_a_conversation_keeps_its_assistant_while_there_is_little_to_do() -> None:
    """The one that has read its texts before answers sooner."""
    shares = Shares()
    assert shares.order("c1", [B, A]) == [B, A]
    with busy(shares, B):
        assert shares.order("c1", [B, A]) == [B, A]


def test_nobody_waits_for_a_busy_assistant_beside_an_idle_one() -> None:
    """Of sixteen citizens at two assistants, twelve would wait for one of them."""
    shares = Shares()
    with busy(shares, B, B):
        # 1.25 times half of three turns, rounded up: two at most.
        assert shares.order("c1", [B, A]) == [A, B]
    with busy(shares, *[B] * 9, *[A] * 6):
        # 1.25 times half of sixteen: ten at most.
        assert shares.order("c1", [B, A]) == [B, A]
    with busy(shares, *[B] * 10, *[A] * 5):
        assert shares.order("c1", [B, A]) == [A, B]


def test_turns_that_ended_count_no_more() -> None:
    """An assistant would be left out for ever after a busy minute."""
    shares = Shares()
    busy(shares, *[B] * 10).close()
    assert shares.order("c1", [B, A]) == [B, A]


def test_the_order_among_those_with_room_stays() -> None:
    """All gateways agree who stands in."""
    shares = Shares()
    with busy(shares, B, B, B):
        assert shares.order("c1", [B, C, A]) == [C, A, B]


def test_a_conversation_without_an_answer_goes_where_it_was() -> None:
    """Its turn may still be going on there: two processes would each write what was spoken of."""
    shares = Shares()
    shares.unanswered("c1", B)
    with busy(shares, B, B, B):
        assert shares.order("c1", [A, B]) == [B, A]
        assert shares.order("c2", [B, A]) == [A, B]
        shares.answered("c1")
        assert shares.order("c1", [A, B]) == [A, B]


def test_what_is_remembered_has_an_end() -> None:
    shares = Shares()
    for number in range(1_001):
        shares.unanswered(f"c{number}", B)
    assert shares.order("c0", [A, B]) == [A, B]
    assert shares.order("c1", [A, B]) == [B, A]


def test_nobody_known_is_nobody_asked() -> None:
    assert Shares().order("c1", []) == []
