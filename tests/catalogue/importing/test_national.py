"""What operators lose when these fail: the official feed, which answers in several shapes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.catalogue.enums import AdminLevel, Channel, FeeKind, Handler, TimeUnit
from bot.catalogue.importing.national import national_code, read_national
from bot.catalogue.importing.report import Refusal, Rejected
from bot.catalogue.records import Fee, Paper, Procedure, TimeLimit

RECORD: dict[str, Any] = {
    "MATTHC": "1.001193.000.00.00.H56",
    "TENTTHC": "Thủ tục đăng ký khai sinh",
    "MACOQUANCONGBO": "Bộ Tư pháp",
    "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-HT", "TENLINHVUC": "Hộ tịch"}],
    "COQUANTHUCHIEN": [{"TENDONVI": "Ủy ban nhân dân cấp xã"}],
    "CAPTHUCHIEN": [{"CAPTHUCHIEN": 3, "MOTACOQUANTHUCHIEN": ""}],
    "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp hồ sơ<br>Nhận kết quả"}]}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "2",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": 5,
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "",
                    "PHILEPHI": [{"SOTIEN": "8000", "DONVI": "Đồng", "MOTA": "mỗi bản"}, {"SOTIEN": 0}],
                }
            ],
        }
    ],
    "THANHPHANHOSO": [
        {"TRUONGHOP": "", "GIAYTO": [{"TENGIAYTO": "Tờ khai;", "SOBANCHINH": "1", "SOBANSAO": 0}]}
    ],
    "KETQUATHUCHIEN": [{"TENKETQUA": "Giấy khai sinh"}],
    "YEUCAU": "Không",
    "DOITUONGTHUCHIEN": "Công dân Việt Nam;Người nước ngoài",
}
DAY = date(2026, 11, 1)


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {"error_code": "00", "message": "ok", "result": [record]}


def _save(folder: Path, answer: object) -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "answer",
    [
        _plain(RECORD),
        {"error_code": 0, "result": [RECORD]},
        {"message": json.dumps({"result": [RECORD]})},
        {"message": json.dumps(json.dumps({"error_code": 0, "result": [RECORD]}))},
        [RECORD],
    ],
)
def test_every_shape_of_answer_gives_the_same_record(tmp_path: Path, answer: object) -> None:
    (procedure,) = read_national(_save(tmp_path, answer), DAY)
    assert isinstance(procedure, Procedure)
    assert (procedure.code, procedure.name, procedure.field) == (
        "1.001193",
        "Thủ tục đăng ký khai sinh",
        "Hộ tịch",
    )
    assert procedure.admin_levels == (AdminLevel.COMMUNE,)
    assert procedure.handler is Handler.COMMUNE
    assert procedure.channels == (Channel.ONLINE,)
    assert procedure.times == (TimeLimit(TimeUnit.WORKING_DAY, 5),)
    assert procedure.fees == (Fee(FeeKind.AMOUNT, 8000, note="mỗi bản"), Fee(FeeKind.FREE))
    assert procedure.papers == (Paper("Tờ khai", originals=1),)
    assert procedure.steps == ("Nộp hồ sơ", "Nhận kết quả")
    assert procedure.applicants == ("Công dân Việt Nam", "Người nước ngoài")
    assert procedure.source.retrieved_on == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("1.001193.000.00.00.H56", "1.001193"),
        ("2.002621.H56", "2.002621"),
        ("1.1193", None),
        ("", None),
        ("BTP-1.001193", None),
    ],
)
def test_localised_codes_are_the_national_one(text: str, code: str | None) -> None:
    assert national_code(text) == code


def test_a_bad_record_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    broken = RECORD | {"THANHPHANHOSO": [{"GIAYTO": [{"TENGIAYTO": "x", "SOBANCHINH": "một"}]}]}
    records = [broken, {"TENTTHC": "không mã"}, RECORD | {"MATTHC": "abc"}, RECORD]
    items = list(read_national(_save(tmp_path, {"error_code": 0, "result": records}), DAY))
    refused = [(item.line, item.refusal) for item in items if isinstance(item, Rejected)]
    assert refused == [(1, Refusal.INVALID), (2, Refusal.NO_CODE), (3, Refusal.BAD_CODE)]
    assert isinstance(items[-1], Procedure)


@pytest.mark.parametrize(
    "answer",
    [{"error_code": "-3", "message": "Hết phiên"}, {"message": "<html>bảo trì</html>"}, {"result": None}],
)
def test_an_error_answer_is_refused_whole(tmp_path: Path, answer: object) -> None:
    (item,) = read_national(_save(tmp_path, answer), DAY)
    assert isinstance(item, Rejected)
    assert item.refusal is Refusal.UNREADABLE
