"""indicator_by_* answer for the whole registry, and say what the other queries say."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from data import Store, cubes
from data.sample import build
from queries import INDICATORS, QUERIES, Indicator, QueryError, completion, profile, run
from queries.indicators import load
from queries.particulars import GRAINS
from tests.stores import OCTOBER, sampled

ANSWERED = {name: about for name, about in INDICATORS.items() if about.is_answered}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three months of the demonstration county."""
    return Store(sampled(tmp_path_factory))


def ask(store: Store, query: str, indicator: str, **more: Any) -> pl.DataFrame:
    return run(query, month=OCTOBER, indicator=indicator, store=store.root, **more)


def kind_of(about: Indicator) -> tuple[object, ...]:
    """What makes the SQL go another way: those that share it differ in the names of their series only."""
    facts = (about.query, about.source, about.kind, about.direction, about.is_rate, about.yearly)
    return (*facts, about.basis, about.share, len(about.parts), len(about.whole), about.grain)


# One of each kind.
KINDS = {kind_of(about): name for name, about in ANSWERED.items()}.values()
REPORTED = [name for name, about in ANSWERED.items() if about.query == "figures_by_month"]


@pytest.mark.parametrize("query", GRAINS)
def test_every_indicator_is_answered_where_its_grain_allows(store: Store, query: str) -> None:
    # by month each that no other test below asks about, elsewhere one of each kind
    asked = ANSWERED.keys() - SAME.keys() - set(REPORTED) if query == "indicator_by_month" else KINDS
    for name, about in INDICATORS.items():
        if not about.is_answered or GRAINS[query] not in about.grain:
            with pytest.raises(QueryError) as refused:
                ask(store, query, name)
            assert refused.value.code == ("indicator_grain" if about.is_answered else "indicator_unanswered")
        elif name in asked:
            assert ask(store, query, name).columns == QUERIES[query].schema.names()


def test_a_committee_is_no_filter_of_what_has_none(store: Store) -> None:
    with pytest.raises(QueryError) as refused:
        ask(store, "indicator_by_township", "stations", committees=["C01"])
    assert refused.value.code == "indicator_grain"


# Indicator -> the query family that answers it by its own.
FAMILIES = ("coverage", "members", "services", "closure")
SAME = {
    name: family
    for name, about in INDICATORS.items()
    for family in FAMILIES
    if about.query == f"{family}_by_month"
}


@pytest.mark.parametrize(
    ("indicator", "grain"),
    [
        (name, grain)
        for name in SAME
        for grain in ("month", "township", "committee")
        if grain in INDICATORS[name].grain
    ],
)
def test_a_value_is_that_of_the_query_that_was_there_before(store: Store, indicator: str, grain: str) -> None:
    about = INDICATORS[indicator]
    key = {"month": "month", "township": "township_code", "committee": "committee_id"}[grain]
    extra: dict[str, Any] = dict(about.parameters)
    old = run(f"{SAME[indicator]}_by_{grain}", month=OCTOBER, store=store.root, **extra).select(
        key, about.column
    )
    new = ask(store, f"indicator_by_{grain}", indicator).select(key, "value")
    assert numbers(new) == pytest.approx(numbers(old))


def numbers(frame: pl.DataFrame) -> dict[Any, float]:
    """Key -> value where there is one; the row of no township is there where it counts anything."""
    return {key: value for key, value in frame.iter_rows() if value is not None and (key or value)}


def test_idle_stations_and_the_kit_are_those_of_their_queries(store: Store) -> None:
    old = run("idle_stations_by_township", month=OCTOBER, store=store.root)
    new = ask(store, "indicator_by_township", "idle_stations")
    assert new["value"].to_list() == old["idle_stations"].to_list()
    kits = run("stations_by_type", month=OCTOBER, store=store.root)
    rate = ask(store, "indicator_by_month", "kit_rate")["value"][-1]
    assert rate == pytest.approx(kits["full_kit"].sum() / kits["stations_open"].sum())
    due = run("enterprises_by_township_committee", month=OCTOBER, store=store.root)
    assert (
        ask(store, "indicator_by_month", "should_build_open")["value"][-1] == due["should_build_open"].sum()
    )


def test_a_reported_figure_is_that_of_figures_by_month(store: Store) -> None:
    assert [name for name in REPORTED if INDICATORS[name].parts != (name,)] == []
    kinds = [name for name in REPORTED if name in KINDS and "month" in INDICATORS[name].grain]
    assert len(kinds) > 5
    for name in kinds:
        old = ask(store, "figures_by_month", name)["value"].to_list()
        assert ask(store, "indicator_by_month", name)["value"].to_list() == old, name


