"""What is asked and not answered, without showing anybody's words."""

from bot.answers.outcome import Outcome
from bot.steering import gaps
from bot.steering.gaps import Question, content_words, read_questions
from bot.steering.measure import Counted
from tests.steering.town import WEEK, Town, at

IDLE = frozenset({"cho", "toi", "hoi"})


def asked(text: str, who: str) -> Question:
    return Question(content_words(text, IDLE), who)


def test_the_most_asked_come_first() -> None:
    rows = [
        Counted("", "ask_fee", "", 6),
        Counted("", "ask_fee", "1.000001", 9),
        Counted("", "ask_time", "1.000001", 5),
    ]
    found = gaps.unanswered(rows)
    assert (found.n, [(row.keys, row.count) for row in found.rows]) == (
        20,
        [(("1.000001", "ask_fee"), 9), (("none", "ask_fee"), 6), (("1.000001", "ask_time"), 5)],
    )


def test_questions_are_grouped_by_words_that_many_share() -> None:
    questions = [asked(f"cho tôi hỏi lái đò {place}", f"a{place}") for place in "xyzuvw"]
    questions += [asked("lai do", "b"), asked("nuôi lợn", "c"), asked("trợ cấp", "d")]
    found = gaps.unanswered_words(questions)
    assert found.n == 9
    assert [(row.keys[0], row.count) for row in found.rows] == [("đò + lái", 7)]


def test_words_of_fewer_than_five_citizens_are_not_shown() -> None:
    """One citizen who asks twenty times would read their own story on a dashboard."""
    alone = [asked("nuôi lợn cạnh nhà ông Tư", "c") for _ in range(20)]
    few = [asked("bến thủy", str(number)) for number in range(4)]
    assert gaps.unanswered_words(alone + few).rows == ()


def test_numbers_are_no_words() -> None:
    assert content_words("Tôi hỏi số 022089001234 nhà A12 phí đò", IDLE) == {
        "so": "số",
        "nha": "nhà",
        "phi": "phí",
        "do": "đò",
    }


def test_only_what_had_no_data_is_read(town: Town) -> None:
    an = town.citizen("an")
    town.turn(an, at(17), Outcome.NO_DATA, text="Phí đò ngang")
    town.turn(an, at(17), Outcome.ANSWERED, text="Phí khai sinh")
    town.turn(an, at(9), Outcome.NO_DATA, text="Phí bến")
    assert read_questions(town.connection, WEEK, IDLE) == [
        Question({"phi": "phí", "do": "đò", "ngang": "ngang"}, "an")
    ]
