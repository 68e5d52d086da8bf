"""Questions and answers that the national portal and the province exchange."""

from typing import Any

from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.records import Kind, Records

Question = dict[str, Any]


def _question(number: int, text: str, answer: str, procedure: str) -> Question:
    answered = {
        "NOIDUNGTRALOI": answer,
        "NGUOITRALOI": "Cán bộ một cửa",
        "CHUCVUNGUOITRALOI": "Công chức",
        "NGAYTRALOI": "20261110090000",
    }
    return {
        "HOIDAPID": str(number),
        "MALINHVUC": "HT",
        "NOIDUNG": text,
        "MADONVI": "000.00.00.H49",
        "TENDONVI": "UBND tỉnh Quảng Ninh",
        "HOVATEN": "Người hỏi",
        "THUDIENTU": "",
        "MATTHCDP": procedure,
        "TRANGTHAI": "1" if answer else "0",
        **(answered if answer else {}),
    }


class Questions:
    """Two of the portal's, one of them open, and one of an agency."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.from_portal = [
            _question(9001, "Đăng ký khai sinh cần giấy tờ gì?", "Tờ khai và giấy chứng sinh.", "1.001193"),
            _question(9002, "Đổi giấy phép lái xe ở đâu?", "", "3.000347"),
        ]
        self.from_agency = [_question(9101, "Lệ phí trích lục?", "8.000 đồng một bản.", "2.000635")]

    def answer(self, number: str) -> list[Question]:
        for each in [*self.from_portal, *self.from_agency]:
            if each["HOIDAPID"] == number:
                return [each]
        raise RefusedError(Code.MISSING, f"Không tìm thấy câu hỏi {number}")

    def take(self, question: Question) -> None:
        """A question from the province (DongBoHoiDap)."""
        if not question.get("NOIDUNG"):
            raise RefusedError(Code.INVALID, "Thiếu nội dung câu hỏi")
        self._records.add(Kind.ASKED, str(question.get("HOIDAPID", "")), question)

    def settle(self, answer: Question) -> None:
        """An answer from the province to a question of the portal."""
        number = str(answer.get("HOIDAPID") or answer.get("cauhoiid", ""))
        self.answer(number)[0].update(answer, TRANGTHAI="1")
        self._records.add(Kind.ANSWERED, number, answer)
