"""Months as whole numbers, so that "five months before" is a subtraction."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from random import Random


def index_of(day: date) -> int:
    """The number of the month that holds `day`, counted from year 0."""
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """The first day of the month."""
    return date(index // 12, index % 12 + 1, 1)


def last_day(index: int) -> date:
    """The last day of the month, which is the cut-off day of every sample."""
    first = first_day(index)
    return first.replace(day=monthrange(first.year, first.month)[1])


def some_day(index: int, random: Random) -> date:
    """Any day of the month."""
    return first_day(index) + timedelta(days=random.randrange(last_day(index).day))


def office_time(day: date, random: Random) -> datetime:
    """A minute of a working day between 8:30 and 17:30."""
    return datetime.combine(day, time(8, 30)) + timedelta(minutes=random.randrange(541))
