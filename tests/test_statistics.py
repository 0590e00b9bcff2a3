"""What the queries compute with, against scipy and numpy: survival, quantiles, intervals."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, binomtest, ecdf

from queries import QUERIES
from queries.runner import answer
from tests.worlds import Warehouse, blank, schemas, small

MONTH = date(2026, 2, 1)
ASK = {"month": MONTH, "basis_month": MONTH, "from_month": MONTH, "townships": None, "committees": None}
Lives = list[tuple[int, bool]]

lives = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)


@cache
def empty() -> Warehouse:
    """A database in which every table is there and none has rows."""
    return Warehouse({name: blank(schema) for name, schema in schemas().items()})


def house(name: str, rows: list[dict[str, object]]) -> Warehouse:
    """A database in which that table has rows, all of February."""
    schema = {"month": pl.Date(), **schemas()[name]}
    full = [{column: row.get(column) for column in schema} | {"month": MONTH} for row in rows]
    empty().put(name, pl.DataFrame(full, schema=schema, orient="row"))
    return empty()


def days(found: Lives, basis: str) -> list[dict[str, object]]:
    return [
        {"class_id": "G1", "basis": basis, "days": day, "closed": int(done), "open": int(not done)}
        for day, done in found
    ]


def ask(query: str, database: Warehouse, **more: object) -> pl.DataFrame:
    return answer(database, QUERIES[query], {**ASK, **more})  # type: ignore[arg-type, dict-item]


def expected_curve(found: Lives) -> tuple[np.ndarray, np.ndarray]:
    """Days and the share still open after them, by scipy."""
    closed, waiting = [d for d, done in found if done], [d for d, done in found if not done]
    curve = ecdf(CensoredData(uncensored=closed, right=waiting)).sf
    return curve.quantiles, curve.probabilities


@small(40)
@given(lives)
def test_survival_is_that_of_scipy_on_censored_data(found: Lives) -> None:
    frame = ask("closure_curve", house("grievance_days", days(found, "cohort")))
    at, survival = expected_curve(found)
    mine = dict(frame.select("day", "survival").iter_rows())
    assert [mine[int(day)] for day in at] == pytest.approx(list(survival), abs=1e-12)
    assert frame["day"].to_list() == list(range(max(day for day, _ in found) + 1))


@small(40)
@given(lives)
def test_a_quantile_is_the_first_day_on_which_survival_is_low_enough(found: Lives) -> None:
    frame = ask("closure_by_month", house("grievance_days", days(found, "cohort")))
    at, survival = expected_curve(found)
    for column, share in (("km_median_days", 0.5), ("km_p90_days", 0.1)):
        low = [int(day) for day, left in zip(at, survival, strict=True) if left <= share + 1e-9]
        assert frame[column].item() == (min(low) if low else None)


def test_the_textbook_example() -> None:
    found = [(2, True), (3, True), (5, False), (7, True), (9, False)]
    frame = ask("closure_curve", house("grievance_days", days(found, "cohort")))
    survival = dict(frame.select("day", "survival").iter_rows())
    assert [survival[day] for day in (2, 3, 7)] == pytest.approx([0.8, 0.6, 0.3])
    times = ask("closure_by_month", house("grievance_days", days(found, "cohort")))
    assert times.select("km_median_days", "km_p90_days").row(0) == (7, None)


@small(40)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=30))
def test_median_and_p90_are_those_of_numpy(found: list[int]) -> None:
    rows = days([(day, True) for day in found], "closed")
    frame = ask("closure_by_month", house("grievance_days", rows))
    wanted = (np.quantile(found, 0.5), np.quantile(found, 0.9))
    assert frame.select("closed_median_days", "closed_p90_days").row(0) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (1, 1), (0, 40), (40, 40), (3, 7), (113, 290)])
def test_the_interval_is_that_of_wilson(part: int, whole: int) -> None:
    row = {"denominator": "operating", "enterprises": whole, "organised": part, "sole": 0, "worked": part}
    frame = ask("coverage_by_month", house("coverage", [row]), denominator="operating")
    wanted = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    found = frame.select("organised_low", "organised_high").row(0)
    assert found == pytest.approx((wanted.low, wanted.high), abs=1e-12)
    assert 0 <= found[0] <= part / whole <= found[1] <= 1
