"""What citizens lose when these fail: a day's journey to an office in another province."""

import pytest

from bot.catalogue.importing.provinces import without_other_provinces


@pytest.mark.parametrize(
    ("authority", "shown"),
    [
        ("Sở Nông nghiệp và Môi trường - Tỉnh Đắk Lắk", "Sở Nông nghiệp và Môi trường"),
        ("Sở Tài chính TP.Đà Nẵng", "Sở Tài chính"),
        ("UBND cấp xã - tỉnh Quảng Trị", "UBND cấp xã"),
        ("Trung tâm Dịch vụ việc làm Cao Bằng", "Trung tâm Dịch vụ việc làm"),
        # The other department's name does not exist in Quảng Ninh.
        (
            "Sở Văn hóa và Thể thao Thành phố Hà Nội; Sở Văn hóa, Thể thao và Du lịch tỉnh Tây Ninh",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Sở Nông nghiệp và Môi trường Thành phố Hải Phòng; Ủy ban nhân dân cấp tỉnh",
            "Sở Nông nghiệp và Môi trường; Ủy ban nhân dân cấp tỉnh",
        ),
        # A ministry's own branch elsewhere is left out as a whole.
        (
            "Cục Lãnh sự - Bộ Ngoại giao, Sở Ngoại vụ Thành phố Hồ Chí Minh - Bộ Ngoại giao",
            "Cục Lãnh sự - Bộ Ngoại giao",
        ),
    ],
)
def test_no_other_province_is_named_as_deciding(authority: str, shown: str) -> None:
    assert without_other_provinces(authority) == shown


@pytest.mark.parametrize(
    "authority",
    [
        "Cục Báo chí (Số 7 Yết Kiêu, Phường Hai Bà Trưng, Hà Nội)",
        "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh; Bộ, cơ quan ngang Bộ",
        "Sở Xây dựng tỉnh Quảng Ninh",
        "",
    ],
)
def test_addresses_of_ministries_and_our_own_agencies_stay(authority: str) -> None:
    assert without_other_provinces(authority) == authority
