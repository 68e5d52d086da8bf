"""Sessions of the one-stop protocol."""

from tests.doubles.gov.codes import Code, RefusedError
from tests.doubles.gov.records import Kind, Records
from tests.doubles.gov.settings import Settings


class Sessions:
    """A new login leaves older sessions valid (not known otherwise)."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._calls: dict[str, int] = {}

    def open(self, settings: Settings, username: str, password: str) -> str:
        if (username, password) != (settings.username, settings.password):
            self._records.add(Kind.LOGIN_REFUSED, username)
            raise RefusedError(Code.INVALID, "Tài khoản hoặc mật khẩu không đúng")
        self._records.add(Kind.LOGIN, username)
        session = f"phien-{self._records.count(Kind.LOGIN)}"
        self._calls[session] = 0
        return session

    def use(self, settings: Settings, session: str) -> None:
        """Count a call; refuse one whose session is unknown, ended or used up."""
        calls = self._calls.get(session)
        if calls is None or (settings.session_calls is not None and calls >= settings.session_calls):
            self._calls.pop(session, None)
            raise RefusedError(Code.SESSION, "Session không hợp lệ hoặc đã hết hạn")
        self._calls[session] = calls + 1

    def end_all(self) -> None:
        self._calls.clear()
