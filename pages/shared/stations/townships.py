"""Stations by township: how much each is used, and which stand idle."""

from typing import Any

import polars as pl

from pages.shared.charts import Count
from pages.shared.view import View
from queries.words.formats import count_text, decimal_text


def idle_total(idle: pl.DataFrame) -> int | None:
    """Return how many stations stand idle, of those townships that told; None where none did."""
    known = idle["idle_stations"].drop_nulls()
    return int(known.sum()) if known.len() else None


def lead(view: View, now: dict[str, Any], idle: pl.DataFrame) -> str:
    """Return the sentence of the month: stations, their use, and how many stand idle."""
    stations = count_text(now["stations_open"], view.t("units.station"), view.text)
    if now["person_times"] is None:
        return view.t("stations.lead_unreported", area=view.area, stations=stations, month=view.month)
    count = idle_total(idle)
    return view.t(
        "stations.lead_idle" if count else "stations.lead",
        area=view.area,
        stations=stations,
        month=view.month,
        idle=count,
        times=count_text(now["person_times"], view.t("units.person_times"), view.text, short=False),
    )


def rows(view: View, townships: pl.DataFrame, idle: pl.DataFrame) -> list[Count]:
    """Return the use of a station by township, with how many stand idle."""
    standing_still = dict(idle.select("township_code", "idle_stations").iter_rows())
    return [
        _row(view, row, standing_still.get(row["township_code"])) for row in townships.iter_rows(named=True)
    ]


def _row(view: View, row: dict[str, Any], idle: int | None) -> Count:
    stations = count_text(row["stations_open"], view.t("units.station"), view.text)
    if idle is None or row["person_times"] is None:
        right, status = "", None
    elif idle:
        right, status = view.t("stations.idle", count=idle), "bad"
    else:
        right, status = view.t("stations.all_used"), "quiet"
    value = row["person_times_per_station"]
    return Count(
        view.name("township", row["township_code"]), value, note=stations, right=right, status=status
    )


def title(view: View, listed: list[Count]) -> str:
    """Return which townships use a station most and least."""
    known = [row for row in listed if row.value is not None]
    if len(known) < 2:
        return view.t("stations.township_title")
    most, least = max(known, key=lambda r: r.value or 0), min(known, key=lambda r: r.value or 0)
    return view.t(
        "stations.township_range",
        most=most.name,
        least=least.name,
        most_value=decimal_text(most.value, 1, view.text),
        least_value=decimal_text(least.value, 1, view.text),
    )
