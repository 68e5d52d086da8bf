"""Chat abbreviations and folk spellings of citizens.

Meanings come from the questions of citizens on legal and ward pages. An abbreviation is looked up
by its accent-free spelling; those whose meaning hangs on the neighbours are decided in readings.py.
"""

from __future__ import annotations

from bot.text.fold import fold
from bot.text.foreign_words import FOREIGN_WORDS

_COURTESY = {
    "không": "ko k kh khg kg kog hok hko khum hk0 kô k0 khonk khog hokk hổng hông",
    "không biết": "kb kbt kbiet",
    "được": "dc đc dx đx",
    "như thế nào": "ntn ntnao nhtn nthn",
    "thế nào": "tn tnao thenao",
    "làm sao": "lsao lmsao",
    "tại sao": "tsao",
    "vì sao": "vsao",
    "bao nhiêu": "bn bnh bnhiu bnhieu baonhieu baonhiu baonhiêu bnhj",
    "nhiêu": "nhiu",
    "nhiều": "nhìu",
    "bây giờ": "bh bjo bgio bgiờ bayh",
    "bao giờ": "baoh bgiơ",
    "mấy giờ": "mayh",
    "gì": "j gj ji",
    "làm gì": "lmj lamj",
    "vậy": "v z zay zậy zị vz vầy rứa",
    "với": "vs",
    "rồi": "r rui rùi",
    "ok": "oki okie oke okay okla okk",
    "cũng": "cx cg cug",
    "trước": "trc trk",
    "nhưng": "nhg nhug",
    "nhưng mà": "nma nhma",
    "nữa": "nx",
    "luôn": "lun",
    "quá": "wa qa wá",
    "quên": "wen",
    "thích": "thik",
    "biết": "bik bk bt bít",
    "thôi": "thui",
    "hôm": "hum",
    "hôm nay": "hnay",
    "hôm qua": "hqua",
    "làm": "lm",
    "đang": "dg đg dag",
    "việc": "vc",
    "mới": "ms",
    "nhắn tin": "ib inbox nt",
    "trả lời": "rep",
    "phải": "fai",
    "vấn đề": "vde",
    "cảm ơn": "tks thanks thank thks thx camon cmon tkiu",
    "xin lỗi": "xloi sr sorry",
    "giúp": "giùm dùm gium dum",
    "vào": "dzo dzô zo zô",
    "nói": "ns",
}

_PEOPLE = {
    "chị": "c cj",
    "em": "e",
    "anh chị": "ac",
    "anh chị em": "ace",
    "mọi người": "mn mng",
    "tôi": "t tui",
    "mình": "mk mik mjnh mh",
    "chồng": "ck",
    "vợ": "vk",
    "bố mẹ": "bm bme",
    "người": "ng",
    "người ta": "ngta",
    "người dân": "ngdan",
    "ad": "admin",
    "cán bộ": "cb cbo",
    "nhân viên": "nv",
    "gia đình": "gđ",
    "người lao động": "nld",
    "người khuyết tật": "nkt",
    "người cao tuổi": "nct",
    "người có công": "ncc",
    "sinh viên": "sv",
    "giáo viên": "gv",
    "hai vợ chồng": "2vc",
}

_IDENTITY = {
    "căn cước công dân": "cccd",
    "căn cước": "cc",
    "thẻ căn cước": "tcc",
    "chứng minh nhân dân": "cmnd cmtnd",
    "chứng minh thư": "cmt",
    "định danh điện tử": "dddt",
    "mã định danh": "mdd",
    "số định danh": "sddcn",
    "vneid": "vnid vnei vneld",
    "hộ chiếu": "hc passport",
    "số điện thoại": "sdt sốđt sodt",
    "điện thoại": "dt dthoai",
    "địa chỉ": "dchi",
    "tài khoản": "tk",
    "số tài khoản": "stk",
    "mật khẩu": "pass password",
    "quên mật khẩu": "qmk",
}

