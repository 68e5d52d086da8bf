"""The one-stop client against the double of the government systems: what both must mean by a message."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.aside import working
from bot.following.audit import Audit
from bot.following.lookups import CountedLookups
from bot.following.ports import Ask, Found
from bot.following.status import DossierStatus
from bot.gateways.onestop.errors import Cause, NotFoundError, RefusedError, UnavailableError
from bot.gateways.onestop.services import Created
from bot.gateways.onestop.source import DossierSource
from bot.gateways.values import LOCAL
from tests.doubles.gov.government import Government
from tests.gateways.contract import CODE, MODES, NEW, onestop


@pytest.mark.parametrize("mode", MODES)
def test_every_dossier_is_read_as_it_stands(mode: dict[str, Any], gov: Government) -> None:
    """Lost: a citizen hears a wrong state or date when the system writes its answers another way."""
    gov.configure(**mode)
    system = onestop(gov)
    for status in DossierStatus:
        for code in gov.codes(status.value):
            found = system.find(code)
            assert (found.code, found.status) == (code, status)
            held = gov.dossier(code)
            assert held is not None
            due = found.due_at.strftime("%Y%m%d%H%M%S") if found.due_at else ""
            assert due == held["NgayHenTra"]
            owner = gov.owner(code)
            assert {owner.id_last4, owner.phone_last4} <= set(found.proofs)
            assert (found.supplement is not None) == (status is DossierStatus.SUPPLEMENT)
            assert bool(found.fees_due) == (status is DossierStatus.PAYMENT)
    assert gov.logins() == 1


@pytest.mark.parametrize("missing", ["empty", "error"])
@pytest.mark.parametrize("mode", MODES)
def test_a_dossier_that_is_not_there(mode: dict[str, Any], missing: str, gov: Government) -> None:
    """Lost: a citizen with a mistyped code is told that the system is down, or somebody else's state."""
    gov.configure(missing=missing, **mode)
    with pytest.raises(NotFoundError):
        onestop(gov).find("H49.22-261101-9999")


@pytest.mark.parametrize("mode", MODES)
def test_a_dossier_is_created_once(mode: dict[str, Any], gov: Government) -> None:
    """Lost: a dossier handed in twice, or one that exists taken for a refusal."""
    gov.configure(**mode)
    system = onestop(gov)
    assert [system.create(NEW), system.create(NEW)] == [Created.NOW, Created.BEFORE]
    assert (gov.created(CODE), gov.existed(CODE)) == (1, 1)
    with pytest.raises(RefusedError):
        system.create({**NEW, "MaHoSo": "sai"})


@pytest.mark.parametrize("mode", MODES)
def test_a_supplement_and_a_withdrawal_arrive(mode: dict[str, Any], gov: Government) -> None:
    """Lost: a dossier is closed although its papers came, or goes on although it was taken back."""
    gov.configure(**mode)
    system, code = onestop(gov), gov.codes(status=5)[0]
    (asked,) = system.record(code).danh_sach_ho_so_bo_sung
    at = datetime(2026, 11, 22, 10, tzinfo=LOCAL)
    system.supplement(code, "1.001193", asked.ho_so_bo_sung_id, "Đã nộp", ["Giấy chứng sinh"], at)
    (row,) = system.record(code).danh_sach_ho_so_bo_sung
    assert (row.ngay_tiep_nhan_bo_sung, row.noi_dung_bo_sung) == ("20261122100000", asked.noi_dung_bo_sung)
    system.withdraw(code, "1.001193")
    assert system.find(code).status is DossierStatus.WITHDRAWN
    with pytest.raises(NotFoundError):
        system.withdraw(CODE, "1.001193")


@pytest.mark.parametrize("status", [200, 401])
def test_a_session_that_ends_is_renewed_unseen(status: int, gov: Government) -> None:
    """Lost: after some calls every citizen is told that the system is down, or a dossier is lost."""
    gov.configure(session_calls=1, session_status=status)
    system = onestop(gov)
    codes = gov.codes(status=4)[:3]
    assert [system.find(code).code for code in codes] == codes
    assert system.create(NEW) is Created.NOW
    assert (gov.logins(), gov.created(CODE)) == (4, 1)


def test_many_at_once_log_in_one_after_another(gov: Government) -> None:
    """Lost: the adapter locks an account that logs in many times at once."""
    system = onestop(gov)
    system.find(gov.codes()[0])
    gov.expire_sessions()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(system.find, gov.codes()[:24]))
    assert len(found) == 24 and gov.peak("login") == 1
    assert gov.logins() == 2


@pytest.mark.parametrize(
    "changes", [{"password": "khac"}, {"destination": "khac"}], ids=["password", "destination"]
)
def test_wrong_access_is_no_answer(changes: dict[str, str], gov: Government) -> None:
    """Lost: a mistake in the settings is told to citizens as "there is no such dossier"."""
    with pytest.raises(UnavailableError) as caught:
        onestop(gov, **changes).find(gov.codes()[0])
    assert caught.value.cause is Cause.LOGIN and not caught.value.arrived


def test_sessions_that_never_hold_are_no_answer(gov: Government) -> None:
    """Lost: the client logs in without end, or a refused session is told as a refused dossier."""
    gov.configure(session_calls=0)
    with pytest.raises(UnavailableError) as caught:
        onestop(gov).create(NEW)
    assert caught.value.cause is Cause.LOGIN
    assert (gov.logins(), gov.created(CODE)) == (2, 0)


@pytest.mark.parametrize("mode", MODES)
def test_procedures_are_read(mode: dict[str, Any], gov: Government) -> None:
    """Lost: nobody notices that a published fee or time has changed."""
    gov.configure(**mode)
    system = onestop(gov)
    assert ("1.001193", "Đăng ký khai sinh") in system.procedures()
    told = system.procedure("3.000347.000.00.00.H49")
    online = next(each for each in told.cach_thuc_thuc_hien if each.kenh == "2")
    assert online.thoi_gian[0].phi_le_phi[0].so_tien == "135000"
    with pytest.raises(NotFoundError):
        system.procedure("9.999999")


async def test_others_are_answered_while_a_dossier_is_looked_up(
    gov: Government, sqlite_engine: Engine
) -> None:
    """Lost: the whole assistant is silent while the system takes its time for one citizen."""
    system, (mine, yours) = onestop(gov), gov.codes()[:2]
    system.find(mine)
    lookups = CountedLookups(sqlite_engine, DossierSource(system), Audit(b"key"), time.time)
    gate = gov.gate("")
    asking = asyncio.create_task(working(lookups.find, Ask("web-a", "web:a", "m1", mine)))
    await asyncio.to_thread(gate.wait_reached)
    found = await working(lookups.find, Ask("web-b", "web:b", "m2", yours))
    assert isinstance(found, Found) and found.state.code == yours and not asking.done()
    gate.release()
    found = await asking
    assert isinstance(found, Found) and found.state.code == mine
