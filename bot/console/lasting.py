"""How long something takes, in words."""

from collections.abc import Callable

MINUTE, HOUR, DAY = 60, 3600, 86_400


def lasting(say: Callable[..., str], seconds: float) -> str:
    """The two largest units: "2 giờ 5 phút"; what is shorter than a minute is said to be so."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return say("lasting_moment")
    if whole < HOUR:
        return say("lasting_minutes", minutes=whole // MINUTE)
    if whole < DAY:
        return say("lasting_hours", hours=whole // HOUR, minutes=whole % HOUR // MINUTE)
    return say("lasting_days", days=whole // DAY, hours=whole % DAY // HOUR)
