"""Ten minutes on foot: coordinates in ledgers and old stores, and distances against the great circle."""

from __future__ import annotations

import math
import random
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from data import Store, cubes
from data.contract import check
from data.profile import Profile, load_profile
from data.publish import publish
from data.sample import PROFILES
from data.tables import TABLES
from pages.shared.charts import Figure, Look
from pages.shared.charts.base import PHONE, Part
from pages.shared.charts.ground import CARD, Place, Words, ground_of
from pages.shared.charts.labels import box_at
from pages.shared.charts.map_words import SPOTS
from pages.shared.charts.station_map import Atlas, Firm, Site, Stop, station_map
from pages.shared.i18n import Text
from pages.shared.stations.shares import share_text, subject
from pages.shared.theme import LIGHT
from queries import run
from tests import figures
from tests.oracle_reach import EARTH, metres
from tests.stores import OCTOBER

HERE = (120.55, 31.87)
TOWNSHIP = "320582100"
LOOK = Look(LIGHT, Text("zh"))


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
    whole = {"enterprises": firms([HERE]), **profile.frames}
    assert check({**whole, "enterprises": bare}, OCTOBER) == check(whole, OCTOBER)
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


# the map


def circles(figure: Figure) -> list[Part]:
    return [shape for shape in figure["layout"]["shapes"] if shape["type"] == "circle"]


def test_a_map_has_one_scale_in_both_directions_and_circles_of_the_radius() -> None:
    east, north = (moved(HERE, bearing, 10_000) for bearing in (math.pi / 2, 0))
    stops = [Stop(Place(*place), ["驿站"]) for place in (HERE, east, north)]
    drawn = station_map(Atlas(stops, [], [], {}, 800), LOOK, measure="m", told=[], idle="零服务")
    axes = drawn["layout"]["xaxis"], drawn["layout"]["yaxis"]
    assert (axes[1]["scaleanchor"], axes[1]["scaleratio"]) == ("x", 1)
    dots = next(trace for trace in drawn["data"] if len(trace["x"]) == 3)
    (x, y), (x_east, y_east), (x_north, y_north) = zip(dots["x"], dots["y"], strict=True)
    assert math.dist((x, y), (x_east, y_east)) == pytest.approx(10, rel=2e-3)
    assert math.dist((x, y), (x_north, y_north)) == pytest.approx(10, rel=2e-3)
    assert all(one["x1"] - one["x0"] == pytest.approx(1.6) for one in circles(drawn))
    ranges = [axis["range"] for axis in axes]
    assert all(
        low < one[f"{at}0"] and one[f"{at}1"] < high
        for one in circles(drawn)
        for at, (low, high) in zip("xy", ranges, strict=True)
    )


def test_an_enterprise_is_a_nameless_dot_and_an_idle_station_a_shape_and_a_word() -> None:
    atlas = Atlas(
        [Stop(Place(*HERE), ["一号"]), Stop(Place(*moved(HERE, 1, 3000)), ["二号"], is_idle=True)],
        [Firm(Place(*HERE), True), Firm(Place(*moved(HERE, 2, 3000)), False)],
        [Site(Place(*moved(HERE, 2, 3000)), ["建议"])],
        {"杨舍镇": Place(*HERE)},
        800,
    )
    near, far, used, idle, site = station_map(atlas, LOOK, measure="m", told=["甲 1/2"], idle="零服务")[
        "data"
    ]
    assert near["hoverinfo"] == far["hoverinfo"] == "skip"
    assert not {"text", "hovertext"} & {*near, *far}
    assert near["marker"]["color"] != far["marker"]["color"]
    assert (used["hovertext"], idle["hovertext"]) == (["一号"], ["二号"])
    assert idle["marker"]["symbol"] == "diamond"
    assert site["text"] == ["<b>1</b>"]
    words = [
        note["text"]
        for note in station_map(atlas, LOOK, measure="m", told=[], idle="零服务")["layout"]["annotations"]
    ]
    assert words == ["零服务", "<b>杨舍镇</b>", "1公里"]


def test_words_on_a_map_stand_apart_and_a_name_without_room_is_left_to_the_table() -> None:
    crowded = figures._map(LOOK, figures.ATLASES["crowded"])
    ground = ground_of([figures.around(number) for number in range(1, 30)], 2.8)
    names = [note for note in crowded["layout"]["annotations"] if note["text"].startswith("<b>")]
    assert 4 < len(names) < 10
    for width in (PHONE, CARD):
        scale = ground.px_a_km(width)
        boxes = [
            box_at(
                note["text"][3:-4],
                14,
                (note["x"] * scale, note["y"] * scale),
                ("center", "middle"),
                (note["xshift"], note["yshift"]),
            )
            for note in names
        ]
        assert all(max(-box.left, box.right) <= width / 2 for box in boxes), "inside the figure"
        assert not any(one.hits(other) for at, one in enumerate(boxes) for other in boxes[:at])


@pytest.mark.parametrize(
    ("part", "whole", "chinese", "english"),
    [
        (81, 100, "八成一", "81%"),
        (80, 100, "八成", "80%"),
        (999, 1000, "九成九", "99%"),
        (1, 1000, "0.1%", "0.1%"),
        (1000, 1000, "全部", "All"),
        (0, 1000, "0%", "0%"),
        (7, 12, "7家", "7"),
    ],
)
def test_a_share_is_told_in_tenths_and_never_made_whole(
    part: int, whole: int, chinese: str, english: str
) -> None:
    assert share_text(part, whole, Text("zh")) == chinese
    assert share_text(part, whole, Text("en")) == english


def test_a_title_speaks_of_a_share_of_all_of_none_or_of_a_few() -> None:
    told = [subject(part, whole, Text("zh")) for part, whole in ((86, 100), (50, 50), (0, 50), (7, 12))]
    assert told == ["八成六的企业", "有坐标的企业都", "没有企业", "12家企业里7家"]


def test_a_name_at_the_edge_goes_inwards() -> None:
    west, east = Place(120.0, 31.8), Place(120.4, 31.9)
    words = Words(ground_of([west, east], 1.1))
    aside = [words.put("农业园区", 14, place, SPOTS) for place in (west, east)]
    assert aside[0] is not None
    assert aside[1] is not None
    assert aside[0][0] > 0 > aside[1][0]
