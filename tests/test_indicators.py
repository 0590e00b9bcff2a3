"""The registry of figures is complete, and every entry can be asked for."""

from __future__ import annotations

import pytest

from data.contract import FIGURES, RATES, TARGETS
from queries import DENOMINATORS, INDICATORS, QUERIES, Indicator

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
