"""What citizens lose when these fail: sent to the commune for what the police do, or the reverse."""

import pytest

from bot.catalogue.enums import AdminLevel, Handler
from bot.catalogue.importing.handlers import handler_of


@pytest.mark.parametrize(
    ("authority", "issuer", "handler"),
    [
        ("Công an cấp Xã, Cục cảnh sát giao thông, Công an tỉnh", "Bộ Công an", Handler.POLICE),
        ("Cục quản lý xuất nhập cảnh", "Bộ Công an", Handler.POLICE),
        ("Ủy ban nhân dân cấp xã", "Bộ Quốc phòng", Handler.COMMUNE),
        ("Ban chỉ huy quân sự cấp xã", "Bộ Quốc phòng", Handler.MILITARY),
        ("Thuế tỉnh, thành phố, Thuế cơ sở", "Bộ Tài chính", Handler.TAX),
        ("Chi cục Hải quan khu vực", "Bộ Tài chính", Handler.CUSTOMS),
        ("Bảo hiểm xã hội cấp tỉnh", "Bộ Tài chính", Handler.SOCIAL_INSURANCE),
        ("Ngân hàng Nhà nước Khu vực", "Ngân hàng Nhà nước Việt Nam", Handler.STATE_BANK),
        ("Văn phòng đăng ký đất đai", "Bộ Nông nghiệp và Môi trường", Handler.LAND_REGISTRY),
        ("Sở Tư pháp", "Bộ Tư pháp", Handler.PROVINCE),
        ("Cục Đăng kiểm Việt Nam", "Bộ Xây dựng", Handler.MINISTRY),
        ("Cơ quan đại diện ngoại giao", "Bộ Ngoại giao", Handler.OTHER),
        ("", "Bộ Y tế", Handler.MINISTRY),
    ],
)
def test_the_counter_follows_the_deciding_agency(authority: str, issuer: str, handler: Handler) -> None:
    assert handler_of(authority, issuer) is handler


def test_the_level_of_government_decides_where_no_agency_is_named() -> None:
    assert handler_of("", "Bộ Tư pháp", (AdminLevel.COMMUNE,)) is Handler.COMMUNE
