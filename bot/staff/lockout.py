"""How long an account stays shut after failed log-ins. Pure."""

FAILURES_ALLOWED = 5
FIRST_SECONDS = 15 * 60.0
LONGEST_SECONDS = 4 * 3600.0


def locked_seconds(failures: int) -> float:
    """After so many failures in a row: none below five, then 15 minutes, doubled each time, at most 4 hours.

    It has an end, so that nobody can keep a member of staff out for good by guessing.
    """
    if failures < FAILURES_ALLOWED:
        return 0.0
    doubled = min(failures - FAILURES_ALLOWED, 16)
    return min(FIRST_SECONDS * 2.0**doubled, LONGEST_SECONDS)
