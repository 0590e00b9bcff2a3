"""Files of charts: what leaves through any menu tells nobody's exact count, and a picture stands alone."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

import queries
from pages import PAGES
from pages.shared import cards, saving
from pages.shared.charts import Count, Look, Point, alt_text, count_bars, marked, trend_line
from pages.shared.charts.labels import px
from pages.shared.charts.panels import Panel, small_multiples
from pages.shared.export.csv import folded, to_csv
from pages.shared.export.picture import EDGE, SAID, TOP, WIDTH, download_config, picture
from pages.shared.i18n import Text
from pages.shared.reports import Page
from pages.shared.theme import LIGHT
from pages.shared.view import Source, View
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
ZH = Text("zh")
LOOK = Look(LIGHT, ZH)
LAST = date(2026, 10, 1)
K = 5
SMALLEST = "990101200"
# Pages that tell of persons, by link.
PERSONS = (
    ("members", {"townships": SMALLEST}),
    ("care", {"indicator": "members"}),
    ("care", {"indicator": "member_share"}),
    ("townships", {"townships": SMALLEST}),
)
PEOPLE = {about.name("zh") for about in queries.INDICATORS.values() if about.counts_persons}
CHECKED = {slug for slug, _ in PERSONS}
Saved = tuple[View, Source | saving.Sheet]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with eight months of the demonstration county."""
    return sampled(tmp_path_factory, 8)


@pytest.fixture
def saved(county: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Saved]]:
    """Open a page; what each of its charts hands to its menus."""
    seen: list[Saved] = []
    explain = cards.explain

    def noted(view: View, shown: Source | saving.Sheet) -> None:
        seen.append((view, shown))
        explain(view, shown)

    def opened(slug: str, url: dict[str, str | list[str]]) -> list[Saved]:
        seen.clear()
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state["frame.wanted"] = (slug, url)
        for key, value in url.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        assert not app.error
        return list(seen)

    monkeypatch.setenv("NUANXIN_STORE", str(county))
    monkeypatch.setattr(cards, "explain", noted)
    return opened


def source_of(shown: Source | saving.Sheet) -> Source:
    return shown.source if isinstance(shown, saving.Sheet) else shown


def written(view: View, frame: pl.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(frame, {}, view.text).decode("utf-8-sig"))))


def check(view: View, source: Source) -> set[str]:
    """Check each cell of a file against its mark and the exact number; return the marks that were met."""
    frame, met = saving.shared(view, source).frame, set()
    names = [name for name in frame.columns if f"{name}_mark" in frame.columns]
    label = {name: view.t(f"columns.{name}") for name in names}
    is_split = bool(view.filters.townships) or not {"township_code", "committee_id"}.isdisjoint(frame.columns)
    other = frame.get_column("townships_indicator", default=None)
    for at, row in enumerate(written(view, frame)):
        counts_persons = other is None or other[at] in PEOPLE
        for name in names:
            mark, exact = (
                frame[f"{name}_mark"][at],
                source.frame[name][at] if name in source.frame.columns else None,
            )
            cell = row[label[name]]
            if mark:
                assert cell == mark or cell.startswith(mark), (source.name, name, cell)
                met.add(mark)
            elif is_split and counts_persons and isinstance(exact, float | int) and float(exact).is_integer():
                assert not cell or not 1 <= exact <= K, (source.name, name, cell)
    return met


@pytest.mark.parametrize(("slug", "url"), PERSONS)
def test_no_file_of_persons_tells_a_small_count(saved, slug: str, url: dict[str, str]) -> None:
    found = [one for one in saved(slug, url) if source_of(one[1]).again]
    assert set().union(*(check(view, source_of(shown)) for view, shown in found)) >= {"≤5", "约"}
    for view, shown in found:
        if isinstance(shown, saving.Sheet) and shown.again:
            drawn = shown.again(saving.protected(view))
            if drawn:
                told = alt_text(saving.composed(saving.protected(view), drawn))
                assert told != alt_text(saving.composed(view, shown)) or not check(view, shown.source)


def test_whatever_counts_persons_is_made_again_or_internal(saved, county: Path) -> None:
    loose = []
    for page in PAGES:
        if not isinstance(page, Page) or page.slug in CHECKED:
            continue
        for _, shown in saved(page.slug, {}):
            source = source_of(shown)
            if source.again or source.internal or not source.indicators:
                continue
            asked = queries.QUERIES[source.query].parameters
            extra = {"indicator": source.indicators[0]} if "indicator" in asked else {}
            frame = queries.run(source.query, month=LAST, store=county, audience="protected", **extra)
            marked_ones = [name for name in frame.columns if name.endswith("_mark")]
            if any(not frame[name].is_null().all() for name in marked_ones):
                loose.append(source.name)
    assert loose == []


