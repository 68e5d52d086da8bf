"""Editors and a small catalogue."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection, Engine

from bot.amendments.proposals import Basis, decide, propose
from bot.catalogue.amending import Patch
from bot.catalogue.enums import FeeKind, LevelScheme, LevelValue
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.records import Fee, LevelStatement, Procedure, Source
from bot.staff.audit import Actor
from bot.staff.tables import staff_account

NOW = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam
TODAY = "2026-11-22"
CODE = "1.004873"
LEVEL = LevelStatement(("XA",), LevelScheme.S2022, LevelValue.FULL, date(2026, 10, 3), "danh sách")
RECORD = Procedure(
    CODE,
    "Cấp Giấy xác nhận tình trạng hôn nhân",
    Source("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn", date(2026, 7, 1)),
    fees=(Fee(FeeKind.AMOUNT, 8000),),
    legal_basis=("Nghị định 123/2015/NĐ-CP",),
    aliases=("giấy độc thân",),
    levels=(LEVEL,),
)
OTHER = Procedure("1.001193", "Đăng ký khai sinh", Source("Cổng Dịch vụ công quốc gia"), levels=(LEVEL,))
FEE: Patch = {"fees": {"set": [{"kind": "amount", "amount": 5000}]}}
BASIS = Basis("Công dân báo sai", "Nghị quyết 62/2026/NQ-HĐND", source_day="2026-11-20")


def load(engine: Engine, *items: Procedure, complete: bool = True) -> ImportReport:
    """Import ``items`` as what ships does."""
    return run_import(engine, Import(items, "test", complete=complete))


@pytest.fixture
def hired() -> Callable[[Connection, str], Actor]:
    """Makes an account and gives it as the one who acts."""

    def hire(connection: Connection, login: str) -> Actor:
        values = {"login": login, "name": login, "roles": [], "created_at": NOW}
        made = connection.execute(insert(staff_account).values(values)).inserted_primary_key[0]
        return Actor(made, login)

    return hire


@pytest.fixture
def approved(hired: Callable[[Connection, str], Actor]) -> Callable[..., int]:
    """Proposes a change of the record by one account and approves it by another; gives its id."""
    accounts: list[Actor] = []

    def approve(engine: Engine, patch: Patch, basis: Basis = BASIS, code: str = CODE) -> int:
        with engine.begin() as connection:
            if not accounts:
                accounts.extend((hired(connection, "bien-tap"), hired(connection, "duyet")))
            made = propose(connection, accounts[0], code, patch, basis, NOW)
            assert decide(connection, accounts[1], made, True, "", TODAY, NOW)
        return made

    return approve
