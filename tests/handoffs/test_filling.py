import pytest

from bot.handoffs.filling import GAP, Variable, fill, has_gap, variables_in


def test_values_are_put_in():
    text = "Chào {name}, lệ phí {procedure} là {fee}. {name}!"
    values = {Variable.NAME: "bác An", Variable.PROCEDURE: "cấp {fee}", Variable.FEE: "8.000 đồng"}
    # Braces of a value are words, not variables.
    assert fill(text, values) == "Chào bác An, lệ phí cấp {fee} là 8.000 đồng. bác An!"
    assert variables_in(text) == (Variable.NAME, Variable.PROCEDURE, Variable.FEE)


@pytest.mark.parametrize("values", [{}, {Variable.FEE: " "}])
def test_an_unknown_value_leaves_a_gap_that_is_seen(values):
    """An empty place would read as "the fee is dong"."""
    filled = fill("Lệ phí {fee} đồng", values)
    assert filled == f"Lệ phí {GAP} đồng"
    assert has_gap(filled) and not has_gap("Lệ phí 8.000 đồng")


@pytest.mark.parametrize("text", ["{phone}", "{}", "{name", "name}", "{ name }", "{{name}}"])
def test_unknown_variables_are_refused(text):
    """A citizen would read the braces."""
    with pytest.raises(ValueError, match="[{}]"):
        fill(text, {})
