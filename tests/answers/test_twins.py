"""One service, two codes. Asking which of two equal names is meant is a question nobody can answer."""

from msgspec import structs

from bot.answers.twins import beside, united
from bot.catalogue.records import Case, Procedure, Source
from bot.catalogue.search import Hit
from bot.catalogue.view import Catalogue

LONG = "Đăng ký biến động đối với trường hợp chuyển nhượng quyền sử dụng đất"


def hit(code: str, name: str, issuer: str, chance: float, field: str = "Đất đai") -> Hit:
    return Hit(Procedure(code, name, Source("Cổng Dịch vụ công"), field=field, issuer=issuer), chance, ())


def found(*hits: Hit) -> list[tuple[str, float]]:
    return [(one.procedure.code, round(one.probability, 2)) for one in united(hits)]


def test_the_province_takes_the_chance_of_the_ministry():
    """0.40 + 0.35 = 0.75, ahead of 0.2."""
    ministry = hit("1.000001", "Tách thửa đất.", "Bộ Nông nghiệp và Môi trường", 0.4)
    other = hit("1.000002", "Hợp thửa đất", "Bộ Nông nghiệp và Môi trường", 0.2)
    local = hit("1.100001", "Tách thửa đất", "UBND tỉnh Quảng Ninh", 0.35)
    assert found(ministry, local, other) == [("1.100001", 0.75), ("1.000002", 0.2)]


def test_a_longer_name_of_the_province_is_the_same_service():
    local = hit("1.100001", f"{LONG}; chuyển quyền khai thác khoáng sản", "UBND tỉnh Quảng Ninh", 0.5)
    assert found(local, hit("1.000001", LONG, "Bộ Nông nghiệp", 0.4)) == [("1.100001", 0.9)]


def test_short_beginnings_and_other_fields_stay_apart():
    local = hit("1.100001", "Tách thửa đất ở", "UBND tỉnh Quảng Ninh", 0.5)
    assert len(found(local, hit("1.000001", "Tách thửa đất", "Bộ Nông nghiệp", 0.4))) == 2
    abroad = hit("1.000002", "Tách thửa đất ở", "Bộ Xây dựng", 0.4, field="Xây dựng")
    assert len(found(local, abroad)) == 2


def test_two_of_ministries_stay_apart():
    assert len(found(hit("1.1", "Cấp thẻ", "Bộ Y tế", 0.5), hit("1.2", "Cấp thẻ", "Bộ Nội vụ", 0.4))) == 2


def test_the_ministrys_record_is_found_beside_the_provinces():
    ministry = hit("1.000001", "Tách thửa đất", "Bộ Nông nghiệp", 0.4).procedure
    local = hit("1.100001", "Tách thửa đất", "UBND tỉnh Quảng Ninh", 0.4).procedure
    catalogue = Catalogue({p.code: p for p in (ministry, local)}, {}, (), (), revision=1)
    assert beside(local, catalogue) == ministry
    assert beside(ministry, catalogue) == local
    assert beside(hit("1.5", "Hợp thửa đất", "Bộ Nông nghiệp", 0.4).procedure, catalogue) is None


def test_the_record_that_tells_cases_apart_is_kept():
    """The province's line without cases would name the papers of nobody's case."""
    thin = hit("1.100001", "Tách thửa đất", "UBND tỉnh Quảng Ninh", 0.35)
    plain = hit("1.000001", "Tách thửa đất", "Bộ Nông nghiệp", 0.4).procedure
    full = Hit(structs.replace(plain, cases=(Case("thua-ke", "Đất thừa kế"),)), 0.4, ())
    assert found(full, thin) == [("1.000001", 0.75)]
