"""Whole-word misspellings of administrative terms, rewritten syllable by syllable."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text.fold import fold
from bot.text.syllables import canonical

_REWRITES = {
    "chứng thực": "trứng thực, chứng thưc, chứng thật, trứng thật, chứng thựt",
    "công chứng": "công trứng",
    "sổ đỏ": "xổ đỏ, sỗ đỏ, sổ đõ, số đỏ",
    "sổ hồng": "xổ hồng, sổ hòng",
    "bìa đỏ": "bìa đõ",
    "lý lịch": "lý lịt, ní lịch, lý nịch, lí lịc, lý lích",
    "căn cước": "căn cướt, cân cước, cân cướt, căn cứơc, căng cước, căn cươc",
    "xác nhận": "sác nhận, xát nhận, xác nhân, sát nhận",
    "hộ tịch": "hộ tịt, hộ tich",
    "hộ khẩu": "hộ khẫu, hộ khảu",
    "thường trú": "thường chú, thường trứ",
    "tạm trú": "tạm chú, tạm trứ",
    "trích lục": "chích lục, trích nục, trít lục",
    "hồng gai": "hòn gai, hồng ghai",
    "vàng danh": "vàn danh",
    "mạo khê": "mạo khe",
    "quảng yên": "quãng yên",
    "tách thửa": "tách thữa, tát thửa, tách thưả",
    "khai sinh": "khai xinh, khai sin, khai sanh",
    "lệ phí": "lễ phí, nệ phí",
    "hồ sơ": "hồ xơ",
    "nộp hồ": "lộp hồ",
    "làm sổ": "nàm sổ",
    "thủ tục": "thũ tục, thủ tụt",
    "giấy tờ": "dấy tờ",
    "giấy phép": "dấy phép, giấy phéc, giấy phếp",
    "giấy khai": "dấy khai",
    "đăng ký": "đắng ký, đăn ký",
    "kết hôn": "kết hông, kếch hôn",
    "khai tử": "khai tữ",
    "ủy quyền": "ũy quyền, ủy quền",
    "tình trạng": "tình chạng, tình trạn",
    "hôn nhân": "hông nhân, hôn nhơn",
    "chuyển nhượng": "chuyễn nhượng, truyển nhượng",
    "chuyển mục": "chuyễn mục",
    "sử dụng": "sữ dụng, xử dụng",
    "xây dựng": "sây dựng",
    "sang tên": "xang tên, san tên",
    "bảo hiểm": "bảo hiễm, bão hiểm",
    "trợ cấp": "chợ cấp",
    "bổ sung": "bổ xung, bỗ sung",
    "kinh doanh": "kinh danh, kinh doang",
    "trực tuyến": "chực tuyến, trực tuyết",
    "toàn trình": "toàn chình",
    "cảm ơn": "cám ơn",
    "cải chính": "cãi chính, cải chánh",
    "hướng dẫn": "hướng dẩn, hướng giẫn",
    "quyết định": "quyết đinh",
    "một cửa": "1 cửa, một cữa",
    "một phần": "1 phần",
    "trung tâm": "chung tâm",
    "dịch vụ": "dịt vụ, zịch vụ",
    "tư pháp": "tư phát",
    "nghĩa vụ": "nghỉa vụ",
    "đất đai": "đất đay",
    "giấy chứng": "giấy trứng",
}

_SAFE_WITHOUT_ACCENTS = frozenset(
    fold(wrong)
    for wrong in (
        "xổ đỏ", "lý lịt", "ní lịch", "lý nịch", "lí lịc", "căn cướt", "sác nhận", "xát nhận", "hộ tịt",
        "thường chú", "tạm chú", "chích lục", "trích nục", "trít lục", "hòn gai", "vàn danh", "khai xinh",
        "khai sanh", "nệ phí", "thủ tụt", "giấy phéc", "kết hông", "kếch hôn", "ủy quền", "truyển nhượng",
        "bổ xung", "chực tuyến", "trực tuyết", "cải chánh", "1 cửa", "1 phần", "dịt vụ", "zịch vụ",
        "chứng thựt", "kinh doang",
    )
)  # fmt: skip
"""Wrong spellings that stay wrong without accents; others ("trung thuc", "cho cap") may be right."""

Phrase = tuple[str, ...]


def _phrase(text: str) -> Phrase:
    return tuple(canonical(syllable) for syllable in text.split())


def _table() -> dict[Phrase, Phrase]:
    rewrites: dict[Phrase, Phrase] = {}
    for right, wrongs in _REWRITES.items():
        for wrong in wrongs.split(", "):
            rewrites[_phrase(wrong)] = _phrase(right)
            if fold(wrong) in _SAFE_WITHOUT_ACCENTS:
                rewrites[_phrase(fold(wrong))] = _phrase(right)
    return rewrites


_TABLE = _table()
_FIRSTS = frozenset(phrase[0] for phrase in _TABLE)


def correct(syllables: Sequence[str]) -> list[str]:
    """The canonical syllables with known misspellings rewritten; as many as came in.

    An accent-free spelling is rewritten only where it cannot be another expression.
    """
    result = list(syllables)
    for index in range(len(result) - 1):
        if result[index] not in _FIRSTS:
            continue
        pair = (result[index], result[index + 1])
        right = _TABLE.get(pair)
        if right is not None:
            result[index : index + 2] = right
    return result
