"""Drafts handed in and the worker that hands them over, for contract tests."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.engine import Engine

from bot.gateways.news import take_news
from bot.gateways.states import NewsKind, SubmissionState
from bot.gateways.submissions.sender import Sender
from bot.gateways.submissions.store import Submissions
from bot.gateways.submissions.submission import Submission
from bot.gateways.vault import Vault
from tests.doubles.gov.government import Government
from tests.gateways.contract import onestop
from tests.gateways.counter import APPLICANT, BIRTH, KEY, NOW

HOUR = 3600.0


class Desk:
    """One draft handed in, and the worker that hands it over. ``now`` moves with every round."""

    def __init__(self, engine: Engine, gov: Government) -> None:
        self.now = NOW
        self._engine = engine
        self._submissions = Submissions(engine, Vault(KEY), lambda: self.now)
        self._onestop = onestop(gov, timeout_seconds=0.5)

    def hand_in(self, draft: str = "d1") -> Submission:
        prepared = self._submissions.prepare("c1", draft, BIRTH)
        assert prepared.token is not None
        done = self._submissions.submit(prepared.token, APPLICANT)
        assert done is not None and done.state is SubmissionState.PENDING
        return done

    def withdraw(self) -> None:
        self._submissions.withdraw("c1", "d1")

    def round(self, workers: int = 1) -> None:
        """Workers that start at once, an hour after the round before."""
        senders = [Sender(self._engine, self._onestop, Vault(KEY)) for _ in range(workers)]
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda sender: sender.once(self.now), senders))
        self.now += HOUR

    def settled(self) -> Submission:
        """After as many rounds as any trouble here takes."""
        for _ in range(4):
            self.round()
        found = self._submissions.of_draft("c1", "d1")
        assert found is not None
        return found

    def news(self) -> list[NewsKind]:
        with self._engine.begin() as connection:
            return [each.kind for each in take_news(connection, self.now)]
