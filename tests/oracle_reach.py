"""Who is within reach of a station, once more: by haversine, in plain Python over the ledgers' rows."""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import median
from typing import Any

from tests.oracle import Answer, Known, Row, before, is_open, last_day, ratio, stations_at

EARTH = 6371008.8
Place = tuple[float, float]


def metres(one: Place, other: Place) -> float:
    """The great circle between two places (longitude, latitude), by haversine."""
    (east, north), (east_too, north_too) = (
        [math.radians(degree) for degree in place] for place in (one, other)
    )
    half = math.sin((north_too - north) / 2) ** 2
    half += math.cos(north) * math.cos(north_too) * math.sin((east_too - east) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def is_inside(row: Row) -> bool:
    east, north = row["longitude"], row["latitude"]
    return east is not None and north is not None and 73 <= east <= 136 and 3 <= north <= 54


def places_of(rows: list[Row]) -> list[Place | None]:
    """Of each row its place; None where a degree is missing, abroad, or one off the middle."""
    inside = [row for row in rows if is_inside(row)]
    if not inside:
        return [None] * len(rows)
    middle = (median(row["longitude"] for row in inside), median(row["latitude"] for row in inside))
    found: list[Place | None] = []
    for row in rows:
        place = (row["longitude"], row["latitude"])
        near = is_inside(row) and all(abs(a - b) <= 1 for a, b in zip(place, middle, strict=True))
        found.append(place if near else None)
    return found


def firms(known: Known, month: Any) -> list[tuple[Row, Place | None, bool | None]]:
    """Enterprises in operation, each with its place and whether it reaches a station; None = not known."""
    radius = known.ask.settings.get("reach_metres", 800)
    listed = known.table(month, "stations")
    opened = [is_open(row, last_day(month)) for row in listed]
    standing = [place for place, is_now in zip(places_of(listed), opened, strict=True) if place and is_now]
    knows = known.has(month, "stations") and (bool(standing) or not any(opened))
    rows = [row for row in known.table(month, "enterprises") if row["is_operating"]]
    return [
        (row, place, any(metres(place, one) <= radius for one in standing) if place and knows else None)
        for row, place in zip(rows, places_of(rows), strict=True)
    ]


def wanted(known: Known) -> list[tuple[str | None, Place | None, bool | None]]:
    """Those of the month asked for and of the townships asked for, with the township of today."""
    placed = [
        (known.current(row["township_code"]), place, within)
        for row, place, within in firms(known, known.ask.month)
    ]
    return [one for one in placed if known.wants(one[0])]


def rank(known: Known, code: str | None) -> float:
    return known.valid.index(code) if code in known.valid else math.inf


def by_township(known: Known) -> Answer:
    month, found = known.ask.month, wanted(known)
    listed = known.table(month, "stations")
    opened = [is_open(row, last_day(month)) for row in listed]
    located = any(place and is_now for place, is_now in zip(places_of(listed), opened, strict=True))
    knows = known.has(month, "stations") and (located or not any(opened))
    sent = known.reported(month, "enterprises")
    rows = []
    for code in known.shown_townships([code for code, _, _ in found]):
        here = [(place, within) for home, place, within in found if home == code]
        heard = code in sent or bool(here)
        there = sum(place is not None for place, _ in here)
        near = sum(within is True for _, within in here)
        rows.append(
            known.named(["township"], (code,))
            | {
                "enterprises": len(here) if heard else None,
                "located": there if heard else None,
                "not_located": len(here) - there if heard else None,
                "within_reach": near if heard and knows else None,
                "reach_rate": ratio(near if heard and knows else None, there),
                "reach_metres": float(known.ask.settings.get("reach_metres", 800)),
            }
        )
    return rows


def by_place(known: Known) -> Answer:
    counts: dict[tuple[str | None, Place], list[bool | None]] = defaultdict(list)
    for code, place, within in wanted(known):
        if place is not None:
            counts[code, place].append(within)
    order = sorted(counts, key=lambda key: (rank(known, key[0]), key[1]))
    return [
        known.named(["township"], (code,))
        | {
            "longitude": place[0],
            "latitude": place[1],
            "enterprises": len(counts[code, place]),
            "within_reach": None
            if None in counts[code, place]
            else sum(within is True for within in counts[code, place]),
        }
        for code, place in order
    ]


def next_places(known: Known) -> Answer:
    radius = known.ask.settings.get("reach_metres", 800)
    told = [(code, place, within) for code, place, within in wanted(known) if place and within is not None]
    left = [place for _, place, within in told if not within]
    home: dict[Place, str | None] = {}
    for code, place, within in sorted(told, key=lambda one: (rank(known, one[0]), one[1])):
        if not within:
            home.setdefault(place, code)
    sites = sorted(home, key=lambda place: (rank(known, home[place]), place))
    near, rows = len(told) - len(left), []
    for number in (1, 2, 3):
        gains = [sum(metres(site, place) <= radius for place in left) for site in sites]
        if not left:
            break
        best = sites[gains.index(max(gains))]
        left = [place for place in left if metres(best, place) > radius]
        near += max(gains)
        rows.append(
            {"place": number, "longitude": best[0], "latitude": best[1], "enterprises_added": max(gains)}
            | known.named(["township"], (home[best],))
            | {"within_reach": near, "located": len(told), "reach_rate": ratio(near, len(told))}
        )
    return rows


def station_map(known: Known) -> Answer:
    month = known.ask.month
    listed = known.table(month, "stations")
    ledger = {row["station_id"]: (row, place) for row, place in zip(listed, places_of(listed), strict=True)}
    uses: list[dict[str, int]] = []
    for at in (month, before(month)):
        monthly: dict[str, int] = defaultdict(int)
        for row in known.table(at, "station_services"):
            monthly[row["station_id"]] += row["person_times"]
        uses.append(monthly)
    now, past = uses
    rows = []
    for station, (code, is_now) in stations_at(known, month).items():
        row, place = ledger[station]
        if is_now or station in now:
            rows.append(
                {"station_id": station, "station": row["name"], "station_type": row["station_type"]}
                | known.named(["township"], (code,))
                | {"longitude": place and place[0], "latitude": place and place[1]}
                | {
                    "stations_open": int(is_now),
                    "idle_stations": int(is_now and now.get(station) == 0 and past.get(station) == 0),
                    "person_times": now.get(station),
                }
            )
    return sorted(rows, key=lambda row: (rank(known, row["township_code"]), row["station_id"]))


ANSWERS = {
    "reach_by_township": by_township,
    "reach_by_place": by_place,
    "reach_next_places": next_places,
    "station_map": station_map,
}
