"""A command is obeyed at once, and no question about a procedure is ever taken for one."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.incoming import receive
from bot.channels.commands import Command, Order, read_spellings, recognise, start_payload, started
from bot.conversations.linking import ALPHABET
from tests.conftest import ROOT

SPELLINGS = read_spellings(ROOT / "data" / "channels" / "commands.yaml")
CODE = "BCFG3479"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Liên kết", Command.LINK),
        ("  CHUYEN  SANG ZALO. ", Command.LINK),
        ("ngắt", Command.UNLINK),
        ("Ngat!", Command.UNLINK),
        ("huylienket", Command.UNLINK),
        ("hủy liên kết", Command.UNLINK),
        ("“Xóa dữ liệu”", Command.ERASE),
        ("xoá dữ liệu của tôi", Command.ERASE),
        ("Quyền riêng tư?", Command.PRIVACY),
        ("trợ giúp", Command.HELP),
    ],
)
def test_commands_in_the_spellings_citizens_use(text: str, command: Command):
    assert recognise(receive(text), SPELLINGS) == Order(command)


@pytest.mark.parametrize(
    "text",
    [
        "hủy",
        "gặp cán bộ",
        "xóa đăng ký thường trú",
        "xóa dữ liệu đất đai cần giấy tờ gì",
        "thủ tục liên kết đào tạo",
        "chuyển kênh mương thủy lợi",
        "giúp tôi đăng ký khai sinh",
        "ngắt điện",
        "mã",
        "lk giay phep",
        "LK ",
        "",
    ],
)
def test_questions_stay_questions(text: str):
    assert recognise(receive(text), SPELLINGS) is None


def test_only_what_already_meant_the_same_is_taken_out_of_the_training_data():
    """Measured on every example sentence of every intent the assistant is trained on."""
    taken: dict[str, set[str]] = {}
    count = 0
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block.get("examples", "").splitlines():
                count += 1
                order = recognise(line.removeprefix("- "), SPELLINGS)
                # "Thôi" is an order only while a contact is asked for; else it goes to the assistant.
                if order and order.command is not Command.ALONE:
                    taken.setdefault(block["intent"], set()).add(line)
    assert count > 500
    assert taken.keys() == {"capabilities", "privacy_request"}, taken


@pytest.mark.parametrize(
    "text",
    [
        "LK-BCFG-3479",
        "lk bcfg 3479",
        "LKBCFG3479.",
        "lk–bcfg–3479",
        "mã liên kết: LK-BCFG-3479",
        "Nhập mã LK-BCFG-3479",
        "liên kết LK-BCFG-3479",
    ],
)
def test_a_code_is_found_however_it_is_typed(text: str):
    assert recognise(receive(text), SPELLINGS) == Order(Command.REDEEM, CODE)


def test_a_mistyped_code_is_told_as_wrong_instead_of_searched_as_a_question():
    assert recognise("LK-BCF0-3479", SPELLINGS) == Order(Command.REDEEM, "BCF03479")
    assert recognise("LKBCF03479", SPELLINGS) is None
    assert recognise("LK-BCFG-347", SPELLINGS) is None


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_a_deep_link_tells_the_code_it_was_made_of(letters: str):
    payload = start_payload(f"LK-{letters[:4]}-{letters[4:]}")
    assert len(payload) <= 64 and payload.isascii()
    assert started(payload) == Order(Command.REDEEM, letters)


@pytest.mark.parametrize(
    "payload", ["", "l_", "l_BCFG347", "l_BCFG34790", "BCFG3479", "x_BCFG3479", "l_BCFGAAAA"]
)
def test_other_deep_links_are_not_ours(payload: str):
    assert started(payload) is None


def test_one_spelling_for_two_commands_is_an_error(tmp_path: Path):
    path = tmp_path / "commands.yaml"
    path.write_text(json.dumps({"commands": {"link": ["nối"], "unlink": ["noi"]}, "before_code": []}))
    with pytest.raises(ValueError, match="two commands"):
        read_spellings(path)
