"""The procedure record of the national exchange (LayThuTuc), as far as it is compared with our catalogue."""

import msgspec


class PublishedFee(msgspec.Struct, frozen=True):
    """A row of ``PHILEPHI``; ``so_tien`` as written."""

    ma_phi_le_phi: str = ""
    so_tien: str = ""
    don_vi: str = ""
    mo_ta: str = ""


class PublishedTime(msgspec.Struct, frozen=True):
    """A row of ``THOIGIAN``."""

    thoi_gian_giai_quyet: str = ""
    don_vi_tinh: str = ""
    mo_ta: str = ""
    phi_le_phi: tuple[PublishedFee, ...] = ()


class PublishedChannel(msgspec.Struct, frozen=True):
    """A row of ``CACHTHUCTHUCHIEN``; ``kenh`` 1 in person, 2 online, 3 by post."""

    kenh: str = ""
    thoi_gian: tuple[PublishedTime, ...] = ()


class PublishedPaper(msgspec.Struct, frozen=True):
    """A row of ``GIAYTO``."""

    ma_giay_to: str = ""
    ten_giay_to: str = ""
    so_ban_chinh: str = ""
    so_ban_sao: str = ""
    url: str = ""


class PublishedCase(msgspec.Struct, frozen=True):
    """A row of ``THANHPHANHOSO``."""

    truong_hop: str = ""
    giay_to: tuple[PublishedPaper, ...] = ()


class PublishedProcedure(msgspec.Struct, frozen=True):
    """A procedure as published; ``ma_tthc`` as written, with or without the part of the province."""

    ma_tthc: str = ""
    ten_tthc: str = ""
    trang_thai: str = ""
    ma_co_quan_cong_bo: str = ""
    yeu_cau: str = ""
    cach_thuc_thuc_hien: tuple[PublishedChannel, ...] = ()
    thanh_phan_ho_so: tuple[PublishedCase, ...] = ()
