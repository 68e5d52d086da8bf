"""What is lost when these fail: payments nobody accepts, or money confirmed by somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payments import hashing, messages
from bot.payments.messages import Confirm, Init, Query
from tests.doubles.gov.hashes import signature

SECRET = "secret"
REFERENCE = "dvc0000014H562309050001"
FIELDS = st.lists(st.text().filter(lambda text: "|" not in text), min_size=1, max_size=8)


def test_the_published_vector_of_init() -> None:
    message = Init(
        partner="DT01",
        reference=REFERENCE,
        amount="50000",
        info="Thanh toan phi le phi",
        at="20230905101500",
        ip="10.0.0.1",
    )
    assert messages.signed(message, SECRET).signature == (
        "387190ffc76359abbec6450f8e07a6ea89c890d3717b25c23dd9921443b26dd4"
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("QUERY", "99b0eb6c64ae8d14971dcfbe7b97f102190a78e264a12c02a8b78625a8275ee9"),
        ("GET_BILL", signature(
            {
                "LoaiBanTin": "GET_BILL",
                "PhienBan": "1.0.6",
                "MaDoiTac": "DT01",
                "MaThamChieu": REFERENCE,
                "ThoiGianGD": "20230905102000",
            },
            SECRET,
        )),
    ],
)  # fmt: skip
def test_the_published_vector_of_query_and_the_same_for_bills(kind: str, expected: str) -> None:
    message = Query(kind=kind, partner="DT01", reference=REFERENCE, at="20230905102000")
    assert messages.signed(message, SECRET).signature == expected


def confirm(**fields: str | int) -> Confirm:
    given: dict[str, str | int] = {
        "kind": "CONFIRM",
        "code": "00",
        "partner": "DT01",
        "reference": REFERENCE,
        "amount": "50000",
        "currency": "VND",
        "transaction": "GD123",
        "bank": "BANK",
        "at": "20230905101900",
        "info": "Thanh toan phi le phi",
    }
    return Confirm(**{**given, **fields})  # type: ignore[arg-type]


VECTOR = "de7f85fa24e99c991a4c512fa5934b0be1555706cef2db88c12e2b763f739304"


@pytest.mark.parametrize("amount", ["50000", 50000])
def test_the_published_vector_of_confirm_with_the_sum_as_text_or_number(amount: str | int) -> None:
    assert hashing.verified(VECTOR, confirm(amount=amount).hashed, SECRET)
    assert hashing.verified(VECTOR.upper(), confirm(amount=amount).hashed, SECRET)


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "99"},
        {"partner": "DT02"},
        {"reference": REFERENCE + "2"},
        {"amount": "5000"},
        {"currency": "USD"},
        {"transaction": "GD124"},
        {"bank": "BANK2"},
        {"at": "20230905101901"},
        {"info": "Thanh toan"},
    ],
)
def test_a_confirmation_that_was_changed_anywhere_is_not_genuine(changed: dict[str, str]) -> None:
    assert not hashing.verified(VECTOR, confirm(**changed).hashed, SECRET)


@pytest.mark.parametrize("told", ["", "0" * 64, VECTOR[:-1], VECTOR + "0", "é" * 64])
def test_other_hashes_and_no_secret_never_pass(told: str) -> None:
    assert not hashing.verified(told, confirm().hashed, SECRET)
    assert not hashing.verified(VECTOR, confirm().hashed, "")


@given(FIELDS, st.text(min_size=1))
def test_what_was_signed_is_genuine_with_its_secret_alone(fields: list[str], secret: str) -> None:
    made = hashing.digest(fields, secret)
    assert len(made) == 64 and made == made.lower()
    assert hashing.verified(made, fields, secret)
    assert not hashing.verified(made, fields, secret + "x")


@given(FIELDS, FIELDS)
def test_two_different_messages_have_two_hashes(one: list[str], other: list[str]) -> None:
    assert (hashing.digest(one, SECRET) == hashing.digest(other, SECRET)) == (one == other)


def test_no_field_can_stand_for_two() -> None:
    """ "50000|VND" as the bank must not sign for another sum."""
    with pytest.raises(ValueError, match="separator"):
        hashing.digest(["a|b"], SECRET)
    assert not hashing.verified(hashing.digest(["a", "b"], SECRET), ["a|b"], SECRET)
