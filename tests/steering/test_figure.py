"""Small cells stay hidden."""

from bot.steering.figure import Figure, Kind, Row, concealed, share


def figure(*counts: int, parts: bool = False, people: bool = True) -> Figure:
    rows = tuple(share((str(number),), count, sum(counts)) for number, count in enumerate(counts))
    return Figure("f", Kind.SHARE, ("x",), sum(counts), rows, parts, people)


def hidden(found: Figure) -> list[bool]:
    return [row.hidden for row in concealed(found).rows]


def test_one_to_four_people_are_hidden_and_nobody_is_shown_as_nobody() -> None:
    """Four people with a rare question in a small commune are known to each other."""
    assert hidden(figure(0, 1, 4, 5)) == [False, True, True, False]
    assert concealed(figure(4, 9)).rows[0] == Row(("0",), None, 13, None, hidden=True)


def test_a_hidden_part_cannot_be_found_by_subtracting() -> None:
    """Of 20 = ? + 7 + 10 everybody would know the 3."""
    assert hidden(figure(3, 7, 10, parts=True)) == [True, True, False]
    assert hidden(figure(3, 2, 10, parts=True)) == [True, True, False]
    assert hidden(figure(0, 7, 10, parts=True)) == [False, False, False]


def test_a_share_of_few_people_is_hidden() -> None:
    found = Figure("f", Kind.SHARE, ("x",), 3, (share(("a",), 0, 3),))
    assert concealed(found).rows[0] == Row(("a",), None, None, hidden=True)


def test_records_of_the_catalogue_are_nobody() -> None:
    assert hidden(figure(1, 2, people=False)) == [False, False]
