"""两个覆盖 in words: how the county stands, and what the bars of townships are called."""

from typing import Any

import polars as pl

from pages.shared.rates import ORGANISATION, rates_of
from pages.shared.view import View
from queries.words.formats import gap_units, percent, plain_percent
from queries.words.standing import judge_all
from queries.words.wording import standing_title

WORK = "work_cov_total"
# Whose share of the enterprises each rate is.
COLUMNS = {**dict.fromkeys(ORGANISATION.values(), "organised"), WORK: "worked"}


def standing(view: View, now: dict[str, Any]) -> str:
    """Return where organisation coverage of what is shown stands, as the first clause of a sentence."""
    target = view.area_target(ORGANISATION[view.filters.denominator])
    rate = percent(now["organised"], now["enterprises"], view.text)
    if target is None:
        return view.t("coverage.lead_plain", area=view.area, rate=rate)
    gap = gap_units(target, now["organised"], now["enterprises"])
    key = "coverage.lead_missed" if gap else "coverage.lead_met"
    return view.t(key, area=view.area, rate=rate, target=plain_percent(target), gap=gap)


def township_title(view: View, townships: pl.DataFrame, indicator: str) -> str:
    """Return how many townships miss their targets of a rate, or its name where none has a target."""
    rates = rates_of(view, townships, indicator, COLUMNS[indicator])
    if all(rate.target is None for rate in rates):
        return view.t("coverage.township_title", name=view.t(f"kpi.{indicator}"))
    return standing_title(judge_all(rates, None, **view.rule(indicator)), view.text)


def township_subtitle(view: View, indicator: str) -> str:
    """Return what the bars of townships measure."""
    return view.t(
        f"coverage.township_subtitle_{COLUMNS[indicator]}",
        name=view.t(f"kpi.{indicator}"),
        denominator=view.t(f"denominators.{view.filters.denominator}"),
    )
