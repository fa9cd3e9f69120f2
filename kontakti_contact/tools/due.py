"""When a contact event is due: the one place that divides days into groups (S7, S13).

Pure functions on dates; no ORM.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

LATE = "late"
TODAY = "today"
WEEK = "week"
LATER = "later"
UNDATED = "undated"
LAST_WEEK = "last_week"
PERIODS = (TODAY, WEEK, LAST_WEEK)
LAST_MONTH = "last_month"
FIGURES_PERIODS = {"month": 1, LAST_MONTH: 1, "quarter": 3, "year": 12}  # in months
DUE_KEYS = (LATE, TODAY, WEEK, LATER, UNDATED)
DAYS = {"days": 1, "weeks": 7}
MONTHS = {"months": 1, "years": 12}


def end_of_week(today: date) -> date:
    """Return the Sunday of the ISO week that ``today`` belongs to.

    >>> end_of_week(date(2026, 11, 23)), end_of_week(date(2026, 11, 29))
    (datetime.date(2026, 11, 29), datetime.date(2026, 11, 29))
    """
    return today + timedelta(days=7 - today.isoweekday())


def due_key(next_date: date | None, today: date) -> str:
    """Return the group of :data:`DUE_KEYS` that ``next_date`` falls in on ``today``.

    >>> monday = date(2026, 11, 23)
    >>> due_key(date(2026, 11, 22), monday), due_key(monday, monday)
    ('late', 'today')
    >>> due_key(date(2026, 11, 29), monday), due_key(date(2026, 11, 30), monday)
    ('week', 'later')
    >>> due_key(None, monday)
    'undated'
    """
    if not next_date:
        return UNDATED
    if next_date < today:
        return LATE
    if next_date == today:
        return TODAY
    return WEEK if next_date <= end_of_week(today) else LATER


def due_leaves(field: str, key: str, today: date) -> list[tuple]:
    """Return the domain leaves on ``field`` for what :func:`due_key` calls ``key``.

    >>> due_leaves("next_date", "week", date(2026, 11, 23))
    [('next_date', '>', '2026-11-23'), ('next_date', '<=', '2026-11-29')]
    """
    day, sunday = today.isoformat(), end_of_week(today).isoformat()
    return {
        LATE: [(field, "<", day)],
        TODAY: [(field, "=", day)],
        WEEK: [(field, ">", day), (field, "<=", sunday)],
        LATER: [(field, ">", sunday)],
        UNDATED: [(field, "=", False)],
    }[key]


def postponed_date(next_date: date | None, today: date, days: int) -> date:
    """Return the day ``days`` after the later of ``today`` and ``next_date``.

    A late contact event put off by a day is due tomorrow, not yesterday.

    >>> postponed_date(date(2026, 11, 1), date(2026, 11, 23), 1)
    datetime.date(2026, 11, 24)
    >>> postponed_date(date(2026, 11, 30), date(2026, 11, 23), 7)
    datetime.date(2026, 12, 7)
    """
    return max(next_date or today, today) + timedelta(days=days)


def repeated_date(start: date, after: date, interval: int, unit: str) -> date:
    """Return the first day later than ``after`` of a series that begins at ``start``.

    Months and years are counted from ``start``: a day that a month lacks is its last.

    :param int interval: from 1 up
    :param str unit: ``days``, ``weeks``, ``months`` or ``years``
    :raise ValueError, OverflowError: when the calendar ends before

    >>> january = date(2026, 1, 31)
    >>> repeated_date(january, january, 1, "months")
    datetime.date(2026, 2, 28)
    >>> repeated_date(january, date(2026, 2, 28), 1, "months")
    datetime.date(2026, 3, 31)
    >>> leap_day = date(2024, 2, 29)
    >>> repeated_date(leap_day, leap_day, 1, "years")
    datetime.date(2025, 2, 28)
    >>> repeated_date(leap_day, date(2027, 12, 1), 1, "years")
    datetime.date(2028, 2, 29)
    >>> repeated_date(date(2026, 11, 2), date(2026, 11, 23), 2, "weeks")
    datetime.date(2026, 11, 30)
    """
    if unit in DAYS:
        step = DAYS[unit] * interval
        times = max((after - start).days // step, 0) + 1
        return start + timedelta(days=step * times)
    step = MONTHS[unit] * interval
    months = (after.year - start.year) * 12 + after.month - start.month
    times = max(months // step, 1)
    while (found := start + relativedelta(months=step * times)) <= after:
        times += 1
    return found


def period_days(key: str, today: date) -> tuple[date, date]:
    """Return the first day of a period, and the first after it.

    >>> sunday = date(2026, 11, 29)
    >>> [str(day) for day in period_days("today", sunday)]
    ['2026-11-29', '2026-11-30']
    >>> [str(day) for day in period_days("week", sunday)]
    ['2026-11-23', '2026-11-30']
    >>> [str(day) for day in period_days("last_week", sunday)]
    ['2026-11-16', '2026-11-23']
    """
    one, week = timedelta(days=1), timedelta(days=7)
    monday = end_of_week(today) + one - week
    return {
        TODAY: (today, today + one),
        WEEK: (monday, monday + week),
        LAST_WEEK: (monday - week, monday),
    }[key]


def figures_period(key: str, today: date) -> tuple[date, date, date]:
    """Return the first day of a period of the analysis, the first after it, and the
    first day of the period before.

    >>> day = date(2026, 11, 26)
    >>> [str(one) for one in figures_period("month", day)]
    ['2026-11-01', '2026-12-01', '2026-10-01']
    >>> [str(one) for one in figures_period("last_month", date(2026, 1, 5))]
    ['2025-12-01', '2026-01-01', '2025-11-01']
    >>> [str(one) for one in figures_period("quarter", day)]
    ['2026-10-01', '2027-01-01', '2026-07-01']
    >>> [str(one) for one in figures_period("year", day)]
    ['2026-01-01', '2027-01-01', '2025-01-01']
    """
    months = FIGURES_PERIODS[key]
    first = today.replace(day=1, month=(today.month - 1) // months * months + 1)
    if key == LAST_MONTH:
        first -= relativedelta(months=1)
    step = relativedelta(months=months)
    return first, first + step, first - step
