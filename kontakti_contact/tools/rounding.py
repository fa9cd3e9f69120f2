"""Rounding of times, without the ORM (S25, S30)."""

from datetime import datetime, timedelta

STEP = timedelta(minutes=5)


def round_to_five_minutes(moment: datetime) -> datetime:
    """Return the full 5 minutes nearest to ``moment``; halfway goes up.

    >>> round_to_five_minutes(datetime(2026, 11, 23, 12, 2, 29))
    datetime.datetime(2026, 11, 23, 12, 0)
    >>> round_to_five_minutes(datetime(2026, 11, 23, 23, 57, 30))
    datetime.datetime(2026, 11, 24, 0, 0)
    """
    excess = (moment - datetime.min) % STEP
    return moment - excess + (STEP if excess * 2 >= STEP else timedelta())
