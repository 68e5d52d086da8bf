"""What is lost when these fail: money that goes to another account, or a code no bank can read."""

from binascii import crc_hqx

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payments import vietqr

# By hand: 00→"01"; 01→"12"; 38→(00→A000000727, 01→(00→970415, 01→113366668888), 02→QRIBFTTA); 53→704;
# 54→50000; 58→VN; 62→(08→0000014H492611200001); 63→check sum.
BY_HAND = (
    "000201"
    "010212"
    "3856"
    "0010A000000727"
    "0126" "0006970415" "0112113366668888"
    "0208QRIBFTTA"
    "5303704"
    "540550000"
    "5802VN"
    "6224" "08200000014H492611200001"
    "6304"
)  # fmt: skip


def test_a_code_composed_by_hand() -> None:
    made = vietqr.payload("970415", "113366668888", 50000, "0000014H492611200001")
    assert made[:-4] == BY_HAND


@pytest.mark.parametrize(
    "published",
    [
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F",
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
        "62340107NPS68690819thanh toan don hang63042E2E",
    ],
)
def test_the_check_sum_of_codes_the_banks_published(published: str) -> None:
    assert vietqr.check_sum(published[:-4]) == published[-4:]


def test_the_published_code_is_what_we_would_write_but_for_its_bill_number() -> None:
    made = vietqr.payload("970403", "0011012345678", 180000, "thanh toan don hang")
    assert made.startswith(
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
        "62230819thanh toan don hang6304"
    )


def read(text: str) -> dict[str, str]:
    """Fields of one level."""
    found: dict[str, str] = {}
    while text:
        length = int(text[2:4])
        found[text[:2]] = text[4 : 4 + length]
        text = text[4 + length :]
    return found


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    st.integers(1, vietqr.MAX_AMOUNT),
    st.from_regex(r"[0-9A-Za-z ]{1,25}", fullmatch=True),
)
def test_every_code_reads_back_as_what_was_meant(bank: str, account: str, amount: int, content: str) -> None:
    made = vietqr.payload(bank, account, amount, content)
    fields = read(made)
    template = read(fields["38"])
    assert read(template["01"]) == {"00": bank, "01": account}
    assert (template["00"], template["02"]) == ("A000000727", "QRIBFTTA")
    assert (fields["54"], fields["53"], read(fields["62"])["08"]) == (str(amount), "704", content)
    assert list(fields) == sorted(fields)
    assert fields["63"] == f"{crc_hqx(made[:-4].encode(), 0xFFFF):04X}"


@pytest.mark.parametrize(
    ("bank", "account", "amount", "content"),
    [
        ("97041", "1", 1, "A"),
        ("９７０４１５", "1", 1, "A"),
        ("970415", "", 1, "A"),
        ("970415", "1 2", 1, "A"),
        ("970415", "1" * 20, 1, "A"),
        ("970415", "1", 0, "A"),
        ("970415", "1", -5, "A"),
        ("970415", "1", 10**13, "A"),
        ("970415", "1", 1, ""),
        ("970415", "1", 1, "A" * 26),
        ("970415", "1", 1, "Hồ sơ"),
        ("970415", "1", 1, "000.00.14"),
    ],
)
def test_what_does_not_fit_is_refused_not_cut(bank: str, account: str, amount: int, content: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        vietqr.payload(bank, account, amount, content)


@given(st.integers(0, 99).map(lambda number: f"{number:02d}"), st.text(st.characters(max_codepoint=127)))
def test_a_field_says_its_own_length(tag: str, value: str) -> None:
    if 0 < len(value) <= 99:
        assert vietqr.field(tag, value) == f"{tag}{len(value):02d}{value}"
    else:
        with pytest.raises(ValueError, match="does not fit"):
            vietqr.field(tag, value)
