"""A typed answer becomes the option that is meant, or none: a wrong one gives a wrong list of papers."""

import pytest

from bot.catalogue.records import Option, Question
from bot.dossiers.options import Fit, fit_of
from tests.dossiers.records import BIRTH
from tests.dossiers.talking import vocabulary

PARENTS = Question(
    "cha-me",
    "Cha mẹ bé đã đăng ký kết hôn chưa ạ?",
    (
        Option("da-ket-hon", "Đã đăng ký kết hôn"),
        Option("me-don-than", "Chưa, mẹ đứng khai một mình"),
        Option("cha-nhan-con", "Chưa, nhưng cha muốn nhận con luôn"),
    ),
)
ABROAD = Question(
    "hai-ben",
    "Hai người đều ở trong nước hay có ai ở nước ngoài ạ?",
    (
        Option("trong-nuoc", "Cả hai là người Việt, ở trong nước"),
        Option("lam-viec-nuoc-ngoai", "Một bên đi học, đi làm ở nước ngoài"),
        Option("dinh-cu", "Một bên định cư ở nước ngoài"),
    ),
)
AGE = Question(
    "tuoi",
    "Nam đã đủ 20 tuổi và nữ đã đủ 18 tuổi chưa ạ?",
    (Option("du", "Cả hai đã đủ tuổi"), Option("chua", "Có người chưa đủ tuổi")),
)
OLD_AGE = Question(
    "tuoi",
    "Người xin hưởng năm nay bao nhiêu tuổi ạ?",
    (Option("tu-75", "Từ đủ 75 tuổi trở lên"), Option("tu-70", "Từ đủ 70 đến dưới 75 tuổi")),
)
BIRTHPLACE = BIRTH.questions[0]


@pytest.mark.parametrize(
    ("question", "said", "option"),
    [
        (PARENTS, "2", "me-don-than"),
        (PARENTS, "cái đầu tiên", "da-ket-hon"),
        (PARENTS, "mẹ đơn thân", "me-don-than"),
        (PARENTS, "em la me don than a", "me-don-than"),
        (PARENTS, "rồi ạ", "da-ket-hon"),
        (PARENTS, "da dang ky ket hon roi", "da-ket-hon"),
        (BIRTHPLACE, "sinh ở bệnh viện ạ", "benh-vien"),
        (BIRTHPLACE, "be sinh o nha", "o-nha"),
        (ABROAD, "mot ben dang di lam o nuoc ngoai", "lam-viec-nuoc-ngoai"),
        (ABROAD, "định cư", "dinh-cu"),
        (AGE, "đủ tuổi rồi", "du"),
        (OLD_AGE, "tu du 75 tuoi", "tu-75"),
        (AGE, "co nguoi chua du", "chua"),
    ],
)
def test_an_option_is_known_by_its_number_its_words_or_its_short_name(
    question: Question, said: str, option: str
) -> None:
    fit = fit_of(said, question, vocabulary())
    assert isinstance(fit, Option) and fit.id == option


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (PARENTS, "chưa"),
        (PARENTS, "chua dang ky ket hon"),
        (PARENTS, "chưa kết hôn"),
        (ABROAD, "nước ngoài"),
        (ABROAD, "có người ở nước ngoài"),
    ],
)
def test_what_fits_several_options_is_none_of_them(question: Question, said: str) -> None:
    """ "Chưa đăng ký kết hôn" must never be noted down as "đã đăng ký kết hôn"."""
    assert fit_of(said, question, vocabulary()) is Fit.SEVERAL


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (PARENTS, "đăng ký kết hôn cần gì"),
        (PARENTS, "dang ky ket hon o dau"),
        (PARENTS, "đăng ký kết hôn có mất phí không"),
        (PARENTS, "cần giấy chứng nhận kết hôn không"),
        (BIRTHPLACE, "không có giấy chứng sinh thì sao"),
        (BIRTHPLACE, "sinh ở bệnh viện thì cần giấy gì"),
        (BIRTHPLACE, "phường Hồng Gai"),
        (BIRTHPLACE, ""),
        (AGE, "đủ 18 tuổi được không"),
    ],
)
def test_a_question_in_between_is_no_answer(question: Question, said: str) -> None:
    assert fit_of(said, question, vocabulary()) is Fit.NONE


@pytest.mark.parametrize("said", ["chưa đăng ký", "khong dang ky tam tru"])
def test_a_denial_never_fits_an_option_that_denies_nothing(said: str) -> None:
    done = Question("tam-tru", "Nơi ở?", (Option("roi", "Đã đăng ký tạm trú"), Option("nha", "Ở nhà mình")))
    assert not isinstance(fit_of(said, done, vocabulary()), Option)
