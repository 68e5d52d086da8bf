"""What the tests of the gateways share: a one-stop system to call, a draft to hand in."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateways.described import Described, ListedPaper
from bot.gateways.news import News, take_news
from bot.gateways.onestop.breaker import Breaker
from bot.gateways.onestop.client import Access, Client
from bot.gateways.onestop.services import OneStop
from bot.gateways.submissions.applicant import Applicant
from bot.gateways.submissions.store import Submissions
from bot.gateways.submissions.submission import Submission
from bot.gateways.tables import submission
from bot.gateways.vault import Vault
from tests.doubles.gov.settings import Settings

NOW = 1_795_312_800.0  # 22/11/2026 09:00 in Quảng Ninh
KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
CONVERSATION, DRAFT = "c" * 32, "0123456789ab"
BIRTH = Described(
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    unit="06652",
    unit_name="phường Hà Tu",
    cases=("Sinh tại bệnh viện",),
    papers=(ListedPaper("Giấy chứng sinh", True), ListedPaper("Tờ khai", False)),
    agency="H49.24",
)
APPLICANT = Applicant("Nguyễn Thị Thử", "0912345678", "Tổ 1, phường Hà Tu")


def access(url: str, timeout: float = 5.0) -> Access:
    """The double with the account it knows."""
    known = Settings()
    return Access(
        login_url=f"{url}/mapi/login",
        call_url=f"{url}/mapi/g",
        username=known.username,
        password=known.password,
        unit=known.unit,
        destination=known.destination,
        timeout_seconds=timeout,
    )


def onestop(url: str, timeout: float = 5.0, failures: int = 1000) -> OneStop:
    """``failures``: so many until the breaker opens."""
    client = Client(access(url, timeout), Breaker(failures), sleep=lambda _: None)
    return OneStop(client, Vault(KEY).label, lambda: NOW)


def submissions(engine: Engine, now: Callable[[], float] = lambda: NOW) -> Submissions:
    return Submissions(engine, Vault(KEY), now)


def handed_in(engine: Engine, draft: str = DRAFT) -> Submission:
    """A submission that waits to be sent."""
    store = submissions(engine)
    token = store.prepare(CONVERSATION, draft, BIRTH).token
    assert token is not None
    found = store.submit(token, APPLICANT)
    assert found is not None
    return found


def row(engine: Engine, draft: str = DRAFT) -> Any:
    with engine.connect() as connection:
        query = select(submission).where(submission.c.draft_id == draft)
        return connection.execute(query).one_or_none()


def told(engine: Engine) -> list[News]:
    """Everything there is to tell, taken."""
    with engine.begin() as connection:
        return take_news(connection, NOW + 10**8)
