"""Agencies of other provinces in national rows, which no resident of Quảng Ninh can go to (pure)."""

import re

# The provinces since 1/7/2025 and those of before (Nghị quyết 202/2025/QH15), without Quảng Ninh.
_NAMES = (
    *("An Giang", "Bà Rịa", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Tre", "Bình Dương"),
    *("Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk"),
    *("Đăk Lăk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang", "Hà Nam", "Hà Nội"),
    *("Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hồ Chí Minh", "Huế", "Hưng Yên"),
    *("Khánh Hòa", "Khánh Hoà", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng"),
    *("Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình"),
    *("Quảng Nam", "Quảng Ngãi", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình", "Thái Nguyên"),
    *(
        "Thanh Hóa",
        "Thừa Thiên",
        "Tiền Giang",
        "Trà Vinh",
        "Tuyên Quang",
        "Vĩnh Long",
        "Vĩnh Phúc",
        "Yên Bái",
    ),
)
_BEFORE = r"(?:(?:\s*-\s*|\s+)(?:chi nhánh\s+)?(?:tỉnh|thành phố|tp)\.?\s*|(?<=việc làm)\s+)"
_FOREIGN = re.compile(rf"{_BEFORE}(?:{'|'.join(_NAMES)})\b", re.IGNORECASE)
# Addresses in brackets are where a ministry's office really is.
_BRACKETED = re.compile(r"\([^()]*\)")
_BORDER = re.compile(r"\s*;\s*|,\s+(?=(?:Sở|Ủy ban|UBND|Cơ quan|Cơ sở|Cục|Bộ|Ngân hàng|Kho bạc)\b)")
# A ministry's own office in another city: without the city the name would be another agency's.
_BRANCH = "bộ ngoại giao"
# Hà Nội and Hồ Chí Minh City divide what is one department in Quảng Ninh.
_DEPARTMENTS = {
    "sở văn hóa và thể thao": "Sở Văn hóa, Thể thao và Du lịch",
    "sở du lịch": "Sở Văn hóa, Thể thao và Du lịch",
    "sở văn hóa - thể thao và du lịch": "Sở Văn hóa, Thể thao và Du lịch",
    "sở nông nghiệp và phát triển nông thôn": "Sở Nông nghiệp và Môi trường",
}


def without_other_provinces(authority: str) -> str:
    """Deciding agencies without the names of other provinces, each once, "" when none is left.

    ``authority`` may name several, divided by ";" or by "," before the next agency.
    """
    if not _FOREIGN.search(_BRACKETED.sub("", authority)):
        return authority
    kept: dict[str, str] = {}
    for agency in _BORDER.split(authority):
        bare = _FOREIGN.sub("", agency).strip(" -,;")
        if bare != agency:
            if _BRANCH in bare.lower():
                continue
            bare = _DEPARTMENTS.get(bare.lower(), bare)
        kept.setdefault(bare.casefold(), bare)
    return "; ".join(name for name in kept.values() if name)
