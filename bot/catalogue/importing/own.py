"""Loader (a): our own format, index lines in JSON and curated overlays in YAML (docs/catalogue-format.md)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec.structs import replace

from bot.catalogue.enums import Handler
from bot.catalogue.importing.report import Refusal, Rejected, is_code
from bot.catalogue.records import Procedure

Item = Procedure | Rejected

# Decided by the index alone: what is published and why the procedure is in the catalogue.
_INDEX_ONLY = ("code", "levels", "scope", "papers", "cases", "handler", "curated")


def read_own(index: Path, curated: Path) -> Iterator[Item]:
    """Records of ``index/*.jsonl`` with the overlays of ``curated/*.yaml``, then overlays without one.

    A curated code given twice is refused the second time; so is an index code.
    """
    overlays: dict[str, Procedure] = {}
    for item in read_curated(curated):
        if isinstance(item, Rejected):
            yield item
        else:
            overlays[item.code] = item
    seen: set[str] = set()
    for path in sorted(index.glob("*.jsonl")):
        for item in read_index(path):
            if isinstance(item, Procedure):
                seen.add(item.code)
                item = overlay(item, overlays[item.code]) if item.code in overlays else item
            yield item
    yield from (overlays[code] for code in sorted(overlays.keys() - seen))


def read_index(path: Path) -> Iterator[Item]:
    """Procedures of a JSON Lines file, one a line."""
    decoder = msgspec.json.Decoder(Procedure)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                procedure = decoder.decode(line)
            except msgspec.ValidationError as error:
                yield Rejected(path.name, number, Refusal.INVALID, str(error))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                yield Rejected(path.name, number, Refusal.UNREADABLE, str(error))
            else:
                yield _checked(procedure, path, number)


def read_curated(folder: Path) -> Iterator[Item]:
    """Curated procedures of all YAML files of ``folder``, marked ``curated``."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        for item in _read_yaml(path):
            if isinstance(item, Rejected):
                yield item
            elif item.code in seen:
                yield Rejected(path.name, 0, Refusal.DUPLICATE, f"{item.code} in {seen[item.code]}")
            else:
                seen[item.code] = path.name
                yield item


def overlay(base: Procedure, curated: Procedure) -> Procedure:
    """``base`` with the non-empty fields of ``curated``; papers and cases are taken together."""
    values: dict[str, Any] = {
        name: value
        for name in Procedure.__struct_fields__
        if name not in _INDEX_ONLY and (value := getattr(curated, name))
    }
    if curated.papers or curated.cases:
        values.update(papers=curated.papers, cases=curated.cases)
    if curated.handler is not Handler.OTHER:
        values["handler"] = curated.handler
    return replace(base, **values, curated=True)


def _read_yaml(path: Path) -> Iterator[Item]:
    try:
        loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield Rejected(path.name, 0, Refusal.UNREADABLE, str(error))
        return
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        yield Rejected(path.name, 1, Refusal.INVALID, "not a list of procedures")
        return
    for node in root.value:
        line = node.start_mark.line + 1
        try:
            value = loader.construct_object(node, deep=True)
            procedure = msgspec.convert(value, Procedure, strict=False)
        except (msgspec.ValidationError, yaml.YAMLError) as error:
            yield Rejected(path.name, line, Refusal.INVALID, str(error))
        else:
            yield _checked(replace(procedure, curated=True), path, line)


def _checked(procedure: Procedure, path: Path, line: int) -> Item:
    if not is_code(procedure.code):
        return Rejected(path.name, line, Refusal.BAD_CODE, procedure.code)
    return procedure
