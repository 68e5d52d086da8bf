"""What was stored must come back as it was: another number or a message that cannot be read ends a turn."""

import json
from random import Random
from typing import Any

import pytest

from bot.decoding import decoded


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -1,
        2**63,
        -(2**70),
        0.1,
        -0.0,
        1e-320,
        1.7976931348623157e308,
        "",
        "đường\u0000\n",
        [],
        {},
    ]
    + ["half \ud83d of a pair", "😀", {"a": [{"b": None}, 1.0, 1]}, float("inf")],
)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_values_come_back_as_json_reads_them(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert repr(decoded(text)) == repr(json.loads(text)) == repr(value)


def test_what_is_no_number_is_read_as_ever() -> None:
    assert repr(decoded("NaN")) == "nan"


def test_any_number_to_the_last_digit() -> None:
    chance = Random(3)
    values = [chance.uniform(-1, 1) * 10.0 ** chance.randint(-300, 300) for _ in range(2_000)]
    assert decoded(json.dumps(values)) == values


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(json.JSONDecodeError):
        decoded("{")
