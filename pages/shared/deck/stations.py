"""暖新驿站: how much a station is used, township by township, and which stand idle."""

import polars as pl

from pages.shared.charts import Count
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.deck.values import decimal
from pages.shared.stations.townships import lead, rows, title
from pages.shared.view import View

# Fewer are not ranked.
FEW = 10
INDICATORS = ("visits_person_times", "stations", "per_station", "idle_stations")


def stations(brief: Brief) -> list[Slide]:
    """Return the use of stations by township."""
    view = brief.view
    now = view.ask("services_by_month").row(-1, named=True)
    if now["person_times"] is None:
        return _nothing(brief)
    idle = view.ask("idle_stations_by_township")
    frame = view.ask("services_by_township")
    listed = rows(view, frame, idle)
    known = [row.value for row in listed if row.value is not None]
    bars = Bars(
        rows=tuple(_bar(view, row) for row in listed),
        measure=view.t("kpi.per_station"),
        unit=view.t("units.per_station"),
        kind="decimal",
        top=max([1.0, *known]),
    )
    slide = brief.slide(
        "stations",
        "basics",
        title=title(view, listed) if _compares(frame) else lead(view, now, idle),
        subtitle=view.t("stations.township_subtitle", month=view.month),
        exhibit=bars,
        indicators=INDICATORS,
        query="services_by_township",
        remark=view.t("stations.idle_remark"),
    )
    return brief.continued(slide)


def _compares(frame: pl.DataFrame) -> bool:
    """Tell whether every township that reported has enough stations to call one the most used."""
    known = frame.filter(pl.col("person_times").is_not_null())["stations_open"]
    return known.len() > 1 and bool((known >= FEW).all())


def _bar(view: View, row: Count) -> Bar:
    missing = row.value is None
    return Bar(
        name=row.name,
        length=row.value,
        value=decimal(view, row.value),
        detail=row.note,
        status="none" if missing else row.status if row.status == "bad" else None,
        words=view.t("status.none") if missing else row.right,
        is_missing=missing,
    )


def _nothing(brief: Brief) -> list[Slide]:
    view = brief.view
    return brief.unreported(
        "stations",
        "basics",
        "station_services",
        title=view.t("stations.nothing", area=view.area),
        body=view.t("stations.nothing_body", month=view.month, area=view.area),
        indicators=INDICATORS,
    )