_CIVIL_STATUS = {
    "khai sinh": "ks ksinh",
    "giấy khai sinh": "gks",
    "đăng ký khai sinh": "dkks",
    "giấy kết hôn": "gkh",
    "đăng ký kết hôn": "dkkh",
    "giấy đăng ký kết hôn": "gdkkh",
    "giấy chứng nhận kết hôn": "gcnkh",
    "khai tử": "ktu",
    "giấy khai tử": "gkt",
    "đăng ký khai tử": "dkkt",
    "trích lục khai sinh": "tlks",
    "trích lục khai tử": "tlkt",
    "trích lục kết hôn": "tlkh",
    "tình trạng hôn nhân": "tthn",
    "xác nhận tình trạng hôn nhân": "xntthn",
    "giấy xác nhận tình trạng hôn nhân": "gxntthn",
    "xác nhận hôn nhân": "xnhn",
    "giấy độc thân": "gdt gđthan",
    "độc thân": "dthan",
    "ly hôn": "lhon",
    "hộ tịch": "htich",
    "lý lịch tư pháp": "lltp",
    "phiếu lý lịch tư pháp": "pltp plltp",
    "sơ yếu lý lịch": "syll",
    "hộ khẩu": "hk hkhau",
    "sổ hộ khẩu": "shk",
    "đăng ký hộ khẩu": "dkhk",
    "nhập khẩu": "nkhau",
    "đăng ký tt": "dktt",
    "xác nhận": "xn",
    "chứng thực": "cthuc",
    "công chứng": "cchung cchứng",
    "ủy quyền": "uq",
    "giấy ủy quyền": "guq",
    "bản sao": "bsao",
    "bản gốc": "bgoc",
    "bản chính": "bchinh",
}

_LAND = {
    "sổ đỏ": "sđ sodo",
    "sổ hồng": "sohong",
    "sử dụng": "sd",
    "sử dụng đất": "sdd",
    "giấy chứng nhận": "gcn",
    "giấy chứng nhận quyền sử dụng đất": "gcnqsdd",
    "giấy chứng nhận quyền sử dụng": "gcnqsd",
    "quyền sử dụng đất": "qsdd",
    "quyền sử dụng": "qsd",
    "giấy phép xây dựng": "gpxd",
    "xây dựng": "xd",
    "quy hoạch": "qh",
    "văn phòng đăng ký đất đai": "vpdkdd vpdk",
    "đăng ký đất đai": "dkdd",
    "đăng ký biến động": "dkbd",
    "mục đích sử dụng": "mdsd",
    "mục đích sử dụng đất": "mdsdd",
    "giải phóng mặt bằng": "gpmb",
    "bất động sản": "bds",
    "nhà ở xã hội": "noxh",
}

_BUSINESS = {
    "kinh doanh": "kd",
    "hộ kinh doanh": "hkd",
    "đăng ký kinh doanh": "dkkd",
    "đăng ký hộ kinh doanh": "dkhkd",
    "giấy phép kinh doanh": "gpkd",
    "giấy chứng nhận đăng ký kinh doanh": "gcndkkd",
    "doanh nghiệp": "dn",
    "doanh nghiệp tư nhân": "dntn",
    "công ty": "cty cti",
    "công ty cổ phần": "ctcp",
    "trách nhiệm hữu hạn": "tnhh",
    "hợp tác xã": "htx",
    "văn phòng": "vp",
    "văn phòng đại diện": "vpdd",
    "mã số thuế": "mst",
    "thu nhập cá nhân": "tncn",
    "thu nhập doanh nghiệp": "tndn",
    "giá trị gia tăng": "gtgt",
    "hóa đơn điện tử": "hddt",
    "hợp đồng": "hđ hdong",
    "hợp đồng lao động": "hdld",
    "giấy phép lao động": "gpld",
    "bảo hiểm xã hội": "bhxh",
    "bảo hiểm y tế": "bhyt",
    "bảo hiểm thất nghiệp": "bhtn",
    "trợ cấp thất nghiệp": "tctn",
    "bảo trợ xã hội": "btxh",
    "trợ cấp xã hội": "tcxh",
    "mai táng phí": "mtp",
    "xuất khẩu lao động": "xkld",
    "an toàn thực phẩm": "attp",
    "vệ sinh an toàn thực phẩm": "vsattp",
    "phòng cháy chữa cháy": "pccc",
    "an ninh trật tự": "antt",
    "chứng chỉ hành nghề": "cchn",
    "bảo vệ môi trường": "bvmt",
}

_VEHICLES = {
    "giấy phép lái xe": "gplx glx",
    "bằng lái xe": "blx",
    "bằng lái": "blai",
    "đăng ký xe": "dkx dkxe",
    "biển số xe": "bsx",
    "đăng kiểm": "dkiem",
    "ô tô": "oto ôtô",
    "xe máy": "xm xemay",
}

