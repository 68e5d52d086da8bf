"""The state of all the systems, shared by the server's thread and the test's."""

from pathlib import Path
from threading import RLock

from tests.doubles.gov.dossiers import Dossiers
from tests.doubles.gov.faults import Faults
from tests.doubles.gov.flights import Flights
from tests.doubles.gov.payments import Payments
from tests.doubles.gov.people import People
from tests.doubles.gov.questions import Questions
from tests.doubles.gov.records import Records
from tests.doubles.gov.seed import seed
from tests.doubles.gov.sessions import Sessions
from tests.doubles.gov.settings import Settings
from tests.doubles.gov.times import Clock


class World:
    """``lock`` is held around every change. ``path``: what was received outlives the process there."""

    def __init__(self, settings: Settings | None = None, path: Path | None = None) -> None:
        self.settings = settings or Settings()
        self.url = ""
        self.lock = RLock()
        self.clock = Clock()
        self.records = Records(path)
        self.sessions = Sessions(self.records)
        self.dossiers = Dossiers(self.records)
        self.payments = Payments(self.records)
        self.questions = Questions(self.records)
        self.people = People()
        self.faults = Faults()
        self.flights = Flights()
        for record in seed():
            self.dossiers.load(record)
        self.dossiers.restore()
        self.payments.restore()
