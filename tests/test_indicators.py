"""The registry of figures is complete, and every entry can be asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from data.contract import FIGURES, RATES, TARGETS
from queries import DENOMINATORS, INDICATORS, QUERIES, Indicator

HERE = Path(__file__).parent
DOMAIN = HERE.parents[1] / "shared" / "research" / "domain.md"
QUANTITIES = tomllib.loads((HERE / "quantities.toml").read_text("utf-8"))
GROUPS = {
    *("coverage", "organisations", "people", "stations", "care", "governance", "grievances", "taskforce"),
}
GRAINS = {"township", "committee", "class", "month", "station_type"}
each = pytest.mark.parametrize("about", INDICATORS.values(), ids=INDICATORS)


def test_every_figure_and_every_target_is_registered() -> None:
    assert set(TARGETS) - set(INDICATORS) == set()


@each
def test_every_text_is_there_in_both_languages(about: Indicator) -> None:
    for lang in ("zh", "en"):
        texts = (
            about.name(lang),
            about.sentence(lang),
            about.formula(lang),
            about.unit(lang),
            about.caveat(lang),
        )
        assert all(text.strip() for text in texts)
        assert about.ledger(lang)
    assert about.sentence("zh").endswith("。")
    assert about.sentence("en").endswith(".")


@each
def test_every_entry_stands_in_a_known_group_kind_direction_and_grain(about: Indicator) -> None:
    assert about.group in GROUPS
    assert about.kind in {"S", "F", "C"}
    assert about.direction in {"up", "down", "info"}
    assert about.grain
    assert set(about.grain) <= GRAINS


@each
def test_the_kind_of_a_reported_figure_is_the_contracts(about: Indicator) -> None:
    assert about.kind == FIGURES.get(about.id, about.kind)


@each
def test_a_rate_is_in_percent_of_a_denominator(about: Indicator) -> None:
    if about.id in RATES:
        assert about.unit("zh") == "%"
        assert bool(about.denominator) == bool(about.query)


@each
def test_what_has_a_query_has_its_columns_and_parameters(about: Indicator) -> None:
    if not about.query:
        assert about.column == about.numerator == ""
        return
    question = QUERIES[about.query]
    columns = {about.column, about.numerator, about.denominator} - {""}
    assert columns <= set(question.schema)
    assert about.column
    assert question.required <= set(about.parameters) <= set(question.parameters)
    assert about.parameters.get("indicator", about.id) == about.id
    assert about.parameters.get("denominator", DENOMINATORS[0]) in DENOMINATORS


def test_only_rates_wait_for_their_query() -> None:
    assert {about.id for about in INDICATORS.values() if not about.query} <= RATES


def test_every_indicator_is_answered() -> None:
    assert [about.id for about in INDICATORS.values() if not about.is_answered] == []


@each
def test_an_indicator_is_made_of_known_series_or_is_a_quantile(about: Indicator) -> None:
    series = {*about.parts, *about.whole}
    known = {name for name in series if name in FIGURES}
    counted = {name for name in series if re.fullmatch(r"[a-z_]+\.[a-z_]+", name)}
    assert known | counted == series
    assert not (about.parts and about.basis)
    assert about.whole or not about.is_rate or not about.is_answered
    if about.basis:
        assert about.basis in {"closed", "cohort"}
        assert 0 < (about.share or 0) < 1


def test_every_quantity_of_the_domain_is_registered_or_has_a_reason() -> None:
    assert list(QUANTITIES) == ["A1", "A2", "A3", "A4", "A5", "A6", "A7"]
    for section in QUANTITIES.values():
        for name, found in section.items():
            if isinstance(found, str):
                assert len(found) > 20, name
                assert name not in INDICATORS
            else:
                assert found, name
                assert set(found) <= set(INDICATORS), name


def test_every_indicator_stands_for_a_quantity_of_the_domain() -> None:
    named = {
        one
        for section in QUANTITIES.values()
        for f in section.values()
        if not isinstance(f, str)
        for one in f
    }
    # counts that stand beside a quantity: the broad variant, cases closed, tasks
    assert set(INDICATORS) - named == {"organised_broad", "closed", "tasks_listed", "tasks_overdue"}


def test_the_list_of_quantities_is_that_of_the_report() -> None:
    if not DOMAIN.is_file():
        pytest.skip(f"{DOMAIN} is not there")
    text = DOMAIN.read_text("utf-8").split("### A1.")[1].split("County-scale reality")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]
    cells = [row[0].split("`")[1] if row[0].startswith("`") else row[1] for row in rows]
    ids = {one for cell in cells if re.fullmatch(r"\w+(?:, \w+)*", cell) for one in cell.split(", ")}
    header = {"id", "中文 / English", "English id"}
    assert ids - header == {name for section in QUANTITIES.values() for name in section}
