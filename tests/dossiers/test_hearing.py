"""What a typed message is taken for at each step; a wrong guess here is a wrong dossier."""

import pytest
from msgspec.structs import replace

from bot.answers.intent import Intent
from bot.catalogue.enums import Channel
from bot.dossiers import moves
from bot.dossiers.casefile import Draft
from bot.dossiers.checks import Check, CheckAnswer
from bot.dossiers.hearing import Heard, Sense, hear
from bot.dossiers.meaning import meant
from bot.dossiers.orders import Verb
from bot.dossiers.step import Kind, after, step_of
from bot.dossiers.vocabulary import Word
from tests.dossiers.records import BIRTH, TODAY
from tests.dossiers.talking import turn, vocabulary

BEGUN = moves.begin("0000000000aa", BIRTH, TODAY)
BORN = moves.answer(BIRTH, moves.answer(BIRTH, BEGUN, "noi-sinh", "benh-vien"), "qua-han", "chua")
LISTED = after(BORN, step_of(BIRTH, BORN, TODAY), TODAY)
AT_WAY = moves.have_all(BIRTH, LISTED)
AT_WHO = moves.go_by(AT_WAY, Channel.ONLINE)
AT_UNIT = moves.reply_to(AT_WHO, Check.WHO, CheckAnswer.MYSELF)
AT_ACCOUNT = moves.live_in(AT_UNIT, "06685")
READY = moves.reply_to(
    moves.reply_to(AT_ACCOUNT, Check.ACCOUNT, CheckAnswer.YES), Check.SCANS, CheckAnswer.YES
)


def heard(draft: Draft, text: str, kind: Kind | None = None, **mentions: str) -> Heard | None:
    step = step_of(BIRTH, draft, TODAY)
    return hear(turn(text, Intent.OUT_OF_SCOPE, 0.9, **mentions), step, kind or step.kind, vocabulary())


OTHERS = "H49.22-261110-0001"


@pytest.mark.parametrize("kind", [Kind.READY, Kind.CODE])
@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        (OTHERS, True),
        (f"ma ho so cua toi la {OTHERS}", True),
        (f"nộp rồi, mã trên giấy hẹn là {OTHERS}", True),
        (f"hồ sơ {OTHERS} của tôi đến đâu rồi", False),
        (f"tra cứu hồ sơ {OTHERS}", False),
        (f"kiem tra giup {OTHERS}", False),
        (f"tôi muốn rút hồ sơ {OTHERS}", False),
        (f"nộp phí hồ sơ {OTHERS}", False),
    ],
)
def test_a_question_about_another_dossier_hands_nothing_in(said: str, is_told: bool, kind: Kind) -> None:
    """Lost: the dossier being prepared, taken for handed in under a code that is another's."""
    found = heard(READY, said, kind, dossier=OTHERS)
    assert (found is not None and found.code == OTHERS) is is_told


def test_a_code_without_its_unit_is_asked_for_again() -> None:
    """Lost: the way to follow the dossier, under a code no system knows."""
    found = heard(READY, "261110-0001", dossier="261110-0001")
    assert found is not None and found.word is Word.SENT


@pytest.mark.parametrize("draft", [BEGUN, LISTED, AT_WAY, AT_WHO, AT_UNIT, AT_ACCOUNT, READY])
@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("quay lai", Word.BACK),
        ("để sau", Word.LATER),
        ("hủy hồ sơ", Word.CANCEL),
        ("xem lại câu trả lời", Word.REVIEW),
    ],
)
def test_some_words_are_understood_everywhere(draft: Draft, said: str, word: Word) -> None:
    found = heard(draft, said)
    assert found is not None and found.word is word


@pytest.mark.parametrize(
    ("said", "sense", "numbers"),
    [
        ("có 1, 2", Sense.HAVE, (1, 2)),
        ("co giay so 1", Sense.HAVE, (1,)),
        ("2", Sense.HAVE, (2,)),
        ("thiếu 2", Sense.LACK, (2,)),
        ("em chua co giay 1 a", Sense.LACK, (1,)),
    ],
)
def test_papers_are_named_by_their_numbers(said: str, sense: Sense, numbers: tuple[int, ...]) -> None:
    found = heard(LISTED, said)
    assert found is not None and (found.sense, found.numbers) == (sense, numbers)


@pytest.mark.parametrize("said", ["có 3", "thieu 0", "giấy số 1 lấy ở đâu", "trong 2 ngày"])
def test_other_numbers_tick_nothing(said: str) -> None:
    """ "Có 3" of a list of two, or a question with a number in it."""
    found = heard(LISTED, said)
    assert found is None or found.sense not in (Sense.HAVE, Sense.LACK)


