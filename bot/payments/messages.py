"""Messages of the payment platform, protocol 1.0.6, as JSON. Codes and sums come as text or as numbers.

Names of fields on the wire are the platform's; each signed message lists them in the order they are hashed.
"""

import re
from typing import Annotated, ClassVar, TypeVar

import msgspec
from msgspec import Meta

from bot.payments import hashing

VERSION = "1.0.6"
SUCCESS = frozenset({"0", "00"})
_SUM = re.compile(r"[0-9]{1,12}")

Scalar = Annotated[str, Meta(max_length=500)] | int
Code80 = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00]*$")] | Annotated[int, Meta(ge=0, lt=10**18)]
Code40 = Annotated[str, Meta(max_length=40, pattern=r"^[^\x00]*$")] | Annotated[int, Meta(ge=0, lt=10**18)]
S = TypeVar("S", bound="Signed")
T = TypeVar("T")

_WIRE = {
    "kind": "LoaiBanTin",
    "version": "PhienBan",
    "partner": "MaDoiTac",
    "reference": "MaThamChieu",
    "amount": "SoTien",
    "payment_type": "LoaiHinhThanhToan",
    "payment_channel": "MaKenhThanhToan",
    "device": "MaThietBi",
    "language": "NgonNgu",
    "currency": "MaTienTe",
    "bank": "MaNganHang",
    "info": "ThongTinGiaoDich",
    "at": "ThoiGianGD",
    "ip": "Ip",
    "code": "MaLoi",
    "description": "MoTaLoi",
    "transaction": "MaGiaoDich",
    "state": "TrangThaiGD",
    "signature": "MaXacThuc",
    "receipt": "ThongTinBienLai",
    "service": "MaDichVu",
    "service_code": "MaDVC",
    "service_name": "TenDVC",
    "procedure_code": "MaTTHC",
    "procedure_name": "TenTTHC",
    "unit_code": "MaDonVi",
    "unit_name": "TenDonVi",
    "dossier": "MaHoSo",
    "account": "TKThuHuong",
    "account_bank": "MaNHThuHuong",
    "account_name": "TenTKThuHuong",
    "content": "NoiDungThanhToan",
    "payer": "HoTenNguoiNop",
    "payer_id": "SoCMNDNguoiNop",
    "payer_address": "DiaChiNguoiNop",
    "payer_district": "HuyenNguoiNop",
    "payer_province": "TinhNguoiNop",
    "fees": "PhiLePhi",
    "entries": "DSKhoanNop",
    "fee_kind": "LoaiPhiLePhi",
    "fee_code": "MaPhiLePhi",
    "fee_name": "TenPhiLePhi",
    "text": "NoiDung",
    "url": "UrlThanhToan",
}


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename=_WIRE):
    """Base of all messages; unknown fields are ignored."""


class Signed(Wire, frozen=True, kw_only=True):
    """A message with ``MaXacThuc``. ``order``: the hashed fields."""

    order: ClassVar[tuple[str, ...]] = ()
    signature: Annotated[str, Meta(max_length=128)] = ""

    @property
    def hashed(self) -> tuple[str, ...]:
        """Values of the hashed fields, as text."""
        return tuple(str(getattr(self, name)) for name in self.order)


class FeeEntry(Wire, frozen=True, kw_only=True):
    """One fee of the receipt."""

    fee_kind: str = ""
    fee_code: str
    fee_name: str
    amount: str


class Entry(Wire, frozen=True, kw_only=True):
    """One sum of the receipt."""

    text: str
    amount: str


class Receipt(Wire, frozen=True, kw_only=True):
    """What the receipt is made out for. Who pays is typed on the platform's own page, never here."""

    service: str = "2"
    service_code: str
    service_name: str
    procedure_code: str
    procedure_name: str
    unit_code: str
    unit_name: str
    dossier: str
    account: str = ""
    account_bank: str = ""
    account_name: str = ""
    content: str
    payer: str = ""
    payer_id: str = ""
    payer_address: str = ""
    payer_district: str = ""
    payer_province: str = ""
    fees: tuple[FeeEntry, ...] = ()
    entries: tuple[Entry, ...] = ()


