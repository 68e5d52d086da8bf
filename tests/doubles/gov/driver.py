"""What a test may do with a running double: look at it, set it, order trouble, act as officer or citizen."""

from dataclasses import dataclass
from typing import Any

from tests.doubles.gov.acts import Acts
from tests.doubles.gov.cashier import Cashier
from tests.doubles.gov.dossiers import Record
from tests.doubles.gov.faults import Fault
from tests.doubles.gov.faults import Kind as FaultKind
from tests.doubles.gov.flights import Call
from tests.doubles.gov.records import Entry, Kind
from tests.doubles.gov.settings import Settings


@dataclass(frozen=True)
class Owner:
    """The second factor of a dossier."""

    id_last4: str
    phone_last4: str


class Driver(Acts, Cashier):
    """Safe to use while the server's thread serves."""

    @property
    def settings(self) -> Settings:
        return self.world.settings

    def configure(self, **changes: Any) -> None:
        """Change fields of ``Settings``."""
        with self.world.lock:
            self.world.settings = self.world.settings.but(changes)

    def expire_sessions(self) -> None:
        with self.world.lock:
            self.world.sessions.end_all()

    def codes(self, status: int | None = None) -> list[str]:
        """Dossier codes, the seeded ones first; ``status``: only those that are in it now."""
        with self.world.lock:
            every = self.world.dossiers.codes()
            return [each for each in every if status in (None, int(self._record(each)["TrangThaiHoSo"]))]

    def hide(self, *codes: str) -> None:
        """Exactly these dossiers are taken, but look-ups do not find them yet; none: all are found."""
        with self.world.lock:
            self.world.dossiers.hidden = set(codes)

    def refuse_creates(self, reason: str) -> None:
        """No new dossier is taken from now on; "": they are again."""
        with self.world.lock:
            self.world.dossiers.refusal = reason

    def dossier(self, code: str) -> Record | None:
        with self.world.lock:
            return self.world.dossiers.get(code)

    def steps(self, code: str) -> list[Record]:
        """Progress that was reported."""
        with self.world.lock:
            return list(self.world.dossiers.steps.get(code, []))

    def owner(self, code: str) -> Owner:
        record = self._record(code)
        return Owner(record["DinhDanhCHS"][0]["SoDinhDanh"][-4:], record["SoDienThoai"][-4:])

    def fault(self, kind: FaultKind, service: str = "", **details: Any) -> Fault:
        """Order trouble for the next calls; see ``faults.Fault``."""
        return self.world.faults.order(Fault(kind, service, **details))

    def gate(self, service: str, *, accepted: bool = False, times: int | None = 1) -> Fault:
        """The next call of the service waits, before it takes effect or (``accepted``) after.

        A caller that hangs up before its call took effect has asked for nothing.
        """
        return self.fault("hold", service, accepted=accepted, times=times)

    def die_after(self, service: str, times: int | None = 1) -> Fault:
        """The call takes full effect, then its connection breaks."""
        return self.fault("reset", service, accepted=True, times=times)

    def no_faults(self) -> None:
        self.world.faults.clear()

    def created(self, code: str = "") -> int:
        """How often a dossier was created; "": all together."""
        return self.world.records.count(Kind.CREATED, code)

    def updated(self, code: str = "") -> int:
        return self.world.records.count(Kind.UPDATED, code)

    def existed(self, code: str = "") -> int:
        """Creates that were refused because the dossier is known."""
        return self.world.records.count(Kind.EXISTED, code)

    def created_with(self, text: str) -> list[str]:
        """Codes of created dossiers with the text in a field; two for a client's key: it was sent twice."""
        entries = self.world.records.of(Kind.CREATED)
        return [each.key for each in entries if any(text in str(value) for value in each.data.values())]

    def lookups(self, code: str = "") -> int:
        return self.world.records.count(Kind.LOOKUP, code)

    def logins(self) -> int:
        return self.world.records.count(Kind.LOGIN)

    def received(self, *kinds: Kind) -> list[Entry]:
        """Questions, ratings, EMC posts …, oldest first."""
        return self.world.records.of(*kinds)

    def calls(self, service: str = "") -> list[Call]:
        """As they arrived, in this process only."""
        return self.world.flights.of(service)

    def wait_calls(self, service: str, count: int = 1, timeout: float = 10.0) -> None:
        self.world.flights.wait_for(service, count, timeout)

    def peak(self, service: str) -> int:
        """The most calls of the service that were under way at once."""
        return self.world.flights.peaks[service]

    def log_in_as(self, sub: str | None) -> None:
        """Who sits at the browser (``cd1`` … ``cd10``); None: presses "cancel"."""
        self.world.people.present = sub

    def _record(self, code: str) -> Record:
        record = self.dossier(code)
        if record is None:
            raise KeyError(code)
        return record
