"""What a fresh clone loses when these fail: the catalogue it ships with."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.catalogue.agencies import AgencyKind
from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.enums import LevelValue, Scope
from bot.catalogue.figures import check, stats
from bot.catalogue.importing.report import RunState
from bot.catalogue.importing.shipped import load_shipped
from bot.catalogue.repository import Repository
from bot.catalogue.units import Extent, UnitType
from bot.database import connect, upgrade


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, shipped_dir: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path_factory.mktemp('shipped') / 'catalogue.db'}"
    upgrade(url)
    engine = connect(url)
    load_shipped(engine, shipped_dir)
    yield engine
    engine.dispose()


@pytest.fixture
def repository(shipped: Engine) -> Repository:
    return Repository(shipped)


def test_it_loads_on_every_database_and_loading_again_changes_nothing(
    engine: Engine, shipped_dir: Path
) -> None:
    first = load_shipped(engine, shipped_dir)
    again = load_shipped(engine, shipped_dir)
    assert (first.rejected, first.revision, again.revision) == ((), 1, 1)
    assert again.state is RunState.UNCHANGED
    figures = stats(engine)
    assert (figures.full_only, figures.partial_only, figures.mixed) == (1439, 402, 7)
    assert figures.by_scope[Scope.IN_FORCE] == 2884
    assert figures.stated_on == date(2026, 10, 3)
    repository = Repository(engine)
    started = time.perf_counter()
    procedures = repository.procedures()
    assert time.perf_counter() - started < 6, "5,000 records must load in about a second"
    assert len(procedures) == figures.procedures == len(repository.procedures(date(2026, 11, 22)))


def test_one_service_has_another_level_at_another_counter(repository: Repository) -> None:
    procedure = repository.procedure("1.013962")
    assert procedure is not None
    levels = {statement.value: statement.agencies for statement in procedure.levels}
    assert set(levels) == {LevelValue.FULL, LevelValue.PARTIAL}


def test_171_communes_became_54_and_twelve_were_split(repository: Repository) -> None:
    units = repository.units()
    today = [unit for unit in units if unit.formed_from]
    assert len(today) == 54
    kinds = [unit.type for unit in today]
    assert [kinds.count(kind) for kind in (UnitType.PHUONG, UnitType.XA, UnitType.DAC_KHU)] == [30, 22, 2]
    homes: dict[str, set[str]] = {}
    for unit in today:
        for old in unit.formed_from:
            homes.setdefault(old.code, set()).add(unit.name)
    assert len(homes) == 171
    split = {code: names for code, names in homes.items() if len(names) > 1}
    assert len(split) == 12
    assert split["06655"] == {"Phường Việt Hưng", "Phường Tuần Châu"}
    parts = {old.code for unit in today for old in unit.formed_from if old.extent is Extent.PART}
    assert parts == set(split)
    districts = {old.district for unit in today for old in unit.formed_from}
    assert len(districts) == 13


def test_every_commune_has_its_agency_and_every_agency_of_the_levels_is_known(
    repository: Repository, shipped: Engine
) -> None:
    communes = [agency for agency in repository.agencies() if agency.kind is AgencyKind.COMMUNE]
    today = {unit.code for unit in repository.units() if unit.formed_from}
    assert {agency.unit for agency in communes} == today
    branches = [agency for agency in repository.agencies() if "CN-VPDKDD" in agency.groups]
    assert len(branches) == 13
    # The published list itself still names a department that ended on 28/2/2025.
    assert check(shipped).unknown_agencies == ("H49.17",)


def test_historical_figures_keep_their_denominators_and_contradictions(
    repository: Repository, shipped: Engine
) -> None:
    figures = {item.key: item for item in repository.statistics()}
    level_4, integrated = figures["qn-2020-level-4"], figures["qn-2020-integrated"]
    assert (level_4.percent, integrated.percent) == (35.6, 35.6)
    assert level_4.denominator_name != integrated.denominator_name
    assert [part.value for part in figures["qn-2020-level-4-upgraded"].parts] == [259, 257]
    kinds = check(shipped).by_kind
    assert kinds[ContradictionKind.STATISTIC_PARTS] == 2
    assert not figures["qno-2020-level-4"].usable