class Init(Signed, frozen=True, kw_only=True):
    """Begins a payment. Sent again, it is the same message with the same reference."""

    order: ClassVar[tuple[str, ...]] = (
        "kind",
        "version",
        "partner",
        "reference",
        "amount",
        "payment_type",
        "payment_channel",
        "device",
        "language",
        "currency",
        "bank",
        "info",
        "at",
        "ip",
    )
    kind: str = "INIT"
    version: str = VERSION
    partner: str
    reference: str
    amount: str
    payment_type: str = "PAY"
    payment_channel: str = "1"
    device: str = "1"
    language: str = "vi-VN"
    currency: str = "VND"
    bank: str = "PAYMENT"
    info: str
    at: str
    ip: str
    receipt: Receipt | None = None


class Query(Signed, frozen=True, kw_only=True):
    """Asks how a payment stands (``QUERY``) or for its receipt (``GET_BILL``)."""

    order: ClassVar[tuple[str, ...]] = ("kind", "version", "partner", "reference", "at")
    kind: str = "QUERY"
    version: str = VERSION
    partner: str
    reference: str
    at: str


class Confirm(Signed, frozen=True, kw_only=True):
    """The platform tells how a payment ended."""

    order: ClassVar[tuple[str, ...]] = (
        "kind",
        "code",
        "partner",
        "reference",
        "amount",
        "currency",
        "transaction",
        "bank",
        "at",
        "info",
    )
    kind: str
    code: Scalar
    partner: Scalar
    reference: Annotated[str, Meta(max_length=80, pattern=r"^[0-9A-Za-z_.-]+$")]
    amount: Scalar
    currency: Scalar = ""
    transaction: Code80 = ""
    bank: Code40 = ""
    at: Scalar
    info: Scalar = ""


class ConfirmReply(Signed, frozen=True, kw_only=True):
    """Our answer; its hash is taken over its own fields in their order (assumed: the protocol's table of
    hashes does not list it).
    """

    order: ClassVar[tuple[str, ...]] = ("code", "description", "partner", "reference", "at")
    code: str
    description: str
    partner: str
    reference: str
    at: str


class InitReply(msgspec.Struct, frozen=True):
    """``message`` is a JSON string inside the JSON, or an object, or words when something is wrong."""

    error_code: Scalar = ""
    message: msgspec.Raw = msgspec.Raw()


class Started(Wire, frozen=True, kw_only=True):
    """Inside ``InitReply.message``: the page the citizen pays on."""

    url: Annotated[str, Meta(min_length=1, max_length=2000)]


class QueryReply(Wire, frozen=True, kw_only=True):
    """How a payment stands. ``state``: 1 paid, 3 pending, 4 failed."""

    code: Scalar = ""
    description: Annotated[str, Meta(max_length=2000)] = ""
    reference: str = ""
    state: Scalar = ""
    amount: Scalar | None = None
    transaction: Code80 = ""
    bank: Code40 = ""


def signed(message: S, secret: str) -> S:
    """The message with its hash; raises ``ValueError`` as ``hashing.digest``."""
    return msgspec.structs.replace(message, signature=hashing.digest(message.hashed, secret))


def is_success(code: str | int) -> bool:
    """``"00"``, ``"0"`` or ``0``."""
    return str(code).strip() in SUCCESS


def sum_of(amount: str | int | None) -> int | None:
    """A sum in đồng; None for anything but a whole number above zero."""
    text = str(amount).strip() if amount is not None else ""
    return (int(text) or None) if _SUM.fullmatch(text) else None


def decoded(raw: bytes | msgspec.Raw, type: type[T]) -> T:
    """A message; raises ``msgspec.DecodeError`` for whatever is wrong with it."""
    try:
        return msgspec.json.decode(raw, type=type)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(error.__class__.__name__) from None


def inner(raw: msgspec.Raw, type: type[T]) -> T:
    """What ``message`` holds, whether it was encoded once or twice; raises ``msgspec.DecodeError``."""
    try:
        text = decoded(raw, str)
    except msgspec.DecodeError:
        return decoded(raw, type)
    return decoded(text.encode(), type)
