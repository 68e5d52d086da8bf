"""Troubles of the government double: what a caller sees, and what took effect all the same."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.doubles.gov.faults import Kind
from tests.doubles.gov.government import Government
from tests.doubles.gov_client import CODE, NEW, ask, call, login


@pytest.fixture
def gov() -> Iterator[Government]:
    with Government() as running:
        yield running


def create(gov: Government, session: str, timeout: float = 10.0) -> requests.Response:
    return ask(gov, session, "DongBoHoSoMC", timeout, isUpdating="False", data=[NEW])


@pytest.mark.parametrize(
    ("kind", "status", "shown"),
    [
        ("error", 500, "<!DOCTYPE html>"),
        ("html", 200, "<!DOCTYPE html>"),
        ("maintenance", 503, "bảo trì"),
        ("redirect", 302, ""),
        ("truncated", 200, '{"error_code"'),
        ("type", 200, '{"error_code":0'),
    ],
)
def test_answers_that_are_no_answers(kind: Kind, status: int, shown: str, gov: Government) -> None:
    """Lost: a client that takes whatever comes for an answer would pass."""
    session = login(gov)
    gov.fault(kind, "LayDanhSachTTHC")
    response = ask(gov, session, "LayDanhSachTTHC")
    assert response.status_code == status
    assert shown in response.content.decode(errors="replace")
    if kind != "type":
        with pytest.raises(requests.JSONDecodeError):
            response.json()
    assert call(gov, session, "LayDanhSachTTHC")["error_code"] == 0
    assert [each.fault for each in gov.calls("LayDanhSachTTHC")] == [kind, ""]


@pytest.mark.parametrize("kind", ["reset", "broken"])
def test_connections_break(kind: Kind, gov: Government) -> None:
    """Lost: a client that falls over at a lost connection would pass."""
    session = login(gov)
    gov.fault(kind, "LayDanhSachTTHC")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        ask(gov, session, "LayDanhSachTTHC")
    assert call(gov, session, "LayDanhSachTTHC")["error_code"] == 0


def test_it_takes_a_dossier_and_dies(gov: Government) -> None:
    """Lost: sending again after a lost answer could not be shown to make no second dossier."""
    session = login(gov)
    gov.die_after("DongBoHoSoMC")
    with pytest.raises(requests.ConnectionError):
        create(gov, session)
    assert gov.created(CODE) == 1 and gov.dossier(CODE) is not None
    assert create(gov, session).json()["error_code"] == 3
    assert (gov.created(CODE), gov.existed(CODE)) == (1, 1)


def test_without_acceptance_a_lost_call_has_no_effect(gov: Government) -> None:
    """Lost: a client that believes that every lost call arrived would pass."""
    session = login(gov)
    gov.fault("reset", "DongBoHoSoMC")
    with pytest.raises(requests.ConnectionError):
        create(gov, session)
    assert gov.created(CODE) == 0
    assert create(gov, session).json()["error_code"] == 0


@pytest.mark.parametrize("accepted", [False, True])
def test_an_answer_never_comes(accepted: bool, gov: Government) -> None:
    """Lost: a client without a timeout, or one that forgets what timed out, would pass."""
    session = login(gov)
    fault = gov.fault("timeout", "DongBoHoSoMC", accepted=accepted)
    with pytest.raises(requests.ReadTimeout):
        create(gov, session, timeout=0.2)
    fault.wait_reached()
    assert gov.created(CODE) == int(accepted)


@pytest.mark.parametrize("accepted", [False, True])
def test_a_gate_holds_a_call_until_it_is_released(accepted: bool, gov: Government) -> None:
    """Lost: nothing could be done in the very middle of a call, such as ending the caller."""
    session = login(gov)
    with ThreadPoolExecutor(1) as pool, gov.gate("DongBoHoSoMC", accepted=accepted) as gate:
        reply = pool.submit(create, gov, session)
        gate.wait_reached()
        assert gov.created(CODE) == int(accepted) and not reply.done()
        gate.release()
        assert reply.result(10).json()["error_code"] == 0
    assert gov.created(CODE) == 1


def test_a_slow_answer_comes_after_all(gov: Government) -> None:
    """Lost: a client that gives up too early would pass."""
    session = login(gov)
    gov.fault("latency", "LayDanhSachTTHC", seconds=0.1)
    response = ask(gov, session, "LayDanhSachTTHC")
    assert response.json()["error_code"] == 0 and response.elapsed.total_seconds() >= 0.1


def test_logins_at_once_are_seen(gov: Government) -> None:
    """Lost: a client that logs in several times at once would pass."""
    with ThreadPoolExecutor(3) as pool, gov.gate("login", times=3) as gate:
        waiting = [pool.submit(login, gov) for _ in range(3)]
        gov.wait_calls("login", 3)
        gate.release()
        assert len({each.result(10) for each in waiting}) == 3
    assert (gov.peak("login"), gov.logins()) == (3, 3)


def test_troubles_can_skip_and_strike_all_services(gov: Government) -> None:
    """Lost: the second step of several could not be made to fail."""
    session = login(gov)
    gov.fault("error", skip=1, times=2, status=502)
    codes = [ask(gov, session, name).status_code for name in ("LayDanhSachTTHC", "LayDanhMucCoQuan") * 2]
    assert codes == [200, 502, 502, 200]
    gov.fault("error", times=None)
    gov.no_faults()
    assert ask(gov, session, "LayDanhSachTTHC").status_code == 200
