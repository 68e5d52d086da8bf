"""Made-up procedures with every kind of question, paper and way."""

from datetime import date

from bot.catalogue.enums import Channel, Handler, LevelScheme, LevelValue, Need
from bot.catalogue.records import (
    Case,
    LevelReading,
    LevelStatement,
    Option,
    Paper,
    Procedure,
    Question,
    Source,
)

TODAY = date(2026, 11, 23)
SOURCE = Source("Cổng Dịch vụ công quốc gia", "https://example.vn/1", checked_on=date(2026, 11, 1))

FORM = Paper("Tờ khai", Need.SUBMIT, originals=1)
CARD = Paper("Căn cước", Need.NUMBER)
HOME = Paper("Giấy tờ nơi cư trú", Need.DATABASE)
PROOF = Paper("Giấy chứng sinh", Need.SUBMIT, originals=1)
WITNESS = Paper("Văn bản người làm chứng", Need.SUBMIT, originals=1)
PASSPORT = Paper("Hộ chiếu", Need.SHOW)

BIRTH = Procedure(
    code="1.000001",
    name="Đăng ký khai sinh",
    short_name="Khai sinh",
    source=SOURCE,
    handler=Handler.COMMUNE,
    channels=(Channel.ONLINE, Channel.COUNTER),
    papers=(FORM, CARD, HOME),
    cases=(
        Case("benh-vien", "Sinh ở bệnh viện", (PROOF,)),
        Case("o-nha", "Sinh ở nhà", (WITNESS,), note="Cần người làm chứng"),
    ),
    questions=(
        Question(
            "noi-sinh",
            "Bé sinh ở đâu ạ?",
            (
                Option("benh-vien", "Bệnh viện", ("benh-vien",)),
                Option("o-nha", "Ở nhà", ("o-nha",)),
                Option("nuoc-ngoai", "Ở nước ngoài", instead="1.000002"),
            ),
            why="Nơi sinh quyết định giấy tờ",
        ),
        Question(
            "lam-chung",
            "Có người làm chứng không ạ?",
            (Option("co", "Có"), Option("khong", "Không", stop="Cần người làm chứng việc sinh")),
            when=("noi-sinh=o-nha",),
        ),
        Question(
            "qua-han",
            "Đã quá 60 ngày chưa ạ?",
            (Option("chua", "Chưa quá 60 ngày"), Option("roi", "Đã quá 60 ngày", note="Phải nộp lệ phí")),
        ),
    ),
    levels=(
        LevelStatement(
            ("XA",),
            LevelScheme.S2022,
            LevelValue.FULL,
            date(2026, 10, 3),
            "Danh mục",
            submit_url="nop.example.vn",
        ),
    ),
)
ABROAD = Procedure(
    code="1.000002",
    name="Ghi chú khai sinh ở nước ngoài",
    source=SOURCE,
    handler=Handler.PROVINCE,
    channels=(Channel.COUNTER,),
    papers=(FORM, PASSPORT),
)
CASES_ONLY = Procedure(
    code="1.000003",
    name="Cấp lại giấy phép",
    source=SOURCE,
    channels=(Channel.COUNTER, Channel.POST),
    papers=(FORM,),
    cases=(Case("mat", "Bị mất", (PROOF,)), Case("hong", "Bị hỏng", note="Nộp lại bản hỏng")),
)
MARRIAGE = Procedure(
    code="1.000004",
    name="Đăng ký kết hôn",
    source=SOURCE,
    channels=(Channel.ONLINE, Channel.COUNTER),
    papers=(FORM,),
    reading=LevelReading(LevelValue.PARTIAL, "Hai bên phải ký", "Luật Hộ tịch", ("Hai bên đến ký",)),
)
BARE = Procedure(code="1.000005", name="Thủ tục chưa có giấy tờ", source=SOURCE)
ALL = {record.code: record for record in (BIRTH, ABROAD, CASES_ONLY, MARRIAGE, BARE)}
