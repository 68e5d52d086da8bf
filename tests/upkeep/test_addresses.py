"""An address with a bracket too many is a dead link of our own making; one that leads inside is a hole."""

from datetime import date

import pytest

from bot.catalogue.enums import LevelScheme, LevelValue
from bot.catalogue.records import Form, LevelStatement, Procedure, Source
from bot.upkeep.addresses import LONGEST, addresses_in, addresses_of, host_of, is_public, users

PORTAL = "https://dichvucong.gov.vn"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Nộp tại Cổng dịch vụ công quốc gia ({PORTAL}); hoặc trực tiếp.", [PORTAL]),
        (f"Xem {PORTAL}/a?b=1&c=2, {PORTAL}/d.", [f"{PORTAL}/a?b=1&c=2", f"{PORTAL}/d"]),
        ("https://vi.wikipedia.org/wiki/Huế_(thành_phố).", ["https://vi.wikipedia.org/wiki/Huế_(thành_phố)"]),
        (f"“{PORTAL}/x”!", [f"{PORTAL}/x"]),
        ("HTTP://CONG.VN/A", ["HTTP://CONG.VN/A"]),
        ("dichvucong.gov.vn, ftp://a.vn, mailto:a@b.vn", []),
    ],
)
def test_addresses_in_a_sentence(text: str, found: list[str]) -> None:
    assert list(addresses_in(text)) == found


def record(code: str, url: str | None = None, **more: object) -> Procedure:
    return Procedure(code, "Tên", Source("Nguồn", url), **more)  # type: ignore[arg-type]


def test_every_address_of_a_record_counts_once() -> None:
    statement = LevelStatement(
        ("XA",), LevelScheme.S2022, LevelValue.FULL, date(2026, 7, 1), "x", submit_url="https://b.vn/nop"
    )
    found = addresses_of(
        record(
            "1.1",
            "https://a.vn/1",
            steps=("Vào https://c.vn.", "Vào https://a.vn/1"),
            forms=(Form("Tờ khai", issued_by="https://d.vn/mau"),),
            levels=(statement,),
        )
    )
    assert sorted(found) == ["https://a.vn/1", "https://b.vn/nop", "https://c.vn", "https://d.vn/mau"]


def test_an_address_knows_whose_it_is() -> None:
    """Whoever mends a link must mend all the records that have it."""
    records = [record("2.2", "https://a.vn"), record("1.1", "https://a.vn"), record("3.3", "https://b.vn")]
    assert users(records) == {"https://a.vn": ("1.1", "2.2"), "https://b.vn": ("3.3",)}


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://A.vn/x", ("a.vn", 443)),
        ("http://a.vn", ("a.vn", 80)),
        ("http://a.vn:8080?x=1", ("a.vn", 8080)),
        ("http://a.vn/#/x", ("a.vn", 80)),
        ("http://[::1]:81/", ("::1", 81)),
        ("https://a.vn/tài-liệu", ("a.vn", 443)),
        ("http://user@a.vn/", None),
        ("http://a.vn\\@b.vn/", None),
        ("http://a.vn /", None),
        ("http://a.vn\n/", None),
        ("http://ｌocalhost/", None),
        ("http://\u212a.vn/", None),
        ("http://a.vn:70000/", None),
        ("http://a.vn:0/", None),
        ("ftp://a.vn/", None),
        ("//a.vn/", None),
        ("", None),
        ("http://a.vn/" + "x" * LONGEST, None),
    ],
)
def test_which_addresses_may_be_asked_for(address: str, place: tuple[str, int] | None) -> None:
    """What two programs read in two ways is not asked for at all."""
    assert host_of(address) == place


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:a00:1::f7f7:f7f7", False),
        ("máy chủ", False),
    ],
)
def test_our_own_network_is_not_the_internet(ip: str, public: bool) -> None:
    assert is_public(ip) is public
