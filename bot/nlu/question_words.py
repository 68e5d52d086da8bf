"""Folded syllables that carry the question rather than its subject."""

QUESTION_WORDS = frozenset(
    """
    ai bao bi bang bo bi buoc cach can cac cai cap chi cho chua chuyen chuan co con cua cung
    da dang dau day de den di dieu dinh do dong don du dung duoc gi giay giup gio gom gui hay het hieu
    ho hoac hoi hom huong dan in kien khac khai khi khong kieu la lam lau le len lay
    lieu link liet ke loi luat luc luon luong ma mang mat mau may mien moi mot muc muon mua muc nao nay
    nen neu nghia ngay nghi nhan nhieu nhu nho nhung no noi nop o online phai phan phi quan
    quy ra rang rut roi sao sau so tai tat tham thanh the thi thieu thoi thong thu thuc
    thuoc tien tim tiep tinh to toan toi ton tong tra tram trang thai trinh truc tu tuyen trong truoc
    truong hop tuc uy quyen va van vao vi viet voi xa phuong xem xin xong y yeu cau
    ky doi tuong bat luc gia tri han ket qua thay ho giup nham sai huy xoa loi tong so danh sach
    """.split()
)
"""Deliberately also common particles: their order is what tells the kinds of question apart."""

COURTESY = frozenset(
    "a anh chi em minh toi chau xin chan thanh da va rat nhieu truoc mong ban nha ca".split()
)
"""Words around the thanks at the end of a question."""

CALLS = frozenset("hoi chao oi gui thua lo".split())
"""A run of address words is an address only when it holds one of these."""

ADDRESS = CALLS | frozenset(
    """
    da vang a ad admin anh chi em minh toi chau co chu bac cac ca nha moi nguoi ban cho xin phep voi chut xiu
    kinh quy vay mot ti tui to bon trong nhom ben day nha nhe tham
    """.split()
)
"""Words a question begins with before it says what it is about."""
