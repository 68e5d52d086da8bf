"""Counts over the catalogue and its own review: what `stats` and `check` report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.catalogue import tables_context as c
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.contradictions import Contradiction, ContradictionKind
from bot.catalogue.enums import Handler, LevelScheme, LevelValue, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.repository import Repository
from bot.catalogue.units import Unit


@dataclass(frozen=True)
class CatalogueStats:
    """Numbers of procedures; each is counted once, whatever number of agencies offer it.

    ``full_only``, ``partial_only`` and ``mixed`` are about published statements of the 2022 scale:
    ``mixed`` are those whose level differs by agency or variant. ``by_agency`` counts under the codes
    of the statements (XA stands for all communes).
    """

    revision: int
    procedures: int
    by_scope: Mapping[Scope, int]
    full_only: int
    partial_only: int
    information_only: int
    mixed: int
    without_statement: int
    statements: int
    trial: int
    curated: int
    with_detail: int
    by_field: Mapping[str, int]
    by_agency: Mapping[str, int]
    by_handler: Mapping[Handler, int]
    stated_on: date | None


@dataclass(frozen=True)
class CheckReport:
    """What a person should look at: the open review list and references that lead nowhere."""

    contradictions: tuple[Contradiction, ...]
    by_kind: Mapping[ContradictionKind, int]
    unknown_agencies: tuple[str, ...]
    unknown_related: tuple[tuple[str, str], ...]
    split_communes: int
    communes: int


def stats(engine: Engine) -> CatalogueStats:
    """Counts over the newest versions."""
    repository = Repository(engine)
    return count(repository.procedures(), repository.revision())


def check(engine: Engine) -> CheckReport:
    """Open contradictions of the imports, agencies and related codes that do not exist."""
    table = c.contradiction
    query = select(table).where(table.c.resolved_at.is_(None)).order_by(table.c.subject, table.c.kind)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    found = tuple(Contradiction(ContradictionKind(r["kind"]), r["subject"], r["evidence"]) for r in rows)
    repository = Repository(engine)
    return review(repository.procedures(), repository.agencies(), repository.units(), found)


def count(procedures: Sequence[Procedure], revision: int) -> CatalogueStats:
    """``stats`` of a list of procedures (pure)."""
    levels = Counter(_published(procedure) for procedure in procedures)
    statements = [statement for procedure in procedures for statement in procedure.levels]
    single = {value: levels[frozenset({value})] for value in LevelValue}
    stated = len(procedures) - levels[frozenset()]
    return CatalogueStats(
        revision=revision,
        procedures=len(procedures),
        by_scope=Counter(procedure.scope for procedure in procedures),
        full_only=single[LevelValue.FULL],
        partial_only=single[LevelValue.PARTIAL],
        information_only=single[LevelValue.INFORMATION],
        mixed=stated - sum(single.values()),
        without_statement=levels[frozenset()],
        statements=len(statements),
        trial=sum(statement.trial for statement in statements),
        curated=sum(procedure.curated for procedure in procedures),
        with_detail=sum(
            bool(procedure.papers or procedure.cases or procedure.times) for procedure in procedures
        ),
        by_field=_ordered(procedure.field for procedure in procedures),
        by_agency=_ordered(
            code
            for procedure in procedures
            for code in {agency for statement in procedure.levels for agency in statement.agencies}
        ),
        by_handler=Counter(procedure.handler for procedure in procedures),
        stated_on=max((statement.stated_on for statement in statements), default=None),
    )


def review(
    procedures: Iterable[Procedure],
    agencies: Iterable[Agency],
    units: Iterable[Unit],
    contradictions: tuple[Contradiction, ...],
) -> CheckReport:
    """``check`` of loaded records (pure). A former agency in a level list is unknown today."""
    today = {agency.code for agency in agencies if agency.kind is not AgencyKind.FORMER}
    listed = list(procedures)
    codes = {procedure.code for procedure in listed}
    stated = {code for p in listed for statement in p.levels for code in statement.agencies}
    olds = Counter(old.code for unit in units for old in unit.formed_from)
    return CheckReport(
        contradictions=contradictions,
        by_kind=Counter(item.kind for item in contradictions),
        unknown_agencies=tuple(sorted(stated - today)),
        unknown_related=tuple((p.code, code) for p in listed for code in p.related if code not in codes),
        split_communes=sum(times > 1 for times in olds.values()),
        communes=len(olds),
    )


def _published(procedure: Procedure) -> frozenset[LevelValue]:
    return frozenset(s.value for s in procedure.levels if s.scheme is LevelScheme.S2022)


def _ordered(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
