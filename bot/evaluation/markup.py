"""Tables and escaped text of the error page. Pure."""

from collections.abc import Sequence
from html import escape


def table(head: Sequence[str], rows: Sequence[Sequence[object]], marked: Sequence[bool] = ()) -> str:
    """A table; rows that are ``marked`` stand out."""
    lines = ["<table><tr>" + "".join(f"<th>{text(cell)}</th>" for cell in head) + "</tr>"]
    for place, row in enumerate(rows):
        mark = " class='meant'" if place < len(marked) and marked[place] else ""
        lines.append(f"<tr{mark}>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>")
    return "".join(lines) + "</table>"


def text(value: object) -> str:
    """Anything as text that cannot act as markup; line breaks are kept."""
    return escape(str(value)).replace("\n", "<br>")
