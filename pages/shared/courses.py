"""Small multiples: the course of each township on one axis, with the county behind."""

import polars as pl

from pages.shared import blocks, cards
from pages.shared.annotations import annotate, guides_note
from pages.shared.charts import Panel, axis_range_text, small_multiples
from pages.shared.rates import rates_of
from pages.shared.saving import Sheet
from pages.shared.view import Source, View
from queries.words.standing import LIT, judge
from queries.words.wording import name_list

MARKED = (*LIT, "none")


def courses_card(view: View, indicator: str) -> None:
    """Draw each township's organisation rate over the months; the title names who is below the county."""
    frame = view.ask("coverage_by_month_township")
    county = view.ask("coverage_by_month", townships=None)
    panels, below = [], []
    last = county["organised_rate"][-1]
    for (_,), rows in frame.group_by(["township_code"], maintain_order=True):
        rate = rates_of(view, rows.tail(1), indicator, "organised")[0]
        status = judge(rate, None, **view.rule(indicator)).status
        panels.append(
            Panel(rate.name, rows["organised_rate"].to_list(), status if status in MARKED else None)
        )
        if rate.ratio is not None and last is not None and rate.ratio < last:
            below.append(rate.name)
    name, calendar = view.t(f"kpi.{indicator}"), county["month"].to_list()
    marks = annotate(view, indicator, calendar).marks
    figures = small_multiples(
        panels,
        blocks.look(view),
        months=calendar,
        measure=name,
        county=county["organised_rate"].to_list(),
        target=view.targets(indicator).get(None),
        marks=marks,
    )
    key = "coverage.courses_title" if below else "coverage.courses_level"
    sheet = Sheet(
        Source("coverage_courses", "coverage_by_month_township", (indicator,), frame),
        figures,
        view.t(key, names=name_list(below, view.text), area=view.whole),
        _subtitle(view, name, county, axis_range_text(figures[0])),
        guides_note(view, marks, calendar),
    )
    cards.draw_panels(view, sheet)


def _subtitle(view: View, name: str, county: pl.DataFrame, axis: str) -> str:
    return view.t("coverage.courses_subtitle", name=name, months=county.height, area=view.whole, axis=axis)
