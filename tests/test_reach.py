"""Ten minutes on foot: coordinates in ledgers and old stores, and distances against the great circle."""

from __future__ import annotations

import math
import random
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from data import Store, cubes
from data.contract import check
from data.profile import Profile, load_profile
from data.publish import publish
from data.sample import PROFILES
from data.tables import TABLES
from queries import run
from tests.oracle_reach import EARTH, metres
from tests.stores import OCTOBER

HERE = (120.55, 31.87)
TOWNSHIP = "320582100"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(PROFILES / "zhangjiagang")


def moved(place: tuple[float, float], bearing: float, distance: float) -> tuple[float, float]:
    """Where one comes to who goes that far (m) in that direction (radians), on the sphere."""
    north, turn = math.radians(place[1]), distance / EARTH
    to_north = math.asin(
        math.sin(north) * math.cos(turn) + math.cos(north) * math.sin(turn) * math.cos(bearing)
    )
    east = math.atan2(
        math.sin(bearing) * math.sin(turn) * math.cos(north),
        math.cos(turn) - math.sin(north) * math.sin(to_north),
    )
    return place[0] + math.degrees(east), math.degrees(to_north)


def firms(places: list[tuple[float, float]]) -> pl.DataFrame:
    rows = [
        {"enterprise_id": f"E-{number}", "name": f"企业{number}", "township_code": TOWNSHIP}
        | {"is_operating": True, "org_form": "none", "longitude": longitude, "latitude": latitude}
        for number, (longitude, latitude) in enumerate(places)
    ]
    return frame("enterprises", rows)


def stations(*places: tuple[float, float]) -> pl.DataFrame:
    rows = [
        {"station_id": f"S-{number}", "name": f"驿站{number}", "township_code": TOWNSHIP}
        | {"longitude": longitude, "latitude": latitude}
        for number, (longitude, latitude) in enumerate(places)
    ]
    return frame("stations", rows)


def frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    schema = TABLES[table].schema
    return pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema)


def reached(store: Store) -> tuple[int | None, int | None]:
    """Located and within reach, of the township."""
    rows = run("reach_by_township", month=OCTOBER, townships=[TOWNSHIP], store=store.root)
    return rows["located"].item(), rows["within_reach"].item()


def test_the_circle_is_right_to_the_metre_in_every_direction(tmp_path: Path, profile: Profile) -> None:
    steps = [bearing * math.pi / 18 for bearing in range(36)]
    inside, outside = ([moved(HERE, step, distance) for step in steps] for distance in (799, 801))
    assert all(abs(metres(HERE, place) - 799) < 1e-3 for place in inside)
    store = Store(tmp_path)
    tables = {"enterprises": firms(inside + outside), "stations": stations(HERE)}
    publish(store, OCTOBER, tables, profile, reason="试验", who="测试")
    assert reached(store) == (72, 36)


def test_the_grid_finds_what_comparing_all_with_all_finds(tmp_path: Path, profile: Profile) -> None:
    draw = random.Random(7)
    points = [moved(HERE, draw.uniform(0, 7), draw.uniform(0, 9000)) for _ in range(400)]
    listed = [moved(HERE, draw.uniform(0, 7), draw.uniform(0, 9000)) for _ in range(40)]
    store = Store(tmp_path)
    tables = {"enterprises": firms(points), "stations": stations(*listed)}
    publish(store, OCTOBER, tables, profile, reason="试验", who="测试")
    near = [min(metres(point, station) for station in listed) <= 800 for point in points]
    assert reached(store) == (400, sum(near))
    left = [point for point, is_near in zip(points, near, strict=True) if not is_near]
    most = max(sum(metres(site, point) <= 800 for point in left) for site in left)
    proposed = run("reach_next_places", month=OCTOBER, store=store.root)
    assert proposed["enterprises_added"][0] == most
    assert proposed["within_reach"].to_list() == sorted(proposed["within_reach"])


def test_files_without_coordinates_publish_without_a_word_and_nothing_is_known(
    tmp_path: Path, profile: Profile
) -> None:
    bare = firms([HERE]).drop("longitude", "latitude")
    assert check({"enterprises": bare, **profile.frames}, OCTOBER) == [
        one for one in check({"enterprises": firms([HERE]), **profile.frames}, OCTOBER)
    ]
    store = Store(tmp_path)
    publish(store, OCTOBER, {"enterprises": bare, "stations": stations(HERE)}, profile, reason="试", who="测")
    assert reached(store) == (0, 0)
    rates = run("indicator_by_township", month=OCTOBER, indicator="ten_min_cov", store=store.root)
    assert rates["value"].null_count() == rates.height


def test_a_month_of_an_older_version_is_completed_and_may_be_carried_on(
    tmp_path: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "store")
    bare = firms([HERE]).drop("longitude", "latitude")
    tables = {"enterprises": bare, "stations": stations(HERE), **profile.frames}
    built = cubes.build(tables, OCTOBER)
    for name in ("enterprise_places", "station_places"):
        del built[name]
    now = datetime(2026, 11, 3)
    store.publish(OCTOBER, tables, built, profile.settings_text, who="测", reason="旧版", published_at=now)
    assert "longitude" not in store.read(store.resolve(), OCTOBER, "enterprises").columns
    assert reached(store) == (0, 0)
    assert run("station_map", month=OCTOBER, store=store.root)["longitude"].to_list() == [HERE[0]]
    publish(store, OCTOBER, {"stations": stations(HERE)}, profile, reason="更正", who="测")
    assert reached(store) == (0, 0)
    publish(store, OCTOBER, {"enterprises": firms([HERE])}, profile, reason="补坐标", who="测")
    assert reached(store) == (1, 1)


def test_the_radius_is_the_profiles(tmp_path: Path, profile: Profile) -> None:
    text = profile.settings_text.replace("reach_metres = 800", "reach_metres = 2500")
    rides = Profile(profile.frames, {**profile.settings, "reach_metres": 2500}, text, profile.name)
    store = Store(tmp_path)
    tables = {"enterprises": firms([moved(HERE, 1, 2400)]), "stations": stations(HERE)}
    publish(store, OCTOBER, tables, rides, reason="试验", who="测试")
    assert reached(store) == (1, 1)
    assert run("reach_by_township", month=OCTOBER, store=store.root)["reach_metres"].unique().to_list() == [
        2500
    ]
