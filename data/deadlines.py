"""Deadlines of grievances: working days, calendar days and hours by the profile's classes and holidays."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil

import polars as pl

_DAY = timedelta(days=1)
_MIDNIGHT = time()


@dataclass
class Calendar:
    """Which days are worked. A day that is not listed follows Monday to Friday.

    `unlisted` collects the years that were counted through without a single listed day.
    """

    holidays: Mapping[date, bool]
    unlisted: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._years = {day.year for day in self.holidays}
        self._worked: dict[int, list[date]] = {}

    def nth_workday(self, start: date, count: int) -> date:
        """The `count`-th working day on or after `start` (count from 1), make-up days (调休) included."""
        year = start.year
        place = bisect_left(self._year(year), start) + count - 1
        while place >= len(self._year(year)):
            place -= len(self._year(year))
            year += 1
        return self._year(year)[place]

    def _year(self, year: int) -> list[date]:
        if year not in self._years:
            self.unlisted.add(year)
        if year not in self._worked:
            first = date(year, 1, 1)
            days = (first + _DAY * offset for offset in range((date(year + 1, 1, 1) - first).days))
            self._worked[year] = [day for day in days if self.holidays.get(day, day.weekday() < 5)]
        return self._worked[year]


def deadline(received: datetime, limit: int, unit: str, start: str, calendar: Calendar) -> datetime:
    """When a case is due. Midnight stands for the whole day; only hours from a known time carry one.

    次日: day 1 is the day after receipt. 当日: the day of receipt is day 1, for 工作日 if it is worked.
    A receipt without a time of day makes hours into whole days, rounded up.
    """
    day = received.date()
    if unit == "小时":
        if received.time() != _MIDNIGHT:
            return received + timedelta(hours=limit)
        return _whole(day + _DAY * ceil(limit / 24))
    if unit == "自然日":
        return _whole(day + _DAY * (limit - (start == "当日")))
    return _whole(calendar.nth_workday(day if start == "当日" else day + _DAY, limit))


def fill_due(grievances: pl.DataFrame, classes: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """The cases with an empty `due_at` computed; a class without a limit leaves it empty."""
    limits = {row["class_id"]: row for row in classes.iter_rows(named=True) if row["limit"] is not None}
    open_ended = grievances.filter(
        pl.col("due_at").is_null(), pl.col("received_at").is_not_null(), pl.col("class_id").is_in(limits)
    )
    pairs = open_ended.select("class_id", "received_at").unique()
    due = [
        deadline(received, limits[name]["limit"], limits[name]["unit"], limits[name]["start"], calendar)
        for name, received in pairs.iter_rows()
    ]
    computed = pairs.with_columns(_due=pl.Series(due, dtype=pl.Datetime("us")))
    return (
        grievances.join(computed, on=["class_id", "received_at"], how="left", maintain_order="left")
        .with_columns(due_at=pl.coalesce("due_at", "_due"))
        .drop("_due")
    )


def _whole(day: date) -> datetime:
    return datetime.combine(day, _MIDNIGHT)
