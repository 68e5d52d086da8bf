"""What a browser would send for a form of a page, as far as tests change a few fields of a long one."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.hidden = action, False, 0
        self.fields: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = found.get("action") == self.action
        elif tag == "template":
            self.hidden += 1
        if not self.inside or self.hidden:
            return
        name = found.get("name", "")
        if tag == "input" and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.fields[name] = found.get("value", "")
        elif tag == "select":
            self.select = name
            self.fields[name] = ""
        elif tag == "option" and "selected" in found:
            self.fields[self.select] = found.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "template":
            self.hidden -= 1
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.area and not self.hidden:
            # As browsers do: the first line end is none, and all are sent as two characters.
            self.fields[self.area] += data


def fields_of(page: str, action: str) -> dict[str, str]:
    """Names and values of the form with this address, without its buttons."""
    reader = _Reader(action)
    reader.feed(page)
    return {
        name: value.removeprefix("\r").removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
        for name, value in reader.fields.items()
    }
