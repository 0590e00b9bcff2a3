"""Ten minutes on foot: the map of stations, townships by who is within reach, and the next places."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from pages.shared import blocks, cards
from pages.shared.charts.ground import Place
from pages.shared.charts.station_map import Atlas, Firm, Site, Stop, station_map
from pages.shared.stations.shares import share_text, subject
from pages.shared.view import Source, View
from queries.words.formats import count_text, counts_text, percent

Row = dict[str, Any]
LOCATED = pl.col("longitude").is_not_null()


def draw(view: View, grid: GridContainer) -> None:
    """Draw the map and, beside it, the two tables; words only where nothing at all is located."""
    townships = view.ask("reach_by_township")
    sites = view.ask("reach_next_places")
    stations = view.ask("station_map").filter(stations_open=1)
    firms = view.ask("reach_by_place")
    title = _title(view, townships, sites, stations)
    with grid.cell():
        if stations.filter(LOCATED).is_empty() and firms.is_empty():
            blocks.heading(title, view.t("map.nothing"))
        else:
            _map(view, title, townships, sites, stations, firms)
    with grid.cell():
        _tables(view, townships, sites)


def _title(view: View, townships: pl.DataFrame, sites: pl.DataFrame, stations: pl.DataFrame) -> str:
    within, located = _sum(townships, "within_reach"), _sum(townships, "located")
    if not located:
        return view.t("map.unlocated" if _sum(townships, "enterprises") else "map.unreported")
    if within is None:
        return view.t("map.no_stations")
    firms = subject(within, located, view.text)
    if sites.is_empty():
        return view.t("map.title", firms=firms)
    after = share_text(sites["within_reach"][-1], located, view.text)
    return view.t("map.title_next", firms=firms, count=sites.height, after=after)


def _sum(frame: pl.DataFrame, column: str) -> int | None:
    known = frame[column].drop_nulls()
    return int(known.sum()) if known.len() else None


def _map(
    view: View,
    title: str,
    townships: pl.DataFrame,
    sites: pl.DataFrame,
    stations: pl.DataFrame,
    firms: pl.DataFrame,
) -> None:
    metres = float(townships["reach_metres"][0])
    atlas = Atlas(
        [_stop(view, row) for row in stations.filter(LOCATED).iter_rows(named=True)],
        [
            Firm(Place(longitude, latitude), None if within is None else within > 0)
            for longitude, latitude, within in firms.select(
                "longitude", "latitude", "within_reach"
            ).iter_rows()
        ],
        [_site(view, row) for row in sites.iter_rows(named=True)],
        _middles(view, stations),
        metres,
        [_stop(view, row) for row in _others(view, stations).iter_rows(named=True)],
    )
    figure = station_map(
        atlas,
        blocks.look(view),
        measure=title,
        told=[*_told(view, townships), *(" ".join(site.words) for site in atlas.sites)],
        idle=view.t("map.idle"),
    )
    counts = counts_text(_sum(townships, "within_reach"), _sum(townships, "located"), _unit(view), view.text)
    subtitle = view.t("map.subtitle", metres=round(metres), counts=counts, month=view.month)
    source = Source("station_map", "station_map", ("ten_min_cov", "stations"), stations)
    cards.Card(source, figure, title, subtitle, _remark(view, townships, stations, metres)).draw(view)


def _others(view: View, stations: pl.DataFrame) -> pl.DataFrame:
    """The open stations of townships that were not chosen: they are within reach too."""
    everywhere = view.ask("station_map", townships=None).filter(LOCATED, stations_open=1)
    return everywhere.join(stations, on="station_id", how="anti", maintain_order="left")


def _unit(view: View) -> str:
    return view.t("units.enterprise")


def _stop(view: View, row: Row) -> Stop:
    used = count_text(row["person_times"], view.t("units.person_times"), view.text, short=False)
    words = [row["station"], view.name("township", row["township_code"])]
    served = view.t("map.served", month=view.month, times=used)
    return Stop(
        _at(row), [*words, view.t("map.idle") if row["idle_stations"] else served], bool(row["idle_stations"])
    )


def _site(view: View, row: Row) -> Site:
    added = count_text(row["enterprises_added"], _unit(view), view.text)
    name = view.name("township", row["township_code"])
    return Site(
        _at(row), [view.t("map.site", place=row["place"], township=name), view.t("map.adds", added=added)]
    )


def _at(row: Row) -> Place:
    return Place(row["longitude"], row["latitude"])


def _middles(view: View, stations: pl.DataFrame) -> dict[str, Place]:
    """Each township at the middle of its stations, those with most of them first."""
    middles = (
        stations.filter(LOCATED & pl.col("township_code").is_not_null())
        .group_by("township_code", maintain_order=True)
        .agg(pl.col("longitude").mean(), pl.col("latitude").mean(), pl.len())
        .sort("len", descending=True, maintain_order=True)
    )
    return {view.name("township", row["township_code"]): _at(row) for row in middles.iter_rows(named=True)}


def _told(view: View, townships: pl.DataFrame) -> list[str]:
    return [f"{name} {counts} {share}" for name, counts, share in _lines(view, townships)]


def _lines(view: View, townships: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Of each township its name, who is within reach of how many, and the share."""
    lines = []
    for row in townships.iter_rows(named=True):
        near, located = row["within_reach"], row["located"]
        if located == 0:
            counts = share = view.t("map.no_coordinates" if row["enterprises"] else "formats.undefined")
        else:
            counts = counts_text(near, located, "", view.text)
            share = percent(near, located, view.text)
        lines.append((view.name("township", row["township_code"]), counts, share))
    return lines


