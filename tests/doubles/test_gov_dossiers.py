"""The dossiers of the government double: the seed, the scripted officer, supplements."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.doubles.gov.government import Government
from tests.doubles.gov_client import call, login


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def test_an_officer_takes_a_dossier_to_its_end(gov: Government) -> None:
    """Lost: following a dossier could not be shown step by step."""
    code = gov.codes(status=1)[0]
    day = datetime(2026, 11, 23, 9)
    seen = []
    steps = (
        lambda: gov.accept(code, day, datetime(2026, 11, 27, 17)),
        lambda: gov.ask_supplement(code, day, "Thiếu bản chính", ["Giấy chứng sinh"]),
        lambda: gov.receive_supplement(code, day, datetime(2026, 12, 1, 17)),
        lambda: gov.ask_fee(code, day, 8000),
        lambda: gov.receive_fee(code, day),
        lambda: gov.finish(code, day),
        lambda: gov.hand_over(code, day),
    )
    session = login(gov)
    for step in steps:
        step()
        (found,) = call(gov, session, "TraCuuHoSo", mahoso=code)["result"]
        seen.append(found["TrangThaiHoSo"])
    assert seen == [2, 5, 4, 6, 4, 9, 10]
    assert (found["NgayTra"], found["NgayHenTra"]) == ("20261123090000", "20261201170000")


def test_the_seed_has_every_status_and_both_patterns_of_codes(gov: Government) -> None:
    """Lost: some status, the late dossiers or one of the patterns would never be tried."""
    every = gov.codes()
    assert len(every) == len(set(every)) == 60
    assert [len(gov.codes(status)) for status in range(1, 11)] == [6] * 10
    assert sum(code.startswith("H49.") for code in every) == 30
    records = [record for code in gov.codes(4) if (record := gov.dossier(code))]
    assert sum(record["NgayHenTra"] < "20261122" for record in records) == 3
    for code in every:
        owner = gov.owner(code)
        assert len(owner.id_last4) == len(owner.phone_last4) == 4


def test_a_supplement_handed_in_keeps_what_was_asked(gov: Government) -> None:
    """Lost: after a supplement nobody could see what it had answered."""
    code = gov.codes(status=5)[0]
    record = gov.dossier(code)
    assert record is not None
    number = record["DanhSachHoSoBoSung"][0]["HoSoBoSungId"]
    row = {"HoSoBoSungId": number, "NgayTiepNhanBoSung": "20261122100000", "TrangThaiBoSung": "1"}
    sent = {"MaHoSo": code, "DanhSachHoSoBoSung": [row]}
    assert call(gov, login(gov), "DongBoHoSoMC", isUpdating="True", data=[sent])["error_code"] == 0
    after = gov.dossier(code)
    assert after is not None
    (held,) = after["DanhSachHoSoBoSung"]
    assert held["NoiDungBoSung"] and held["NgayTiepNhanBoSung"] == "20261122100000"
