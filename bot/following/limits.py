"""The processing time of a procedure, where there is one and only one. Pure."""

from bot.catalogue.enums import Channel, TimeUnit
from bot.catalogue.records import Procedure
from bot.following.deadline import Limit


def limit_of(procedure: Procedure, way: Channel | None) -> Limit | None:
    """The limit for the way it was handed in; None when the record has none, several, or one without a
    unit: which of them holds for a dossier is not ours to say.
    """
    fitting = [time for time in procedure.times if way is None or time.channel in (None, way)]
    limits = {
        Limit(time.unit, time.value)
        for time in fitting
        if time.value is not None or time.unit is TimeUnit.SAME_DAY
    }
    only = limits.pop() if len(limits) == 1 else None
    return only if only and only.unit is not TimeUnit.UNKNOWN else None
