"""Numbers and addresses of offices, which the assistant says and nobody has to mask."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.catalogue.tables import procedure_version
from bot.catalogue.tables_context import agency
from bot.knowledge_source import read_yaml
from bot.privacy.scanning import unmasked


def public_values(connection: Connection, root: Path, data_dir: Path) -> frozenset[str]:
    """What stands in the texts the program comes with and in the catalogue, as ``Identifier.value``."""
    found: set[str] = set()
    for text in _shipped(root, data_dir):
        found.update(identifier.value for identifier in unmasked(text))
    for table in (agency, procedure_version):
        for row in connection.execute(select(table).execution_options(yield_per=200)):
            for text in _texts(list(row)):
                found.update(identifier.value for identifier in unmasked(text))
    return frozenset(found)


def _shipped(root: Path, data_dir: Path) -> Iterator[str]:
    paths = [root / "domain.yml", root / data_dir / "contact.yaml"]
    paths += sorted((root / data_dir / "console").glob("*.yaml"))
    for path in paths:
        yield from _texts(read_yaml(path))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)