def _remark(view: View, townships: pl.DataFrame, stations: pl.DataFrame, metres: float) -> str:
    located = _sum(townships, "located")
    legend = view.t("map.legend" if located else "map.legend_bare", metres=round(metres))
    counts = {
        "firms": _sum(townships, "not_located") or 0,
        "stops": stations.filter(~LOCATED).height,
    }
    missing = [view.t(f"map.missing_{what}", count=count) for what, count in counts.items() if count]
    return legend + "".join(missing)


def _tables(view: View, townships: pl.DataFrame, sites: pl.DataFrame) -> None:
    blocks.heading(*_table_heading(view, townships))
    if _sum(townships, "located"):
        _table([view.t(f"map.{name}") for name in ("township", "counts", "share")], _lines(view, townships))
    else:
        blocks.note(view.t("map.nothing"))
    if not sites.is_empty():
        blocks.heading(view.t("map.next_title", count=sites.height), view.t("map.next_subtitle"))
        head = [view.t(f"map.{name}") for name in ("number", "township", "added", "after")]
        _table(head, [_next(view, row) for row in sites.iter_rows(named=True)])
    cards.explain(view, Source("reach_township", "reach_by_township", ("ten_min_cov",), townships))
    view.sources.append(Source("reach_next", "reach_next_places", ("ten_min_cov",), sites))


def _table_heading(view: View, townships: pl.DataFrame) -> tuple[str, str]:
    located = townships.filter(pl.col("located") > 0, pl.col("within_reach").is_not_null())
    far = located.with_columns(far=pl.col("located") - pl.col("within_reach")).filter(pl.col("far") > 0)
    subtitle = view.t("map.table_subtitle", month=view.month)
    if located.is_empty():
        return view.t("map.table_title"), subtitle
    if far.is_empty():
        return view.t("map.all_near"), subtitle
    most = far.sort("far", descending=True, maintain_order=True).row(0, named=True)
    title = view.t(
        "map.table_most",
        total=int(far["far"].sum()),
        name=view.name("township", most["township_code"]),
        most=most["far"],
    )
    return title, subtitle


def _next(view: View, row: Row) -> tuple[str, ...]:
    added = count_text(row["enterprises_added"], _unit(view), view.text)
    after = percent(row["within_reach"], row["located"], view.text)
    return str(row["place"]), view.name("township", row["township_code"]), added, after


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    st.table(
        [dict(zip(head, map(blocks.plain, row), strict=True)) for row in rows],
        border="horizontal",
        hide_index=True,
    )