@pytest.mark.parametrize("by", ["township", "committee"])
def test_contributions_sum_to_the_countys_change(store: Store, by: str) -> None:
    for name in {*KINDS, "hazards", "pt_grid"}:
        about = ANSWERED[name]
        if not about.parts or by not in about.grain or "month" not in about.grain:
            continue
        county = ask(store, "indicator_by_month", name).row(-1, named=True)
        rows = ask(store, "contributions", name, against="previous", by=by)
        if county["change"] is None:
            assert rows["contribution"].null_count() == rows.height, name
            continue
        scale = 100 if about.is_rate else 1
        assert rows["contribution"].sum() == pytest.approx(scale * county["change"], abs=1e-9), name
        assert (rows["own_effect"].fill_null(0) + rows["weight_effect"].fill_null(0)).sum() == pytest.approx(
            rows["contribution"].sum() if about.whole else 0, abs=1e-9
        )
        step = 0.1 if about.whole else 1
        assert (rows["shown"] - rows["contribution"]).abs().max() < 2 * step, name


def test_a_median_has_no_contributions(store: Store) -> None:
    with pytest.raises(QueryError) as refused:
        ask(store, "contributions", "km_median", against="previous")
    assert refused.value.code == "indicator_not_additive"
    with pytest.raises(QueryError) as wrong:
        ask(store, "contributions", "members", against="yesterday")
    assert wrong.value.code == "against_unknown"
    with pytest.raises(QueryError) as split:
        ask(store, "contributions", "members", against="previous", by="class")
    assert split.value.code == "by_unknown"


def test_a_store_of_before_a_cube_was_known_still_answers(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = tmp_path / "cubes"
    shutil.copytree(cubes.FOLDER, early)
    (early / "indicator_counts.sql").unlink()
    old = Store(tmp_path / "store")
    with monkeypatch.context() as patched:
        patched.setattr(cubes.build, "__defaults__", (early,))
        build(old, profile="demo", last=OCTOBER, months=3, seed=7)
    assert all("indicator_counts" not in revision.cubes for revision in old.resolve().months.values())
    for name in ("should_sole_done", "org_cov_total", "cleared_rate", "km_median", "members"):
        assert ask(old, "indicator_by_month", name).equals(ask(store, "indicator_by_month", name))
    rebuilt = completion.completed(old, old.resolve())
    with pytest.raises(duckdb.Error, match="disabled"):
        rebuilt.query("select * from read_csv('/etc/passwd')")


# ---- definitions that change

VERSIONED = """
[defaults.figure]
formula = { zh = "新公式", en = "new formula" }
numerator = "value"
denominator = ""
grain = ["township", "month"]
source = "figures"
since = "2026-10"
caveat = { zh = "无", en = "none" }
query = "figures_by_month"
column = "value"

[floating]
like = "figure"
name = { zh = "流动党员", en = "floating members" }
sentence = { zh = "连续六个月以上。", en = "Six months or more." }
kind = "S"
group = "people"
unit = { zh = "名", en = "people" }
direction = "info"
versions = [
    { until = "2024-12", sentence = { zh = "最早。", en = "First." }, formula = { zh = "甲", en = "a" } },
    { until = "2026-03", sentence = { zh = "较早。", en = "Then." }, formula = { zh = "乙", en = "b" } },
]
"""


def test_a_chart_is_told_at_which_months_a_definition_breaks(tmp_path: Path) -> None:
    path = tmp_path / "indicators.toml"
    path.write_text(VERSIONED, "utf-8")
    about = load(path)["floating"]
    assert about.breaks(date(2024, 1, 1), date(2026, 10, 1)) == (date(2025, 1, 1), date(2026, 4, 1))
    assert about.breaks(date(2025, 1, 1), date(2026, 3, 1)) == ()
    assert about.in_force(date(2024, 12, 1), "zh") == ("最早。", "甲")
    assert about.in_force(date(2026, 3, 1), "en") == ("Then.", "b")
    assert about.in_force(date(2026, 4, 1), "zh") == ("连续六个月以上。", "新公式")
    assert about.parts == ("floating",), "a reported figure is its own part: an entry is all it needs"


def test_floating_members_were_defined_anew_in_november_2024() -> None:
    for name in ("floating", "floating_in", "floating_out"):
        about = INDICATORS[name]
        assert about.breaks(date(2023, 11, 1), OCTOBER) == (date(2024, 11, 1),)
        assert "六个月" in about.in_force(OCTOBER, "zh")[0]
        assert "六个月" not in about.in_force(date(2024, 10, 1), "zh")[0]


def test_a_year_without_a_holiday_table_is_told(store: Store) -> None:
    info = profile(OCTOBER, store=store.root)
    assert info.unlisted_years(OCTOBER) == ()
    assert info.unlisted_years(date(2031, 6, 1)) == (2031,)
    last = max(info.holidays["date"].dt.year())
    assert info.unlisted_years(date(last, 11, 1)) == ()
    assert info.unlisted_years(date(last, 12, 1)) == (last + 1,)
