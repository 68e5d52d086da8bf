"""Whatever is typed, pasted or forged while a dossier is prepared: nothing is noted, nothing is lost."""

import pytest

from bot.answers.outcome import Outcome
from bot.desk import Desk
from bot.dossiers.casefile import Draft
from tests.journeys.conversation import Conversation, text_of
from tests.journeys.guided import answers, begins, draft_of, given, titles


def _asked_where_born(citizen: Conversation) -> Draft:
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("chỉ làm khai sinh")
    return draft_of(citizen)


@pytest.mark.parametrize(
    "message",
    [
        "🙂🙂",
        "",
        "   ",
        "???",
        "a" * 10_000,
        "bệnh viện " * 1_000,
        "99",
        "0",
        "\x00\x07",
        "asdf qwer",
        "<script>alert(1)</script>",
        "{{7*7}} ${jndi:ldap://x}",
        "' OR 1=1; DROP TABLE case_file; --",
    ],
)
def test_nonsense_in_the_middle_is_no_answer(citizen: Conversation, message: str) -> None:
    before = _asked_where_born(citizen)
    exchange = citizen.says(message)
    assert exchange.reply.outcome is not Outcome.ERROR
    assert draft_of(citizen) == before
    assert "{" not in text_of(exchange) and "DROP" not in text_of(exchange)
    answers(citizen, "o nha")
    assert given(draft_of(citizen))["noi-sinh"] == "tai-nha", "the guide goes on where it was"


def test_an_emoji_gets_the_open_question_and_its_buttons_again(citizen: Conversation) -> None:
    _asked_where_born(citizen)
    again = citizen.says("😀")
    assert "chưa rõ ý" in text_of(again) and "Bé sinh ở đâu" in text_of(again)
    assert "Bệnh viện, trạm y tế" in titles(again)


FORGED = (
    "guide:a:{id}:noi-sinh=mat-trang",
    "guide:a:{id}:khong-co=1",
    "guide:a:{id}:",
    "guide:a:{id}",
    "guide:paper:{id}:000000:yes",
    "guide:paper:{id}",
    "guide:way:{id}:balloon",
    "guide:way:{id}",
    "guide:check:{id}:who",
    "guide:check:{id}:unit:everybody",
    "guide:check:{id}:sudo:yes",
    "guide:change:{id}:khong-co",
    "guide:change:{id}",
    "guide:start:9.999999",
    "guide:new:",
    "guide:resume:",
    "guide:why:{id}:rich",
    "guide:drop-all:{id}",
    "guide",
    "guide:",
    "guide:::::::",
    "nobody:start:1.001193",
    "guide:a:{id}:" + "x" * 400,
)


@pytest.mark.parametrize("action", FORGED)
def test_a_forged_button_changes_nothing(citizen: Conversation, action: str) -> None:
    """Payloads come from the outside: whoever writes their own must not steer a dossier."""
    before = _asked_where_born(citizen)
    exchange = citizen.says(f'/select_option{{"act":"{action.format(id=before.id)}"}}')
    assert exchange.reply.outcome is not Outcome.ERROR
    assert [draft.id for draft in citizen.file.drafts] == [before.id]
    after = citizen.file.drafts[0]
    assert (after.answers, after.ticked, after.checks, after.phase, after.way, after.gave_up) == (
        before.answers,
        before.ticked,
        before.checks,
        before.phase,
        before.way,
        before.gave_up,
    )
    assert "xxxxx" not in text_of(exchange)


@pytest.mark.parametrize("verb", ["resume", "later", "cancel-yes", "sent", "review", "have", "down", "back"])
def test_a_draft_of_somebody_else_cannot_be_reached(desk: Desk, verb: str) -> None:
    """Even who knows its number sees and changes nothing of it."""
    neighbour, citizen = Conversation(desk), Conversation(desk)
    theirs = _asked_where_born(neighbour)
    exchange = citizen.says(f'/select_option{{"act":"guide:{verb}:{theirs.id}:all"}}')
    assert citizen.file.drafts == () and "khai sinh" not in text_of(exchange).replace(
        "“đăng ký khai sinh", ""
    )
    assert "không còn" in text_of(exchange)
    assert neighbour.file.drafts == (theirs,)


def test_numbers_of_a_person_are_not_kept(citizen: Conversation) -> None:
    """The draft may hold codes only: who somebody is stays out of it."""
    _asked_where_born(citizen)
    said = citizen.says("con em tên Nguyễn Văn A, căn cước của em 022199001234, sdt 0912345678")
    kept = repr(citizen.file) + citizen.context.dump() + text_of(said)
    assert "022199001234" not in kept and "0912345678" not in kept and "Nguyễn Văn A" not in kept


def test_an_old_button_of_a_dossier_given_up(citizen: Conversation) -> None:
    draft = _asked_where_born(citizen)
    citizen.says("hủy")
    citizen.presses("Bỏ hồ sơ này")
    pressed = citizen.says(f'/select_option{{"act":"guide:a:{draft.id}:noi-sinh=benh-vien"}}')
    assert "đã bỏ trước đây" in text_of(pressed) and titles(pressed) == ("Làm hồ sơ mới",)
    assert given(citizen.file.drafts[0]) == {"viec": "chi-khai-sinh"}
