"""The services behind the one call end point, by name."""

from collections.abc import Callable
from typing import Any

from tests.doubles.gov import procedures
from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.dictionaries import DICTIONARIES
from tests.doubles.gov.records import Kind
from tests.doubles.gov.world import World

Call = dict[str, Any]
Rows = list[dict[str, Any]]


def _data(call: Call) -> Rows:
    """``data`` as a list of records."""
    data = call.get("data")
    if not isinstance(data, list) or not data or not all(isinstance(each, dict) for each in data):
        raise RefusedError(Code.INVALID, "Thiếu hoặc sai dữ liệu: data")
    return data


def look_up(world: World, call: Call) -> Rows:
    code = str(call.get("mahoso", ""))
    world.records.add(Kind.LOOKUP, code)
    record = world.dossiers.get(code)
    if record is None or code in world.dossiers.hidden:
        if world.settings.missing == "error":
            raise RefusedError(Code.MISSING, f"Không tìm thấy hồ sơ {code}")
        return []
    if world.settings.codes == "number":
        record["TrangThaiHoSo"] = int(record["TrangThaiHoSo"])
    return [record]


def synchronise(world: World, call: Call) -> Rows:
    """``isUpdating`` is a string; anything but "True" and "False" is refused."""
    updating = call.get("isUpdating")
    if updating not in ("True", "False"):
        raise RefusedError(Code.INVALID, 'isUpdating phải là "True" hoặc "False"')
    for record in _data(call):
        (world.dossiers.update if updating == "True" else world.dossiers.create)(record)
    return []


def progress(world: World, call: Call) -> Rows:
    for step in _data(call):
        if len(str(step.get("NguoiXuLy", ""))) > 50:
            raise RefusedError(Code.INVALID, "NguoiXuLy dài quá 50 ký tự")
        world.dossiers.step(step)
    return []


def take_question(world: World, call: Call) -> Rows:
    for question in _data(call):
        world.questions.take(question)
    return []


def settle_question(world: World, call: Call) -> Rows:
    for answer in _data(call):
        world.questions.settle(answer)
    return []


def rate(world: World, call: Call) -> Rows:
    for rating in _data(call):
        world.records.add(Kind.RATED, str(rating.get("MaHoSo", "")), rating)
    return []


def technical_id(world: World, call: Call) -> Rows:
    for person in world.people.known.values():
        if person["SoDinhDanh"] and person["SoDinhDanh"] == call.get("SoDinhDanh"):
            return [{"TECHNICALID": person["TechID"]}]
    return []


SERVICES: dict[str, Callable[[World, Call], Rows]] = {
    "LayDanhSachTTHC": lambda world, call: procedures.listed(),
    "LayThuTuc": lambda world, call: [procedures.detail(str(call.get("maTTHC", "")))],
    "TraCuuHoSo": look_up,
    "DongBoHoSoMC": synchronise,
    "CapNhatTienDoHoSoMC": progress,
    "LayDanhSachHoiDapGuiTuDVCQG": lambda world, call: world.questions.from_portal,
    "LayDanhSachHoiDapBoCoQuan": lambda world, call: world.questions.from_agency,
    "LayNoiDungTraLoiTheoCauHoi": lambda world, call: world.questions.answer(str(call.get("cauhoiid", ""))),
    "DongBoHoiDap": take_question,
    "DongBoKetQuaHoiDapGuiTuDVCQG": settle_question,
    "DongBoDanhGia": rate,
    "TraCuuTechID": technical_id,
}


def serve(world: World, call: Call) -> Rows:
    """Rows of ``result``; raises ``RefusedError``."""
    name = str(call.get("service", ""))
    if name in DICTIONARIES:
        return DICTIONARIES[name]()
    if name not in SERVICES:
        raise RefusedError(Code.SERVICE, f"Không có dịch vụ {name}")
    return SERVICES[name](world, call)
