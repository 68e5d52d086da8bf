"""What the editors lose when these fail: the question of hundreds looks like hundreds of single ones."""

from random import Random

import pytest

from bot.catalogue.search import search_tables
from bot.catalogue.search.lexicon import frame_table
from bot.conversations.channel import Channel
from bot.upkeep.clusters import Cluster, Often, clusters, likely_need, often
from bot.upkeep.clusters_quality import Agreement, b_cubed
from bot.upkeep.clusters_question import Miss, Question
from bot.upkeep.clusters_reading import Reader, reader_over
from bot.upkeep.states import Need

FRAMES = ["cho tôi hỏi", "ạ", "làm", "muốn", "tôi", "ở đâu"]
SYNONYMS = [{"say": ["bằng lái"], "mean": ["giấy phép lái xe"]}]


@pytest.fixture(scope="module")
def reader() -> Reader:
    tables = search_tables(SYNONYMS, FRAMES, {}, ["ở", "trong"])
    names = ["Đổi giấy phép lái xe", "Đăng ký kết hôn", "Cấp giấy phép bến thủy"]
    return reader_over(names, tables, frame_table(["lệ phí bao nhiêu", "bao lâu"]))


def asked(number: int, text: str, who: str = "", code: str = "", score: float = 0.8) -> Question:
    return Question(
        turn_id=number,
        who=who or f"a{number}",
        text=text,
        at=float(number),
        channel=Channel.WEB if number % 2 else Channel.ZALO,
        miss=Miss.NO_DATA,
        candidates=((code, score),) if code else (),
    )


MIXED = [
    asked(1, "cho tôi hỏi nuôi lợn trong phố ạ"),
    asked(2, "NUÔI LỢN TRONG PHỐ"),
    asked(3, "nuoi lon trong pho lam o dau", who="a1"),
    asked(4, "đổi bằng lái bao lâu"),
    asked(5, "doi giay phep lai xe"),
    asked(6, "thả diều"),
    asked(7, "😀"),
]


def turns(found: list[Cluster]) -> list[tuple[int, ...]]:
    return [cluster.turns for cluster in found]


def test_one_meaning_in_several_wordings_is_one_cluster(reader: Reader) -> None:
    """With and without accents, in capitals, with folk words for the official ones."""
    found = clusters(MIXED, reader)
    assert turns(found) == [(3, 2, 1), (5, 4), (6,)]
    first = found[0]
    assert (first.count, first.citizens, first.first, first.last) == (3, 2, 1.0, 3.0)
    assert first.channels == ((Channel.WEB, 2), (Channel.ZALO, 1))
    assert first.misses == ((Miss.NO_DATA, 3),)


def test_the_order_of_questions_changes_nothing(reader: Reader) -> None:
    shuffled = list(MIXED)
    Random(1).shuffle(shuffled)
    assert clusters(shuffled, reader) == clusters(MIXED, reader)


def test_the_same_candidate_joins_what_words_alone_would_not(reader: Reader) -> None:
    wordings = ("cưới", "lấy chồng tây")
    apart = [asked(number, text) for number, text in enumerate(wordings)]
    together = [asked(number, text, code="1.000894", score=0.95) for number, text in enumerate(wordings)]
    assert (len(clusters(apart, reader)), len(clusters(together, reader))) == (2, 1)


def test_nothing_to_read_is_no_cluster(reader: Reader) -> None:
    assert clusters([], reader) == clusters([asked(1, "😀")], reader) == []
    assert turns(clusters([asked(1, "thả diều")], reader)) == [(1,)]


def test_a_name_is_drafted_from_the_shortest_wording_of_what_most_ask(reader: Reader) -> None:
    wordings = ("cho tôi hỏi nuôi lợn trong phố ạ", "tôi muốn nuôi lợn trong phố ở đâu", "nuoi lon trong pho")
    (cluster,) = clusters([asked(number, text) for number, text in enumerate(wordings)], reader)
    assert cluster.draft == 0
    assert reader.draft(wordings[0]) == "nuôi lợn trong phố"


@pytest.mark.parametrize(
    ("text", "drafted"),
    [
        ("đổi bằng lái của Nguyễn Văn Tèo 022089001234 lệ phí bao nhiêu", "đổi bằng lái của"),
        ("số điện thoại 0912345678", "số điện thoại"),
        ("đổi bằng lái ở Hạ Long", "đổi bằng lái ở"),
        ("cho tôi hỏi 12 ạ", ""),
        ("lợn " * 40, ""),
    ],
)
def test_a_drafted_name_says_nothing_of_a_person(reader: Reader, text: str, drafted: str) -> None:
    """It would be proposed to the catalogue with somebody's name and number in it."""
    assert reader.draft(text) == drafted


def test_procedures_are_told_by_how_often_they_are_the_best_candidate() -> None:
    questions = [
        Question(1, "a", "x", 1.0, Channel.WEB, Miss.ASKED_BACK, (("A", 0.6), ("B", 0.2))),
        Question(2, "b", "x", 2.0, Channel.WEB, Miss.ASKED_BACK, (("B", 0.5), ("A", 0.4))),
        Question(3, "c", "x", 3.0, Channel.WEB, Miss.ASKED_BACK, (("B", 0.5),)),
    ]
    best, second = often(questions)
    assert (best.code, best.questions, best.best) == ("B", 3, 2)
    assert best.likely == pytest.approx(0.4)
    assert second == Often("A", 2, 1, 0.5)


@pytest.mark.parametrize(
    ("best", "likely", "need"),
    [
        (2, 0.3, Need.OTHER_NAME),
        (1, 0.9, Need.MISSING_RECORD),
        (4, 0.29, Need.MISSING_RECORD),
    ],
)
def test_a_procedure_that_stands_out_lacks_a_name(best: int, likely: float, need: Need) -> None:
    assert likely_need([Often("A", 4, best, likely)], 4) is need
    assert likely_need([], 4) is Need.MISSING_RECORD


def test_agreement_is_what_one_counts_by_hand() -> None:
    """Groups {1, 2, 3} and {4}; 1 and 2 are about A, 3 and 4 about B.

    Precision: 2/3, 2/3, 1/3, 1/1, mean 2/3. Recall: 2/2, 2/2, 1/2, 1/2, mean 3/4. F1: 12/17.
    """
    found = b_cubed([0, 0, 0, 1], [["A"], ["A"], ["B"], ["B"]])
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(3 / 4)
    assert found.f1 == pytest.approx(12 / 17)
    assert b_cubed([0, 0, 1], [["A", "B"], ["B"], ["C"]]) == Agreement(1.0, 1.0)
    with pytest.raises(ValueError, match="codes"):
        b_cubed([], [])
