"""Deadlines by rule: working days with make-up days, calendar days, hours, and years not listed yet."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.deadlines import Calendar, deadline, fill_due
from data.tables import TABLES

# The autumn of 2024: Mid-Autumn 15-17 Sept, National Day 1-7 Oct, make-up days 14 and 29 Sept, 12 Oct.
AUTUMN = {
    **{date(2024, 9, day): False for day in (15, 16, 17)},
    **{date(2024, 10, day): False for day in range(1, 8)},
    **dict.fromkeys((date(2024, 9, 14), date(2024, 9, 29), date(2024, 10, 12)), True),
}
FRIDAY = datetime(2024, 9, 27, 10, 15)


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        (1, date(2024, 9, 29)),
        (3, date(2024, 10, 8)),
        (5, date(2024, 10, 10)),
        (13, date(2024, 10, 21)),
        (15, date(2024, 10, 23)),
    ],
)
def test_working_days_from_the_next_day_count_make_up_days(limit: int, due: date) -> None:
    calendar = Calendar(AUTUMN)
    assert deadline(FRIDAY, limit, "工作日", "次日", calendar) == datetime(due.year, due.month, due.day)
    assert calendar.unlisted == set()


@pytest.mark.parametrize(
    ("received", "limit", "unit", "start", "due"),
    [
        # the day of receipt is day 1, if it is worked
        (datetime(2024, 9, 27, 10), 1, "工作日", "当日", datetime(2024, 9, 27)),
        (datetime(2024, 9, 29, 10), 2, "工作日", "当日", datetime(2024, 9, 30)),
        (datetime(2024, 9, 28, 10), 1, "工作日", "当日", datetime(2024, 9, 29)),
        (datetime(2024, 10, 3, 10), 3, "工作日", "当日", datetime(2024, 10, 10)),
        # calendar days pay no heed to holidays
        (datetime(2024, 10, 1, 10), 7, "自然日", "当日", datetime(2024, 10, 7)),
        (datetime(2024, 10, 1, 10), 7, "自然日", "次日", datetime(2024, 10, 8)),
        # hours from the minute of receipt; without a time of day, whole days after the date
        (datetime(2024, 10, 1, 16, 54), 24, "小时", "当日", datetime(2024, 10, 2, 16, 54)),
        (datetime(2024, 10, 1), 24, "小时", "当日", datetime(2024, 10, 2)),
        (datetime(2024, 10, 1), 2, "小时", "当日", datetime(2024, 10, 2)),
        (datetime(2024, 10, 1), 25, "小时", "次日", datetime(2024, 10, 3)),
    ],
)
def test_units_and_starts(received: datetime, limit: int, unit: str, start: str, due: datetime) -> None:
    assert deadline(received, limit, unit, start, Calendar(AUTUMN)) == due


def test_a_year_without_holidays_falls_back_to_monday_to_friday_and_is_named() -> None:
    calendar = Calendar({date(2026, 10, 1): False})
    assert deadline(datetime(2026, 12, 30), 4, "工作日", "次日", calendar) == datetime(2027, 1, 5)
    assert calendar.unlisted == {2027}


def test_a_year_that_is_only_touched_by_calendar_days_is_not_named() -> None:
    calendar = Calendar({date(2026, 10, 1): False})
    deadline(datetime(2026, 12, 30), 10, "自然日", "次日", calendar)
    deadline(datetime(2025, 12, 31), 3, "工作日", "次日", calendar)
    assert calendar.unlisted == set()


def counted(start: date, limit: int, holidays: dict[date, bool]) -> date:
    """Day by day, as a person with a wall calendar would."""
    day, left = start, limit
    while True:
        left -= holidays.get(day, day.weekday() < 5)
        if not left:
            return day
        day += timedelta(days=1)


@given(
    st.dates(date(2023, 12, 1), date(2025, 2, 1)),
    st.integers(1, 60),
    st.sampled_from(["当日", "次日"]),
    st.dictionaries(st.dates(date(2023, 12, 1), date(2025, 6, 1)), st.booleans(), max_size=60),
)
def test_working_days_agree_with_counting_day_by_day(
    day: date, limit: int, start: str, holidays: dict[date, bool]
) -> None:
    received = datetime(day.year, day.month, day.day, 9)
    found = deadline(received, limit, "工作日", start, Calendar(holidays)).date()
    assert found == counted(day + timedelta(days=start == "次日"), limit, holidays)


def test_only_empty_deadlines_of_classes_with_a_limit_are_filled_in_the_order_of_the_rows() -> None:
    classes = pl.DataFrame(
        [("G1", "一", 3, "工作日", "次日"), ("G2", "二", None, None, None)],
        schema=TABLES["classes"].schema,
        orient="row",
    )
    given_ = datetime(2024, 11, 1)
    cases = pl.DataFrame(
        {
            "case_id": ["a", "b", "c", "d", "e"],
            "class_id": ["G1", "G2", "G1", "G9", None],
            "received_at": [FRIDAY, FRIDAY, FRIDAY, FRIDAY, None],
            "due_at": [None, None, given_, None, None],
        },
        schema_overrides={"received_at": pl.Datetime("us"), "due_at": pl.Datetime("us")},
    )
    filled = fill_due(cases, classes, Calendar(AUTUMN))
    assert filled["case_id"].to_list() == ["a", "b", "c", "d", "e"]
    assert filled["due_at"].to_list() == [datetime(2024, 10, 8), None, given_, None, None]
