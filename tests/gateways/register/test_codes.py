"""What citizens lose when these fail: a receipt that stands for somebody else's dossier."""

from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.register.codes import SIGNS, new_code, read_code


def _code(numbers: list[int]) -> str:
    rest = iter(numbers)
    return new_code(lambda _: next(rest))


CODES = st.lists(st.integers(0, len(SIGNS) - 1), min_size=5, max_size=5).map(_code)


@given(CODES)
def test_codes_are_read_however_they_are_typed(code: str) -> None:
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code[3:]} "):
        assert read_code(typed) == code


@given(CODES, st.integers(0, 5), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_noticed(code: str, place: int, sign: str) -> None:
    signs = code[3:].replace("-", "")
    wrong = signs[:place] + sign + signs[place + 1 :]
    assert read_code(wrong) == (code if wrong == signs else None)


@given(CODES, st.integers(0, 4))
def test_two_swapped_signs_are_noticed(code: str, place: int) -> None:
    signs = code[3:].replace("-", "")
    wrong = signs[:place] + signs[place + 1] + signs[place] + signs[place + 2 :]
    assert read_code(wrong) == (code if wrong == signs else None)


def test_signs_that_look_alike_do_not_occur() -> None:
    assert not set("01OILSZB5AU") & set(SIGNS) and len(SIGNS) == len(set(SIGNS)) == 23


def test_what_cannot_be_a_code() -> None:
    for typed in ("", "QN", "QN-7K3M", "QN-7K3M-921", "H49.24-261122-0001", "đăng ký"):
        assert read_code(typed) is None
