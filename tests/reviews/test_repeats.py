"""Questions asked again: a citizen who comes back was not helped."""

from bot.reviews.repeats import WITHIN_SECONDS, Asked, asked_again

FEE, PAPERS = "ask_fee", "ask_documents"


def test_a_hand_counted_week() -> None:
    """Of ten turns four ask again: 3, 5, 8 and 10."""
    day = 86_400.0
    turns = [
        Asked(1, "a", 0 * day, FEE, "1.1", "lệ phí kết hôn"),
        Asked(2, "a", 0 * day + 60, PAPERS, "1.1", "cần giấy tờ gì"),  # another matter of it
        Asked(3, "a", 1 * day, FEE, "1.1", "tốn bao nhiêu tiền vậy"),  # again, in other words
        Asked(4, "b", 1 * day, FEE, "1.1", "lệ phí kết hôn"),  # another citizen
        Asked(5, "a", 2 * day, "ask_place", None, "CẦN giấy tờ, gì?"),  # the words of 2
        Asked(6, "a", 3 * day, "thanks", None, "dạ cảm ơn nhiều"),
        Asked(7, "a", 3 * day, "thanks", None, "dạ cảm ơn nhiều"),  # a remark
        Asked(8, "a", 8 * day, FEE, "1.1", "lệ phí"),  # seven days after 3, not after 1
        Asked(9, "b", 9 * day, FEE, "1.1", "lệ phí kết hôn"),  # eight days after 4
        Asked(10, "b", 9 * day, "no_such", None, "le phi ket hon"),  # at the same time as 9
    ]
    assert asked_again(turns) == {3, 5, 8, 10}


def test_the_week_ends_after_seven_days_to_the_second() -> None:
    for gap, again in ((WITHIN_SECONDS, {2}), (WITHIN_SECONDS + 1, set())):
        turns = [Asked(1, "a", 0.0, FEE, "1.1", ""), Asked(2, "a", gap, FEE, "1.1", "")]
        assert asked_again(reversed(turns)) == again


def test_short_words_and_messages_for_nobody_are_no_question() -> None:
    turns = [Asked(number, "a", number, "ask_fee", None, "bao nhiêu") for number in (1, 2)]
    turns += [Asked(number, "a", number, "", "1.1", "đã nộp hồ sơ rồi") for number in (3, 4)]
    assert asked_again(turns) == set()
