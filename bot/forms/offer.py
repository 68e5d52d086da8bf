"""The forms there are, and which procedure uses which."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import yaml

from bot.forms.definition import FormDefinition


class Forms:
    """All forms. Raises ``ValueError`` when two claim the same id or procedure."""

    def __init__(self, forms: Iterable[FormDefinition]) -> None:
        self._by_id: dict[str, FormDefinition] = {}
        self._by_procedure: dict[str, FormDefinition] = {}
        for form in forms:
            if form.id in self._by_id:
                raise ValueError(f"two forms are called {form.id}")
            self._by_id[form.id] = form
            for code in form.procedures:
                if code in self._by_procedure:
                    raise ValueError(f"two forms are for procedure {code}")
                self._by_procedure[code] = form

    def of(self, code: str) -> FormDefinition | None:
        """The form of a procedure that can be filled in here; ``None`` when there is none."""
        return self._by_procedure.get(code)

    def named(self, id: str) -> FormDefinition | None:
        """The form with this id."""
        return self._by_id.get(id)

    def all(self) -> tuple[FormDefinition, ...]:
        """Every form, by id."""
        return tuple(self._by_id[id] for id in sorted(self._by_id))


def read_forms(folder: Path) -> Forms:
    """The forms of ``data/forms``. Raises ``msgspec.ValidationError`` for a file that is no form."""
    return Forms(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> FormDefinition:
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return msgspec.convert(raw, FormDefinition)
