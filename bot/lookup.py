"""A read that most messages ask for."""

from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.sql import Select

from bot.statement import Row, Statement


class Lookup:
    """``query``: with ``bindparam`` for what is looked up; its columns come as the driver gives them: text,
    numbers or bytes. See ``Statement``.
    """

    def __init__(self, query: Select) -> None:
        self._statement = Statement(lambda _dialect: query)

    def rows(self, engine: Engine, **wanted: Any) -> list[Row]:
        """What is there now, read by itself: outside of any transaction that is open elsewhere. Raises errors
        of the driver.
        """
        return self._statement.run(engine, wanted, returns=True)
