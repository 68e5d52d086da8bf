"""Numbers of drafts: twelve random hexadecimal digits, which now and then look like an identity number."""

import re
from functools import cached_property

from sqlalchemy import inspect, select
from sqlalchemy.engine import Connection

from bot.dossiers.tables import case_file, milestone
from bot.gateways.tables import registration, submission
from bot.notices.tables import reminder

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{12}(?![0-9A-Za-z])")


class OwnNumbers:
    """Those of one database, read when first needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taken_out(self, text: str) -> str:
        """The text without numbers of drafts."""
        return _NUMBER.sub(lambda found: "" if found[0] in self._known else found[0], text)

    @cached_property
    def _known(self) -> frozenset[str]:
        there = set(inspect(self._connection).get_table_names())
        found: set[str] = set()
        numbers = (milestone.c.draft_id, registration.c.draft_id, submission.c.draft_id, reminder.c.subject)
        for column in numbers:
            if column.table.name in there:
                found.update(self._connection.execute(select(column)).scalars())
        if case_file.name in there:
            for body in self._connection.execute(select(case_file.c.body)).scalars():
                found.update(str(draft.get("id")) for draft in body.get("drafts", ()))
        return frozenset(found)
