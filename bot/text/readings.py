"""Abbreviations whose meaning hangs on the neighbouring syllables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning and the folded neighbours that call for it; any one of them is enough."""

    meaning: tuple[str, ...]
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after_number: bool = False
    last: bool = False


def _read(
    meaning: str,
    after: str = "",
    before: str = "",
    *,
    number: bool = False,
    last: bool = False,
) -> Reading:
    """Neighbours are separated by spaces; two-syllable ones are written with an underscore."""
    return Reading(
        tuple(meaning.split()),
        _neighbours(after),
        _neighbours(before),
        number,
        last,
    )


def _neighbours(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


READINGS: dict[str, tuple[Reading, ...]] = {
    "k": (_read("nghìn", number=True),),
    "kh": (_read("kết hôn", after="ky giay"),),
    "dk": (
        _read("đặc khu", before="van_don co_to"),
        _read("điều kiện", after="du"),
        _read("đặc khu", after="o tai"),
    ),
    "hs": (_read("học sinh", after="cho", before="lop truong tieu ngheo"),),
    "dc": (_read("địa chỉ", after="sua doi ghi", before="thuong_tru lien nha"),),
    "kt": (_read("khai tử", after="giay lam dang_ky luc"),),
    "cc": (
        _read("chung cư", after="ho mua", before="mini"),
        _read("công chứng", after="sao dong phong photo van_phong ban"),
    ),
    "ks": (
        _read("khảo sát", after="phieu"),
        _read("kỹ sư", after="bang chung_chi"),
    ),
    "hk": (_read("không", after="duoc phai dung co", last=True),),
    "hong": (_read("không", after="duoc phai dung co_duoc biet"),),
    "mk": (_read("mật khẩu", after="quen doi sai nhap lay lai va"),),
    "bn": (
        _read("bao nhiêu", before="tien ngay lau phi le tuoi gio thang buoi"),
        _read("bạn", before="oi cho la nao giup"),
    ),
    "bh": (
        _read(
            "bảo hiểm",
            after="dong the so tien mua che_do rut",
            before="y xa that yt xh",
        ),
    ),
    "ck": (
        _read(
            "chuyển khoản",
            after="bang da nop phi tien",
            before="tien phi le qua khoan nham",
        ),
    ),
    "d": (_read("đồng", number=True),),
    "p": (_read("phút", number=True),),
    "dt": (_read("diện tích", after="tong", before="dat san"),),
    "hd": (_read("hợp đồng", after="ban ky", before="lao thue mua cong tang vay"),),
    "bs": (_read("biển số", before="xe oto o_to"), _read("bác sĩ", after="gap")),
    "ca": (_read("công an", before="phuong xa tinh thanh huyen quan", after="ra_tru tru_so"),),
    "nn": (
        _read("nông nghiệp", after="dat"),
        _read("nước ngoài", after="o nguoi di ra to"),
    ),
    "hn": (_read("hôn nhân", after="trang nhan doc"),),
    "nv": (_read("nghĩa vụ", before="quan qs"),),
    "tp": (_read("tư pháp", after="so phong lich"),),
    "mc": (_read("một cửa", after="phan o tai"),),
    "vc": (_read("vợ chồng", after="hai 2 nha"),),
    "tl": (_read("trích lục", before="khai ket ks ho"),),
    "g": (_read("gì", after="lam can la cai", last=True),),
    "c": (_read("c", after="hang bang loai mau lop cap"),),
    "a": (
        _read("a", after="hang bang loai mau lop", last=True),
        _read("anh", after="chao cua nho gui voi nhung cac cho", before="oi chi giup"),
    ),
    "ac": (_read("ac", before="quy mong"),),
    "e": (_read("e", after="hang bang loai mau"),),
}
"""Folded abbreviation -> readings in order; the first that fits wins, none keeps the plain meaning."""


def choose(key: str, before: Sequence[str], after: Sequence[str], *, last: bool) -> tuple[str, ...] | None:
    """The meaning of an ambiguous abbreviation, or None for its plain meaning.

    `before` and `after` are the folded syllables around it, `last` tells that the sentence ends.
    """
    previous = before[-1] if before else ""
    previous_two = " ".join(before[-2:])
    following = after[0] if after else ""
    following_two = " ".join(after[:2])
    for reading in READINGS.get(key, ()):
        if (
            (reading.after_number and previous[-1:].isdigit())
            or (reading.last and last)
            or previous in reading.after
            or previous_two in reading.after
            or following in reading.before
            or following_two in reading.before
        ):
            return reading.meaning
    return None
