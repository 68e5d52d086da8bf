"""Charts: drawn once, and anew as soon as a number or a name is another one."""

from collections.abc import Mapping

from bot.console.charts import chart
from bot.steering.figure import Figure, Kind, Row
from bot.steering.wording import Naming, read_figures
from tests.conftest import ROOT

FILE = read_figures(ROOT / "data" / "steering" / "figures.yaml")


def drawn(count: int, own: Mapping[str, Mapping[str, str]]) -> str:
    rows = (Row(("1.000001", "Hộ tịch", "full"), count), Row(("1.000002", "Hộ tịch", "full"), 5))
    figure = Figure("candidates", Kind.COUNT, ("procedure", "field", "level"), 5 + count, rows)
    return chart(figure, Naming(FILE, own))


def test_a_chart_follows_its_numbers_and_names() -> None:
    """An old picture beside a new table would make managers doubt both."""
    first = drawn(9, {})
    assert first.startswith("data:image/svg+xml") and drawn(9, {}) is first
    assert drawn(10, {}) != first
    assert drawn(9, {"procedure": {"1.000001": "Khai sinh"}}) != first
