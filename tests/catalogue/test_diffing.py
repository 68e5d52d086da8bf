"""What operators lose when these fail: knowing what an import would do before it does it."""

from msgspec.structs import replace

from bot.catalogue.diffing import CatalogueDiff, Change, FieldChange, diff
from bot.catalogue.records import Procedure, Source


def test_added_removed_changed_and_unchanged() -> None:
    a, b, c, d = (Procedure(f"1.00000{n}", f"Tên {n}", Source("s")) for n in range(4))
    assert diff([a, b, c], [b, replace(c, aliases=("tên gọi",)), d]) == CatalogueDiff(
        added=("1.000003",),
        removed=("1.000000",),
        changed=(Change("1.000002", (FieldChange("aliases", (), ("tên gọi",)),)),),
        unchanged=1,
    )