_OFFICES = {
    "ủy ban nhân dân": "ubnd",
    "ủy ban": "ub",
    "hội đồng nhân dân": "hdnd",
    "phường": "p",
    "xã": "x",
    "thành phố": "tp",
    "thị xã": "tx",
    "đặc khu": "dkhu",
    "thủ tục": "ttuc",
    "thủ tục hành chính": "tthc",
    "dịch vụ công": "dvc",
    "dịch vụ công trực tuyến": "dvctt",
    "dịch vụ công quốc gia": "dvcqg",
    "cổng dịch vụ công": "cdvc",
    "cổng dịch vụ công quốc gia": "cdvcqg",
    "hành chính công": "hcc",
    "trung tâm hành chính công": "tthcc",
    "trung tâm phục vụ hành chính công": "ttphcc ttpvhcc",
    "bộ phận một cửa": "bpmc",
    "một cửa": "1cua mcua",
    "công an xã": "cax",
    "công an thành phố": "catp",
    "cảnh sát giao thông": "csgt",
    "cảnh sát quản lý hành chính": "csqlhc",
    "nghĩa vụ quân sự": "nvqs",
    "quân sự": "qs",
    "giao thông vận tải": "gtvt",
    "tài nguyên môi trường": "tnmt",
    "giáo dục đào tạo": "gddt",
    "nước ngoài": "nngoai",
    "việt nam": "vn",
    "quảng ninh": "qn qninh",
    "hạ long": "hlong",
    "bãi cháy": "bchay",
    "cẩm phả": "cpha",
    "móng cái": "mcai",
    "vân đồn": "vdon",
    "đông triều": "dtrieu",
    "quảng yên": "qyen",
}

_DOSSIER = {
    "hồ sơ": "hs hso",
    "mã hồ sơ": "mahs mahoso",
    "bổ sung": "bs bsung",
    "kết quả": "kq kqua",
    "đăng ký": "dk dky đki dki",
    "lệ phí": "lp lphi",
    "thời gian": "tgian tg",
    "thông tin": "ttin",
    "thông báo": "tb tbao",
    "yêu cầu": "yc ycau",
    "giấy tờ": "gt gto",
    "giấy tờ tùy thân": "gttt",
    "giấy phép": "gp",
    "giấy xác nhận": "gxn",
    "quyết định": "qd",
    "nghị định": "nd",
    "ví dụ": "vd vdu",
    "hướng dẫn": "hd",
    "hướng dẫn sử dụng": "hdsd",
    "điều kiện": "dkien",
    "thanh toán": "ttoan",
    "chữ ký số": "cks",
    "chuyển khoản": "ckhoan",
    "bưu điện": "bdien",
    "online": "onl onlie",
    "captcha": "capcha",
    "phản ánh kiến nghị": "pakn",
    "khiếu nại tố cáo": "kntc",
    "triệu": "tr",
    "nghìn": "ngh",
    "nghìn đồng": "ngd",
    "đồng": "vnd",
    "giờ": "h",
    "phút": "ph",
    "thứ 2": "t2",
    "thứ 3": "t3",
    "thứ 4": "t4",
    "thứ 5": "t5",
    "thứ 6": "t6",
    "thứ 7": "t7",
}


def _invert() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    folded: dict[str, tuple[str, ...]] = {}
    accented: dict[str, tuple[str, ...]] = {}
    sections = (
        _COURTESY, _PEOPLE, _IDENTITY, _CIVIL_STATUS, _LAND, _BUSINESS, _VEHICLES, _OFFICES, _DOSSIER,
    )  # fmt: skip
    for section in sections:
        for meaning, shorts in section.items():
            for short in shorts.split():
                target = folded if fold(short) == short else accented
                target.setdefault(short, tuple(meaning.split()))
    return folded, accented


ABBREVIATIONS, ACCENTED_ABBREVIATIONS = _invert()
"""Abbreviation -> syllables: by accent-free spelling, and those that only count as written."""


def expand(word: str) -> tuple[str, ...] | None:
    """Syllables meant by a lower-case abbreviation (context-free reading), else None."""
    found = ACCENTED_ABBREVIATIONS.get(word) or ABBREVIATIONS.get(word)
    if found is None and "đ" in word:
        found = ABBREVIATIONS.get(word.replace("đ", "d"))
    return found


def is_known(word: str) -> bool:
    """True for a lower-case word that must be read as it stands: abbreviation or foreign word."""
    return word in FOREIGN_WORDS or expand(word) is not None
