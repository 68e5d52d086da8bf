"""Derives who handles a procedure from the words of a raw row (pure)."""

import re

from bot.catalogue.enums import AdminLevel, Handler

# The first pattern found decides; agencies that run their own counters come before the committees.
_BY_AUTHORITY = (
    (r"công an|cảnh sát|xuất nhập cảnh|quản lý xuất, nhập cảnh|cục hồ sơ nghiệp vụ", Handler.POLICE),
    (r"quân sự|biên phòng|quân khu|quân đội|trung đoàn|bộ quốc phòng|bộ tổng tham mưu", Handler.MILITARY),
    (r"bảo hiểm xã hội", Handler.SOCIAL_INSURANCE),
    (r"hải quan", Handler.CUSTOMS),
    (r"\bthuế\b", Handler.TAX),
    (r"ngân hàng nhà nước", Handler.STATE_BANK),
    (r"đăng ký đất đai", Handler.LAND_REGISTRY),
)
_BY_ISSUER = {
    "bộ công an": Handler.POLICE,
    "bộ quốc phòng": Handler.MILITARY,
    "ngân hàng nhà nước việt nam": Handler.STATE_BANK,
}
_COMMUNE = re.compile(r"cấp xã|ủy ban nhân dân xã|ubnd xã|xã, phường", re.IGNORECASE)
_PROVINCE = re.compile(
    r"cấp tỉnh|\bsở\b|\btỉnh\b|thành phố|trung tâm dịch vụ việc làm|khu kinh tế", re.IGNORECASE
)
_MINISTRY = re.compile(r"\b(?:bộ|cục|tổng cục|vụ|ủy ban chứng khoán|ban tôn giáo chính phủ)\b", re.IGNORECASE)


def handler_of(authority: str, issuer: str, admin_levels: tuple[AdminLevel, ...] = ()) -> Handler:
    """Handler by the deciding agency's name, else by the level of government, else by the issuer."""
    name = authority.lower()
    # The agency named first decides: a commune that also lists the tax office acts itself.
    leading = re.split(r"[;,]", name, maxsplit=1)[0]
    if handler := _vertical(leading):
        return handler
    if not (_COMMUNE.search(name) or _PROVINCE.search(name)) and (handler := _vertical(name)):
        return handler
    if _COMMUNE.search(name):
        return Handler.COMMUNE
    if by_issuer := _BY_ISSUER.get(issuer.lower()):
        return by_issuer
    if _PROVINCE.search(name):
        return Handler.PROVINCE
    if _MINISTRY.search(name):
        return Handler.MINISTRY
    for level, handler in (
        (AdminLevel.COMMUNE, Handler.COMMUNE),
        (AdminLevel.PROVINCE, Handler.PROVINCE),
        (AdminLevel.MINISTRY, Handler.MINISTRY),
    ):
        if level in admin_levels:
            return handler
    return Handler.MINISTRY if not name and issuer.lower().startswith("bộ") else Handler.OTHER


def _vertical(name: str) -> Handler | None:
    return next((handler for pattern, handler in _BY_AUTHORITY if re.search(pattern, name)), None)
