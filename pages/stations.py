"""暖新驿站: stations, what they are used for, and which stand idle."""

from functools import partial

import polars as pl
import streamlit as st

from pages.shared import blocks, cards
from pages.shared.charts import Count, count_bars, sparkline
from pages.shared.frame import return_to_frame
from pages.shared.rates import count_trend_card
from pages.shared.stations import reach, townships
from pages.shared.view import SERVICES, Source, View
from pages.shared.worklists.link import worklist_link
from queries.words.formats import decimal_text, percent
from queries.words.wording import change

# Height of the line of stations, px, where few bars stand beside it.
BESIDE = 260


def render(view: View) -> None:
    """Draw the page for the viewer's month and townships; stations belong to no committee."""
    months = view.ask("services_by_month")
    now = months.row(-1, named=True)
    if view.filters.committees:
        st.info(view.t("stations.no_committees"), icon=":material/info:")
    if now["stations_open"] is None:
        blocks.nothing(
            view,
            view.t("stations.nothing", area=view.area),
            view.t("stations.nothing_body", month=view.month, area=view.area),
            clear=("townships",) if view.filters.townships else (),
        )
        return
    idle = view.ask("idle_stations_by_township")
    blocks.lead(townships.lead(view, now, idle))
    _headlines(view, months, idle)
    if townships.idle_total(idle):
        worklist_link(view, "idle_stations")
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    stations = partial(_trend, view, months, "stations_open", "stations", "units.station")
    services = partial(_trend, view, months, "person_times", "visits_person_times", "units.person_times")
    types = _by_type(view)
    if cards.row(view, grid, _by_township(view, idle), services, stations(BESIDE)):
        with grid.cell(column_span="all"):
            types.draw(view)
    else:
        with grid.cell():
            types.draw(view)
        with grid.cell():
            stations(blocks.height_beside(types.figure, least=BESIDE)).draw(view)
    reach.draw(view, st.grid(2, min_column_width=460, gap="small", border=True))
    with st.container(border=True):
        _by_station(view)


def _headlines(view: View, months: pl.DataFrame, idle: pl.DataFrame) -> None:
    with st.grid(4, min_column_width=158, gap="small"):
        blocks.count_kpi(view, "stations", "stations_open", "units.station", months)
        blocks.count_kpi(
            view,
            "visits_person_times",
            "person_times",
            "units.person_times",
            months,
            kind="flow",
            report=SERVICES,
        )
        _per_station(view, months)
        count = blocks.with_unit(view, townships.idle_total(idle), "units.station")
        blocks.kpi(view, "idle_stations", count, None, description=view.t("stations.two_months"))


def _per_station(view: View, months: pl.DataFrame) -> None:
    now, before = blocks.this_and_last(months)
    column = "person_times_per_station"
    value = decimal_text(now[column], 1, view.text)
    unit = "" if now[column] is None else f":small[{view.t('units.per_station')}]"
    moved = None
    if before and not view.comparable(SERVICES):
        moved = blocks.unlike(view)
    elif before and now[column] is not None and before[column] is not None:
        moved = change(
            "flow", now[column], before[column], view.text, classifier=view.t("units.person_times"), digits=1
        )
    blocks.kpi(view, "per_station", value + unit, moved, spark=sparkline(months[column].to_list()))


def _by_township(view: View, idle: pl.DataFrame) -> cards.Card:
    frame = view.ask("services_by_township")
    rows = townships.rows(view, frame, idle)
    figure = count_bars(rows, blocks.look(view), measure=view.t("kpi.per_station"), decimals=1)
    return cards.Card(
        Source("services_township", "services_by_township", ("per_station", "idle_stations"), frame),
        figure,
        townships.title(view, rows),
        view.t("stations.township_subtitle", month=view.month),
        view.t("stations.idle_remark"),
    )


def _by_type(view: View) -> cards.Card:
    frame = view.ask("services_by_type").sort(
        "person_times", descending=True, nulls_last=True, maintain_order=True
    )
    rows = [Count(row["service_type"], row["person_times"]) for row in frame.iter_rows(named=True)]
    figure = count_bars(rows, blocks.look(view), measure=view.t("kpi.visits_person_times"))
    total = frame["person_times"].sum()
    title = view.t("stations.type_title")
    if total and frame.height > 2:
        top = frame.head(2)
        title = view.t(
            "stations.type_share",
            first=top["service_type"][0],
            second=top["service_type"][1],
            share=percent(top["person_times"].sum(), total, view.text),
        )
    return cards.Card(
        Source("services_type", "services_by_type", ("visits_person_times",), frame),
        figure,
        title,
        view.t("stations.type_subtitle", month=view.month),
        view.t("stations.type_remark"),
    )


def _trend(
    view: View, months: pl.DataFrame, column: str, indicator: str, unit: str, height: float
) -> cards.Card:
    source = Source(f"services_{column}", "services_by_month", (indicator,), months)
    return count_trend_card(view, months, column, indicator, unit, source, height)


def _by_station(view: View) -> None:
    frame = view.ask("services_by_station")
    open_now = frame.filter(pl.col("stations_open") == 1)
    unused = open_now.filter(pl.col("person_times").fill_null(0) == 0).height
    blocks.heading(
        view.t("stations.list_title", open=open_now.height, unused=unused),
        view.t("stations.list_subtitle", month=view.month),
    )
    source = Source("services_station", "services_by_station", ("visits_person_times",), frame)
    cards.data_table(view, source)
    view.sources.append(source)


if __name__ == "__main__":
    return_to_frame("stations")
