"""The whole double in this process, as most tests use it."""

from pathlib import Path
from typing import Any, ClassVar

from tests.doubles.gov import onestop, payment_api
from tests.doubles.gov.driver import Driver
from tests.doubles.gov.server import Server
from tests.doubles.gov.settings import Settings
from tests.doubles.gov.world import World


class Government(Driver):
    """``with Government(codes="string") as gov``: serves at ``gov.url`` until the end of the block.

    ``settings``: fields of ``Settings``. ``state``: a file that keeps what was received.
    """

    LOGIN: ClassVar[str] = onestop.LOGIN
    CALL: ClassVar[str] = onestop.CALL

    def __init__(self, *, port: int = 0, state: Path | None = None, **settings: Any) -> None:
        super().__init__(World(Settings().but(settings), state))
        self._server = Server(self.world, port)

    def __enter__(self) -> "Government":
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return self.world.url

    @property
    def payment_url(self) -> str:
        return self.url + payment_api.PATH
