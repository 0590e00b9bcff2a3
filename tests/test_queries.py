"""Every query against its oracle on generated worlds, and the properties that hold whatever the data."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import Store, cubes
from data.profile import DEFAULTS, Profile
from data.publish import publish
from queries import DENOMINATORS, INDICATORS, QUERIES, run
from queries.particulars import GRAINS, particulars
from queries.questions import Query, parsed
from queries.runner import AGAINST, BY, answer
from tests import oracle, oracle_health, oracle_indicators, oracle_reach, oracle_work
from tests.oracle import Ask, Known, World
from tests.worlds import (
    COMMITTEES,
    FIGURES,
    MONTHS,
    PROFILE,
    Warehouse,
    frames,
    last_day,
    small,
    valid,
    warehouse,
    worlds,
)

# What is told from other answers has tests of its own: tests/test_findings.py.
ASKED = {query: question for query, question in QUERIES.items() if not question.is_composed}
ANSWERS = (
    oracle.ANSWERS
    | oracle_indicators.ANSWERS
    | oracle_reach.ANSWERS
    | oracle_work.ANSWERS
    | oracle_health.ANSWERS
)
SETTINGS = (
    DEFAULTS,
    DEFAULTS
    | {"fiscal_start": 3, "near_margin": 0.3, "rules": {"joint_branch_units": 3}, "reach_metres": 500},
    DEFAULTS
    | {
        "lights": {"scheme": "four_colours"},
        "sources": {"report": "007", "title": "某报告"},
        "published": {"hazards": ["200余", "条", "问题200余条"], "workers": ["12", "人", "12人"]},
    },
)
# Those of several parts or kinds, and one of each source.
ABOUT = (
    *("org_cov_total", "should_sole_done", "ledger5", "blank_spots", "members", "member_share", "workers"),
    *("hazards", "publicity", "orgs_new", "per_station", "kit_rate", "idle_stations", "on_time", "backlog"),
    *("overdue_open", "close_time", "close_time_p90", "km_median", "km_p90", "resolved_rate", "cleared_rate"),
    *("tasks_overdue", "firms_per_instructor", "ten_min_cov"),
)


def some(codes: list[str]) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(st.sampled_from(codes), unique=True).map(sorted)


@st.composite
def asks(draw: st.DrawFn, world: World) -> Ask:
    """A question to that world, also about months it does not have."""
    month = draw(st.sampled_from([*world, *MONTHS]))
    basis = max((m for m in world if m <= month), default=min(world))
    return Ask(
        month=month,
        basis=basis,
        from_month=draw(st.sampled_from([m for m in MONTHS if m <= month])),
        townships=draw(some(valid(last_day(basis)))),
        committees=draw(some(list(COMMITTEES))),
        denominator=draw(st.sampled_from(DENOMINATORS)),
        indicator=draw(st.sampled_from(FIGURES)),
        about=draw(st.sampled_from(ABOUT)),
        against=draw(st.sampled_from(AGAINST)),
        by=draw(st.sampled_from(BY)),
        settings=draw(st.sampled_from(SETTINGS)),
    )


@cache
def examples(*, dense: bool = False) -> list[tuple[World, Warehouse]]:
    """Worlds built once for all tests; dense ones are rich enough to tell a right query from a broken one."""
    made: list[World] = []

    @small(4 if dense else 7)
    @given(worlds(dense=dense))
    def collect(world: World) -> None:
        made.append(world)

    collect()
    # the first ones that Hypothesis makes are nearly empty
    return [(world, warehouse(world)) for world in (made[2:] if dense else made)]


@pytest.fixture(scope="module", autouse=True)
def _examples_are_built() -> None:
    """Before any test that generates: Hypothesis does not nest."""
    examples()
    examples(dense=True)


def plain(world: World, month: date | None = None) -> Ask:
    """The question without a filter, about the last month and all before it."""
    at = month or max(world)
    return Ask(month=at, basis=at, from_month=MONTHS[0], settings=DEFAULTS)


def alone(world: World, denominator: str = "operating") -> Ask:
    """The question without a filter, about the last month only."""
    at = max(world)
    return Ask(month=at, basis=at, from_month=at, denominator=denominator, settings=DEFAULTS)


def heard(query: str, ask: Ask) -> Ask:
    """The question as a query hears it: a filter that it does not take is no filter."""
    takes = QUERIES[query].parameters
    filters: dict[str, Any] = {name: None for name in ("townships", "committees") if name not in takes}
    about = INDICATORS[ask.about]
    if "parts" in QUERIES[query].inner:
        grain = GRAINS.get(query, ask.by)
        if grain not in about.grain or (query == "contributions" and not about.parts):
            filters["about"] = "member_share"
        elif "committee" not in about.grain:
            filters["committees"] = None
    return Ask(**{**vars(ask), **filters})


def found(house: Warehouse, question: Query, ask: Ask) -> pl.DataFrame:
    values = {"basis_month" if name == "basis" else name: value for name, value in vars(ask).items()}
    if "parts" in question.inner:
        values["indicator"] = ask.about
    asked = {name: value for name, value in values.items() if name in question.parameters}
    values |= particulars(question, asked, ask.settings)
    return answer(house, question, values)  # type: ignore[arg-type]


def difference(query: str, frame: pl.DataFrame, wanted: list[dict[str, Any]]) -> str:
    """What is not as wanted, in words; nothing if all is."""
    columns = QUERIES[query].schema.names()
    rows = [tuple(row[name] for name in columns) for row in wanted]
    if frame.height != len(rows):
        return f"{query}\nfound  {frame.rows()}\nwanted {rows}"
    for mine, theirs in zip(frame.rows(), rows, strict=True):
        for name, left, right in zip(columns, mine, theirs, strict=True):
            same = left == pytest.approx(right, abs=1e-9) if isinstance(right, float) else left == right
            if not same:
                return f"{query} {name}: {left} is not {right}\nfound  {frame.rows()}\nwanted {rows}"
    return ""


def checked(house: Warehouse, world: World, ask: Ask, query: str, question: Query | None = None) -> str:
    asked = heard(query, ask)
    return difference(query, found(house, question or QUERIES[query], asked), wanted(world, query, asked))


def wanted(world: World, query: str, ask: Ask) -> list[dict[str, Any]]:
    return ANSWERS[query](Known(world, ask))


def test_the_oracle_answers_every_query() -> None:
    assert set(ANSWERS) == set(ASKED)


@small(10)
@given(st.data())
def test_every_query_agrees_with_its_oracle(data: st.DataObject) -> None:
    world, house = data.draw(st.sampled_from(examples() + examples(dense=True)))
    ask = data.draw(asks(world))
    assert [wrong for query in ASKED if (wrong := checked(house, world, ask, query))] == []


@small(1)
@given(worlds())
def test_a_published_store_agrees_with_the_oracle(
    tmp_path_factory: pytest.TempPathFactory, world: World
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    profile = Profile(frames(PROFILE), dict(DEFAULTS), 'county = "试验县"\n', "trial")
    for month, tables in world.items():
        ledgers = frames({name: rows for name, rows in tables.items() if name not in PROFILE})
        when = datetime(month.year, month.month, 28, 9)
        publish(store, month, ledgers, profile, reason="试验", who="测试", published_at=when)
    for query, question in ASKED.items():
        ask = heard(query, plain(world))
        extra: dict[str, Any] = {}
        if "indicator" in question.required:
            extra["indicator"] = ask.about if question.inner else ask.indicator
        if "against" in question.required:
            extra["against"] = ask.against
        if "from_month" in question.parameters:
            extra["from_month"] = ask.from_month
        frame = run(query, month=ask.month, store=store.root, **extra)
        assert difference(query, frame, wanted(world, query, ask)) == ""


# ---- properties

SUMS = {
    "coverage": ("enterprises", "sole", "organised", "organised_broad", "worked", "uncovered"),
    "members": ("workers", "members_full", "members_probationary", "floating_in", "applicants"),
    "services": ("stations_open", "person_times"),
    "closure": ("received", "closed", "open", "due", "on_time", "overdue_open"),
}
PARTS = {
    "coverage": ("township", "committee", "township_committee", "month_township"),
    "members": ("township", "township_committee"),
    "services": ("township", "month_township"),
    "closure": ("township", "committee", "class"),
}
SPLITS = [(family, grain) for family, grains in PARTS.items() for grain in grains]


@pytest.mark.parametrize("denominator", DENOMINATORS)
def test_parts_sum_to_the_whole(denominator: str) -> None:
    for world, house in examples()[-3:] + examples(dense=True):
        ask = alone(world, denominator)
        for family, grain in SPLITS if denominator == "operating" else SPLITS[:4]:
            whole = found(house, QUERIES[f"{family}_by_month"], ask).select(SUMS[family]).fill_null(0)
            parts = found(house, QUERIES[f"{family}_by_{grain}"], ask).select(SUMS[family]).sum()
            assert parts.rows() == whole.rows(), f"{family} by {grain}"


def test_committees_sum_to_the_county_unless_two_ledgers_overlap() -> None:
    for world, house in examples():
        rows = world[max(world)].get("figures", [])
        by_indicator = {name: [r for r in rows if r["indicator_id"] == name] for name in FIGURES}
        overlap = {
            name
            for name, found_rows in by_indicator.items()
            if any(
                row not in oracle.finest(found_rows, "township")
                for row in oracle.finest(found_rows, "committee")
            )
        }
        for indicator in set(SUMS["members"]) - overlap:
            whole = found(house, QUERIES["members_by_month"], alone(world))[indicator].sum()
            parts = found(house, QUERIES["members_by_committee"], plain(world))[indicator].sum()
            assert parts == whole, indicator


def test_the_order_of_rows_does_not_matter() -> None:
    mixed = random.Random(7)
    for world, house in examples()[-1:]:
        shuffled = {
            month: {name: mixed.sample(rows, len(rows)) for name, rows in tables.items()}
            for month, tables in world.items()
        }
        assert_same_answers(house, warehouse(shuffled), plain(world))


def test_a_later_month_leaves_earlier_answers_alone() -> None:
    for world, house in examples()[-1:]:
        earlier = dict(list(world.items())[:-1])
        assert_same_answers(warehouse(earlier), house, plain(earlier))


def assert_same_answers(one: Warehouse, other: Warehouse, ask: Ask) -> None:
    for query, question in ASKED.items():
        asked = heard(query, ask)
        assert found(one, question, asked).equals(found(other, question, asked)), query


# ---- the oracle notices a broken query

BROKEN_QUERIES = [
    ("coverage_by_township", "greatest(0, (organised +", "greatest(0, (organised -"),
    ("coverage_by_month", "coverage.month between", "coverage.month not between"),
    ("coverage_by_committee", "enterprises - worked", "enterprises - organised"),
    ("members_by_month", "counted.members_full + coalesce", "counted.members_full - coalesce"),
    ("members_by_township", "figures_finest.in_township else", "figures_finest.in_committee else"),
    ("services_by_month", "where stations.is_open", "where not stations.is_open"),
    ("closure_by_month", "order by days desc", "order by days"),
    (
        "closure_by_month",
        "min(days) filter (where up_to > floor((total - 1) * 0.9",
        "min(days) filter (where up_to >= floor((total - 1) * 0.9",
    ),
    ("closure_by_class", "basis = 'cohort'", "basis = 'closed'"),
    ("closure_by_township", "is not distinct from reached", "= reached"),
    ("closure_curve", "1 - closed", "1 - censored"),
    ("backlog_by_age", "ages.days_from <= waiting.days", "ages.days_from < waiting.days"),
    ("reports_by_month", "where reports.is_reported", "where not reports.is_reported"),
    ("reports_by_month_township", "reports.month between", "reports.month not between"),
    ("figure_differences", "part.is_cell", "true"),
    ("tasks_by_due", "tasks.due_on <= last_day", "tasks.due_on < last_day"),
    ("reach_by_township", "where stations.is_open", "where not stations.is_open"),
    ("reach_by_place", "* cos(radians((firm_cells", "* abs(radians((firm_cells"),
    ("reach_next_places", "order by enterprises_added desc", "order by enterprises_added"),
    ("station_map", "and listed.before = 0", ""),
    ("tasks_by_month", "order by tasks.month", "order by tasks.month desc"),
    ("worklist_should_build", "members_full >= 3", "members_full > 3"),
    ("worklist_blank_spots", "and not coalesce(enterprises.has_liaison, false)", ""),
    ("worklist_idle_stations", "and used.person_times = 0", ""),
    ("worklist_overdue_grievances", "due_at::date <= last_day", "due_at::date < last_day"),
]
# Query, indicator, what is right, what is wrong.
BROKEN_INDICATORS = [
    ("indicator_by_township", "members", "bool_or(made_of.series = facts.first_part)", "true"),
    ("indicator_by_township", "overdue_open", "(done - target) * sign as gap", "done - target as gap"),
    ("indicator_by_month", "publicity", "when is_cumulative and", "when false and"),
    ("indicators_by_township", "members", "unnest([township_code, ''])", "unnest([township_code])"),
    ("indicator_by_township", "orgs_new", "sum(value) over within_year", "value"),
    ("indicator_by_month", "publicity", "then paces.progress else 1", "then 1 else 1"),
    ("indicator_by_township", "ten_min_cov", "else reach_places.is_within", "else reach_places.is_located"),
    ("indicator_by_month", "idle_stations", "and past.person_times = 0", ""),
    ("indicator_by_committee", "km_median", "order by days desc", "order by days"),
    ("indicator_by_committee", "workers", "is null then in_committee", "is null then in_township"),
    ("contributions", "org_cov_total", "share_before - middle", "share_before + middle"),
    ("contributions", "member_share", "order by lost desc", "order by lost"),
]
READS = {
    "indicator_by_month": {"indicator_counts", "figures_finest", "reports", "township_map"},
    "coverage_by_month": {"coverage", "reports", "township_map"},
    "coverage_by_month_township": {"coverage", "reports", "township_map"},
    "closure_by_month": {"grievance_counts", "grievance_days", "township_map"},
}
BROKEN_CUBES = [
    (
        "indicator_counts",
        "indicator_by_month",
        "('sole', 'joint') as is_organised",
        "('sole') as is_organised",
    ),
    ("coverage", "coverage_by_month", "and org_approved_on is not null", ""),
    ("grievance_counts", "closure_by_month", "else closed_at <= due_at", "else closed_at < due_at"),
    ("grievance_days", "closure_by_month", "interval '11' month", "interval '12' month"),
    ("township_map", "coverage_by_month_township", "valid_to >= $month_end", "valid_to > $month"),
]


@pytest.mark.parametrize(("query", "right", "wrong"), BROKEN_QUERIES)
def test_the_oracle_notices_a_broken_query(query: str, right: str, wrong: str) -> None:
    text = QUERIES[query].sql
    assert right in text
    broken = parsed(query, text.replace(right, wrong))
    rich = examples(dense=True)
    assert any(checked(house, world, plain(world, m), query, broken) for world, house in rich for m in world)


@pytest.mark.parametrize(("query", "about", "right", "wrong"), BROKEN_INDICATORS)
def test_the_oracle_notices_a_broken_indicator(query: str, about: str, right: str, wrong: str) -> None:
    text = QUERIES[query].sql
    assert right in text
    broken = parsed(query, text.replace(right, wrong))
    rich = [
        (world, house, replace(plain(world, m), about=about, settings=settings))
        for world, house in examples(dense=True)
        for m in world
        for settings in SETTINGS[:2]
    ]
    assert any(checked(house, world, ask, query, broken) for world, house, ask in rich)


@pytest.mark.parametrize(("cube", "query", "right", "wrong"), BROKEN_CUBES)
def test_the_oracle_notices_a_broken_cube(
    tmp_path: Path, cube: str, query: str, right: str, wrong: str
) -> None:
    for path in cubes.FOLDER.glob("*.sql"):
        if path.stem in READS[query]:
            shutil.copy(path, tmp_path)
    file = tmp_path / f"{cube}.sql"
    assert right in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(right, wrong), "utf-8")
    rich = examples(dense=True)
    broken = [(world, warehouse(world, tmp_path)) for world, _ in rich]
    assert any(checked(house, world, plain(world, m), query) for world, house in broken for m in world)
