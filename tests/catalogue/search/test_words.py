"""Names are read word by word. A name read otherwise than the question that says it is never found."""

import pytest

from bot.catalogue.search.words import plain, syllables_of
from bot.text import analyse


@pytest.mark.parametrize(
    "phrase",
    [
        "Cấp Giấy phép lái xe",
        "chứng thưc bản sao",
        "1 cửa",
        "hs lớp 5",
        "k co hs",
        "Q.N, m.n và t.x",
        "Mẫu a) hoặc b)",
        "  ",
        "hoà giải — uỷ quyền",
        "2.002023",
    ],
)
def test_word_by_word_is_the_same_as_the_whole(phrase):
    assert syllables_of(phrase) == analyse(phrase).syllables


def test_plain_takes_the_accents_off():
    assert plain("đường") == "duong"