def test_a_number_among_marks_is_told_with_its_mark() -> None:
    frame = pl.DataFrame(
        {
            "township": ["a", "b", "c", "d", "e"],
            "members": [None, 15, 0, None, None],
            "members_mark": ["≤5", "约", None, "※", None],
            "member_share": [None, 0.0567, 0.0, None, None],
            "member_share_mark": ["※", "约", None, "※", None],
            "workers": [44, 250, 3, 9, None],
            "workers_mark": pl.Series([None] * 5, dtype=pl.String),
        }
    )
    told = folded(frame, ZH)
    assert told.columns == ["township", "members", "member_share", "workers"]
    assert told["members"].to_list() == ["≤5", "约15", "0", "※", None]
    assert told["member_share"].to_list() == ["※", "约5.7%", "0", "※", None]
    assert told["workers"].to_list() == [44, 250, 3, 9, None]


def test_marks_are_drawn_and_never_called_missing() -> None:
    bars = [
        marked("甲镇", None, "≤10", "≤10"),
        marked("乙镇", 15, "约", "约15名"),
        marked("丙镇", None, "※", "※"),
        marked("丁镇", None, None, ""),
        marked("戊镇", 0, None, ""),
    ]
    figure = count_bars(bars, LOOK, measure="党员", classifier="名")
    assert figure["data"][0]["x"] == [10.0, 15, 0.0, None, 0]
    assert figure["data"][0]["marker"]["color"][0] == LIGHT.calm
    assert len(figure["layout"]["shapes"]) == 1
    assert alt_text(figure) == "党员：甲镇，≤10；乙镇，约15名；丙镇，※；丁镇，未报；戊镇，0名。"
    months = [date(2026, month, 1) for month in (8, 9, 10)]
    masked = [
        Point(months[0], 15, words="约15名"),
        Point(months[1], None, words="≤5"),
        Point(months[2], None, words="≤5"),
    ]
    line = trend_line(masked, LOOK, measure="党员", unit="count", classifier="名")
    assert "未报" not in json.dumps(line, ensure_ascii=False, default=str)
    assert "≤5" in json.dumps(line["layout"]["annotations"], ensure_ascii=False)


TITLES = ("一句话", "很长的结论" * 14, "A conclusion of many words " * 8)


@pytest.mark.parametrize("title", TITLES)
def test_a_picture_holds_its_words_above_and_below_the_chart(title: str) -> None:
    given = count_bars([Count("石门回族乡", 40)], LOOK, measure="m", classifier="名")
    before = json.dumps(given, default=str)
    footer = ["说明" * 60, "截至2026年10月31日，第3次修订", "来源：暖新看板，演示数据"]
    whole = picture([given], LOOK, title=title, subtitle="副题" * 50, footer=footer)
    assert json.dumps(given, default=str) == before
    layout, own = whole["layout"], len(given["layout"]["annotations"])
    margin, (head, sub, foot) = layout["margin"], layout["annotations"][own:]
    boxes = []
    for part in (head, sub, foot):
        lines, size = part["text"].replace("<b>", "").replace("</b>", "").split("<br>"), part["font"]["size"]
        assert max(px(line, size) for line in lines) <= WIDTH - 2 * EDGE
        assert margin["l"] + part["xshift"] == EDGE
        top = margin["t"] - part["yshift"] if part["y"] else layout["height"] - margin["b"] - part["yshift"]
        boxes.append((top, top + len(lines) * size * 1.3))
    assert boxes[0][0] >= TOP
    assert boxes[0][1] <= boxes[1][0] + 0.1
    assert boxes[1][1] <= margin["t"] - given["layout"]["margin"]["t"]
    assert boxes[2][0] >= layout["height"] - margin["b"] + given["layout"]["margin"]["b"]
    assert boxes[2][1] <= layout["height"] - EDGE + 1
    assert layout["paper_bgcolor"] == LIGHT.bg


def test_small_multiples_make_one_picture() -> None:
    months = [date(2026, month, 1) for month in range(1, 11)]
    panels = [Panel(f"第{i}镇", [0.5 + i / 100] * 10, "good") for i in range(7)]
    figures = small_multiples(panels, LOOK, months=months, measure="覆盖率", target=0.85)
    whole = picture(figures, LOOK, title="题", subtitle="副题", footer=["脚注"])
    layout = whole["layout"]
    axes = {name: axis["domain"] for name, axis in layout.items() if name.startswith("xaxis")}
    assert len(axes) == len(figures) == len({(t["xaxis"], t["yaxis"]) for t in whole["data"]})
    assert all(0 <= low < high <= 1 for low, high in axes.values())
    named = [part for part in layout["annotations"] if "镇" in part["text"]]
    assert len({(part["x"], part["y"]) for part in named}) == len(figures)
    assert all(0 <= part["y"] <= 1.0001 for part in named)
    assert len({(shape["xref"], shape["yref"]) for shape in layout["shapes"]}) == len(figures)


def test_one_button_saves_a_picture_under_its_name() -> None:
    whole = picture(
        [count_bars([Count("甲", 1)], LOOK, measure="m")], LOOK, title="题", subtitle="", footer=[]
    )
    config = download_config(whole, "2026-10_党员_镇街", ZH)
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"]["filename"] == "2026-10_党员_镇街"
    assert config["toImageButtonOptions"]["width"] == WIDTH
    assert set(config["locales"]["zh"]["dictionary"].values()) == {ZH(key) for key in SAID.values()}
