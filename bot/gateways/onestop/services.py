"""What the one-stop system does for us, by the services of the protocol."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from enum import Enum
from typing import Any

from bot.following.state import DossierState
from bot.following.status import DossierStatus
from bot.gateways.onestop.client import Client
from bot.gateways.onestop.errors import NotFoundError, RefusedError
from bot.gateways.onestop.procedure import PublishedProcedure
from bot.gateways.onestop.wire import Reply
from bot.gateways.record import DossierRecord, record_of, state_of
from bot.gateways.values import read, written

log = logging.getLogger(__name__)


class Created(Enum):
    """How a dossier came to be there."""

    NOW = "now"
    BEFORE = "before"
    """The system has one with this code already."""


class OneStop:
    """Typed calls. All raise ``UnavailableError`` and, where the system says no, ``RefusedError``.

    ``label``: what stands for a dossier code in logs. ``now``: POSIX seconds.
    """

    def __init__(self, client: Client, label: Callable[[str], str], now: Callable[[], float]) -> None:
        self._client, self._label, self._now = client, label, now

    def find(self, code: str) -> DossierState:
        """How a dossier stands; raises ``NotFoundError``."""
        return state_of(self.record(code), datetime.fromtimestamp(self._now(), timezone.utc))

    def record(self, code: str) -> DossierRecord:
        """The record itself (TraCuuHoSo); raises ``NotFoundError`` also for one with another code."""
        reply = self._client.look_up("TraCuuHoSo", mahoso=code)
        log.info("looked up dossier %s: code %s", self._label(code), reply.code)
        rows = _rows(reply)
        found = (record_of(row) for row in rows)
        record = next((one for one in found if one.ma_ho_so.upper() == code.upper()), None)
        if record is None:
            raise NotFoundError
        return record

    def create(self, record: dict[str, Any]) -> Created:
        """Hand a new dossier in (DongBoHoSoMC); the system refuses a second one with the same ``MaHoSo``."""
        reply = self._synchronise(record, updating=False)
        if reply.exists_already:
            return Created.BEFORE
        _done(reply)
        return Created.NOW

    def supplement(
        self, code: str, procedure: str, request_id: str, said: str, papers: Sequence[str], at: datetime
    ) -> None:
        """Say that the papers asked for by request ``request_id`` are handed in; raises ``NotFoundError``."""
        row = {
            "HoSoBoSungId": request_id,
            "ThongTinTiepNhan": said,
            "NgayTiepNhanBoSung": written(at),
            "TrangThaiBoSung": "1",
            "DanhSachGiayToBoSung": [{"TenGiayTo": paper} for paper in papers],
        }
        self._update({"MaHoSo": code, "MaTTHC": procedure, "DanhSachHoSoBoSung": [row]})

    def withdraw(self, code: str, procedure: str) -> None:
        """Say that the citizen takes the dossier back; harmless when said twice. Raises ``NotFoundError``."""
        status = str(DossierStatus.WITHDRAWN.value)
        self._update({"MaHoSo": code, "MaTTHC": procedure, "TrangThaiHoSo": status})

    def procedure(self, code: str) -> PublishedProcedure:
        """A procedure as published now (LayThuTuc); raises ``NotFoundError``."""
        rows = _rows(self._client.look_up("LayThuTuc", maTTHC=code))
        if not rows:
            raise NotFoundError
        return read(rows[0], PublishedProcedure)

    def procedures(self) -> tuple[tuple[str, str], ...]:
        """Codes and names of the unit's procedures (LayDanhSachTTHC)."""
        rows = (read(row, PublishedProcedure) for row in _rows(self._client.look_up("LayDanhSachTTHC")))
        return tuple((row.ma_tthc, row.ten_tthc) for row in rows)

    def _update(self, record: dict[str, Any]) -> None:
        _done(self._synchronise(record, updating=True))

    def _synchronise(self, record: dict[str, Any], updating: bool) -> Reply:
        reply = self._client.call("DongBoHoSoMC", isUpdating=str(updating), data=[record])
        log.info("wrote dossier %s: code %s", self._label(str(record["MaHoSo"])), reply.code)
        return reply


def _rows(reply: Reply) -> tuple[Any, ...]:
    _done(reply)
    return reply.rows


def _done(reply: Reply) -> None:
    if reply.absent:
        raise NotFoundError
    if not reply.ok:
        raise RefusedError(reply.code, reply.message)