def test_all_papers_or_one_by_one() -> None:
    step = step_of(BIRTH, LISTED, TODAY)
    for said, argument in (("đủ cả rồi ạ", "all"), ("chua du", "walk"), ("chưa có gì", "walk")):
        found = hear(turn(said), step, Kind.CHECKLIST, vocabulary())
        assert found is not None
        order = meant(found, Kind.CHECKLIST, LISTED, step)
        assert (order.verb, order.argument) == (Verb.HAVE, argument)


def test_one_paper_is_ticked_by_a_yes_and_never_all_of_them() -> None:
    walking = moves.walk(LISTED)
    step = step_of(BIRTH, walking, TODAY)
    assert step.item is not None
    for said, there in (("có", "yes"), ("có rồi ạ", "yes"), ("chưa", "no"), ("2", "no")):
        found = heard(walking, said)
        assert found is not None
        order = meant(found, Kind.PAPER, walking, step)
        assert (order.verb, order.rest) == (Verb.PAPER, (step.item.id, there))
    assert heard(walking, "đủ cả") is None and heard(walking, "tiếp theo") is None


def test_ways_are_picked_by_number_and_by_name() -> None:
    step = step_of(BIRTH, AT_WAY, TODAY)
    for said, way in (
        ("1", "online"),
        ("cái thứ hai", "counter"),
        ("nộp qua mạng", "online"),
        ("ra phường", "counter"),
    ):
        found = heard(AT_WAY, said)
        assert found is not None and meant(found, Kind.WAY, AT_WAY, step).argument == way
    assert heard(AT_WAY, "nộp qua mạng mất bao lâu") is None


def test_for_whom_is_never_taken_from_a_bare_yes() -> None:
    """ "Anh/chị nộp cho mình hay làm thay?" — "có" says neither."""
    assert heard(AT_WHO, "có") is None and heard(AT_WHO, "không") is None
    for said, answer in (
        ("cho em", "myself"),
        ("làm cho mẹ", "other"),
        ("lam ho bo", "other"),
        ("2", "other"),
    ):
        found = heard(AT_WHO, said)
        assert found is not None
        order = meant(found, Kind.CHECK, AT_WHO, step_of(BIRTH, AT_WHO, TODAY))
        assert order.rest == ("who", answer)


def test_a_place_and_leaving_it_out() -> None:
    found = heard(AT_UNIT, "em ở phường Hồng Gai", unit="06685")
    assert found is not None and found.sense is Sense.UNIT
    assert heard(AT_UNIT, "có") is None
    left_out = heard(AT_UNIT, "không muốn nói")
    assert left_out is not None and left_out.word is Word.SKIP


def test_yes_and_no_to_the_account() -> None:
    step = step_of(BIRTH, AT_ACCOUNT, TODAY)
    for said, answer in (
        ("rồi", "yes"),
        ("đã có ạ", "yes"),
        ("chua co", "no"),
        ("2", "no"),
        ("không biết", "no"),
    ):
        found = heard(AT_ACCOUNT, said)
        assert found is not None and meant(found, Kind.CHECK, AT_ACCOUNT, step).rest == ("account", answer)


def test_a_code_ends_it_only_once_it_is_ready() -> None:
    found = heard(READY, "mã là H49.22-261122-0001", dossier="H49.22-261122-0001")
    assert found is not None and found.code == "H49.22-261122-0001"
    assert heard(AT_WAY, "H49.22-261122-0001", dossier="H49.22-261122-0001") is None


@pytest.mark.parametrize(
    ("said", "word"), [("đã nộp", Word.SENT), ("cổng lỗi", Word.DOWN), ("chưa thấy mã", Word.NO_CODE)]
)
def test_after_handing_in(said: str, word: Word) -> None:
    found = heard(READY, said)
    assert found is not None and found.word is word


def test_enough_where_something_was_missing_asks_for_it_again() -> None:
    """ "Đủ rồi" must not turn "not ready" into "ready" by itself."""
    lacking = moves.lack(BIRTH, LISTED, (2,))
    missing = replace(READY, ticked=lacking.ticked, lacking=lacking.lacking)
    step = step_of(BIRTH, missing, TODAY)
    assert step.kind is Kind.NOT_READY
    found = heard(missing, "đủ rồi")
    assert found is not None and meant(found, Kind.NOT_READY, missing, step).verb is Verb.RECHECK
