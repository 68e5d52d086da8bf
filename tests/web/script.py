"""What the portal of the tests says. Made up; shaped like the real answers."""

import io
from typing import Any

import segno

SESSION: dict[str, Any] = {
    "greeting": {
        "author": "assistant",
        "channel": "web",
        "at": "2026-11-22T04:55:00Z",
        "text": (
            "Xin chào anh/chị! Đây là trợ lý tự động (máy trả lời, không phải cán bộ) về thủ tục.\n"
            "Tôi giúp anh/chị tra cứu giấy tờ cần nộp, lệ phí, thời hạn, nơi nộp và mẫu đơn của từng việc, "
            "kèm nguồn và ngày cập nhật."
        ),
        "links": [],
        "buttons": [
            {"id": "b-birth", "title": "Đăng ký khai sinh"},
            {"id": "b-land", "title": "Sang tên sổ đỏ"},
        ],
        "card": None,
        "files": [],
        "outcome": None,
    },
    "privacy": {
        "version": "1",
        "text": (
            "Cuộc trò chuyện được lưu tối đa 365 ngày, tệp tối đa 7 ngày; anh/chị xóa được bất cứ lúc nào."
            " Xin đừng gửi số căn cước, mật khẩu hay mã OTP."
        ),
        "url": "https://dichvucong.gov.vn/bao-ve-du-lieu",
    },
    "contact": {
        "phone": "1900 558 826",
        "address": "Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh",
        "note": "Trong giờ làm việc. Nên gọi hỏi trước khi đi.",
    },
    "limits": {
        "text": 1000,
        "file_bytes": 5242880,
        "file_types": ["application/pdf", "image/jpeg", "image/png"],
    },
}
BUTTONS = {
    "b-birth": "Đăng ký khai sinh",
    "b-land": "Sang tên sổ đỏ",
    "b-fee": "Lệ phí bao nhiêu?",
    "b-where": "Nộp ở đâu?",
}
CODE = "1.001193"
TELEGRAM = "https://t.me/tro_ly_minh_hoa_bot?start=K7M4QX2P"
picture = io.BytesIO()
segno.make(TELEGRAM, error="m").save(picture, kind="svg", xmldecl=False, scale=4, border=2)
LINK: dict[str, Any] = {
    "code": "K7M4-QX2P",
    "expires_in": 600,
    "telegram": TELEGRAM,
    "qr_svg": picture.getvalue().decode(),
}
FILES: dict[str, dict[str, Any]] = {}
HOSTILE = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
SOURCE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/1.001193"

BIRTH = {
    "text": (
        "Đăng ký khai sinh: không mất lệ phí khi đăng ký trong 60 ngày từ ngày sinh. Giải quyết trong ngày; "
        "nhận sau 15 giờ thì trả kết quả ngày làm việc tiếp theo.\n"
        "Nộp tại UBND phường, xã, đặc khu hoặc qua Cổng Dịch vụ công quốc gia."
    ),
    "outcome": "answered",
    "buttons": [
        {"id": "b-fee", "title": "Lệ phí bao nhiêu?"},
        {"id": "b-where", "title": "Nộp ở đâu?"},
        {"url": SOURCE, "title": "Nộp trực tuyến"},
    ],
    "card": {
        "code": CODE,
        "name": "Thủ tục đăng ký khai sinh",
        "checklist": [
            "Tờ khai đăng ký khai sinh",
            "Giấy chứng sinh (bản chính)",
            "Giấy tờ tùy thân của người đi đăng ký (xuất trình)",
        ],
        "sources": [
            {"title": "Cổng Dịch vụ công quốc gia", "code": CODE, "url": SOURCE, "date": "2026-11-21"},
            {"title": "Giả mạo", "code": "", "url": "javascript:alert(1)", "date": ""},
        ],
    },
}


def replies(text: str) -> list[dict[str, Any]]:
    """The answer to a text, in the words of the citizen where the test looks for them."""
    folded = text.lower()
    if "khai sinh" in folded:
        return [BIRTH]
    if "nguồn" in folded:
        said = f"Xem 👉 {SOURCE} rồi hỏi tiếp."
        start = len("Xem 👉 ".encode("utf-16-le")) // 2
        links = [
            {"start": start, "end": start + len(SOURCE), "url": SOURCE},
            {"start": 0, "end": 3, "url": "javascript:alert(1)"},
        ]
        return [{"text": said, "links": links}]
    if "lạ" in folded:
        return [{"text": HOSTILE, "outcome": "answered", "buttons": [{"id": "x", "title": HOSTILE}]}]
    return [{"text": f"Tôi đã nhận: {text or 'tệp'}", "outcome": "answered"}]
