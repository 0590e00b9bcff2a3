"""镇街画像: what is compared with what, who is ranked, and the page for one, several and no township."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import Store, sample
from data.profile import load_profile
from data.publish import publish
from data.sampling.faults import without
from pages.shared.care.quantity import Quantity
from pages.shared.charts import Look
from pages.shared.charts.heat import Shade, heat_table
from pages.shared.charts.labels import px
from pages.shared.charts.spine import SpineHeads, SpineRow, spine_chart
from pages.shared.i18n import Text
from pages.shared.theme import LABEL, LIGHT
from pages.shared.townships.entries import Entry
from queries import INDICATORS
from tests.stores import sampled
from tests.test_pages import LAST, LATE, ROOT, figures, words

ZH = Text("zh")
LOOK = Look(LIGHT, ZH)
QINGSHI, WEST, LIUHE = "990101100", "990101002", "990101101"


def entry(
    indicator: str, county: tuple[float, float | None], **rows: tuple[float | None, float | None]
) -> Entry:
    """An indicator whose rows are given as numerator and denominator."""

    def row(parts: tuple[float | None, float | None]) -> dict[str, float | None]:
        above, below = parts
        rate = above / below if above is not None and below else None
        return {"numerator": above, "denominator": below, "value": rate if about.whole else above}

    about = INDICATORS[indicator]
    return Entry(Quantity(about, ZH), row(county), {code: row(parts) for code, parts in rows.items()})


def test_equal_rates_share_a_place_and_few_have_none():
    found = entry("org_cov_total", (62, 80), a=(18, 20), b=(9, 10), c=(8, 9), d=(27, 41), e=(None, None))
    assert {code: (rank.place, rank.tied) for code, rank in found.ranks.items()} == {
        "a": (1, True),
        "b": (1, True),
        "c": (None, False),
        "d": (3, False),
        "e": (None, False),
    }
    assert found.ranked == 3


def test_counts_and_what_is_neither_good_nor_bad_have_no_place():
    assert set(entry("members", (30, None), a=(10, None), b=(20, None)).ranks.values()) == {
        entry("transport_individual_share", (1, 2), a=(30, 50)).ranks["a"]
    }
    assert not entry("members", (30, None), a=(10, None)).is_comparable


def test_less_of_a_rate_is_better_where_it_should_be_low():
    found = entry("reopened_rate", (10, 100), a=(1, 40), b=(9, 60))
    assert found.ranks["a"].place == 1
    assert (found.standing("a"), found.standing("b")) == (1, -1)
    mine, worst, best = found.place("b")
    assert mine == worst < 0 < best
    assert max(abs(worst), best) == 1


def test_what_is_printed_alike_is_neither_better_nor_worse():
    assert entry("org_cov_total", (85034, 100000), a=(85000, 100000)).standing("a") == 0


def test_only_what_chance_does_not_explain_is_solid():
    found = entry("org_cov_total", (246, 300), a=(4, 4), b=(100, 120), c=(98, 120), d=(44, 56))
    assert [found.differs(code) for code in "abcd"] == [False] * 4
    apart = entry("org_cov_total", (246, 300), a=(28, 45), b=(98, 115), c=(64, 75), d=(56, 65))
    assert [found.differs(code) for code in "bcd"] == [False] * 3
    assert apart.differs("a")
    points = entry("points_rate", (500, 1000), a=(100, 500), b=(400, 500))
    assert not points.differs("a"), "points come in heaps: chance says nothing of them"


def test_a_spine_keeps_names_clear_of_its_columns_on_a_phone():
    heads = SpineHeads("本镇街", "全县", "比上年", "排名", "较差", "较好")
    rows = [
        SpineRow("流动党员党支部第一书记配备率", "100.0%", "99.9%", "提高66.7", "并列10/15", 0.5, -1, 1),
        SpineRow("单站月均服务", "8345.9人次/处", "66.9人次/处", "—", "不排名", None, -1, 1, is_missing=True),
        SpineRow("按时办结率", "—", "89.4%", "—", "不排名", None, -1, 1),
    ]
    chart = spine_chart([("甲", rows[:2]), ("乙", rows[2:])], heads, LOOK, measure="对照")
    layout = chart["layout"]
    assert chart["data"][0]["x"] == [0.5]
    assert sum(shape["line"].get("dash") == "3px,3px" for shape in layout["shapes"]) == 1
    room = 326 - layout["margin"]["l"] - layout["margin"]["r"]
    names = [note["text"] for note in layout["annotations"] if note["x"] == 0 and note["yanchor"] == "top"]
    assert max(px(line, LABEL) for name in names if "<b>" not in name for line in name.split("<br>")) <= room


def test_a_heat_table_prints_every_value_and_shades_by_need():
    cells = [[Shade("90.3", 0.0), Shade("—")], [Shade("75.0", 1.0), Shade("100.0", 0.3)]]
    layout = heat_table(["甲镇", "乙镇"], ["组织覆盖", "按时"], cells, LOOK, measure="指标")["layout"]
    assert {"<b>90.3</b>", "—", "<b>75.0</b>", "<b>100.0</b>"} <= {n["text"] for n in layout["annotations"]}
    colours = [shape["fillcolor"] for shape in layout["shapes"]]
    assert colours == [LIGHT.sequential[0], LIGHT.sequential[5], LIGHT.sequential[1]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one month of the demonstration county."""
    return sampled(tmp_path_factory, 1)


def opened(monkeypatch: pytest.MonkeyPatch, store: Path, **url: str | list[str]) -> AppTest:
    monkeypatch.setenv("NUANXIN_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.session_state["frame.wanted"] = ("townships", url)
    for key, value in url.items():
        app.query_params[key] = value
    return app.run()


def test_none_one_several_and_five_townships(monkeypatch, county):
    app = opened(monkeypatch, county)
    (overview,) = (json.loads(spec) for spec in figures(app))
    assert "未达标最多" in app.header[0].value
    assert "石门回族乡" in str(overview["layout"]["yaxis"]["ticktext"])
    (picker,) = (one for one in app.get("button_group") if one.key == "townships.picked")
    picker.set_value([QINGSHI]).run()
    assert not app.exception
    assert app.session_state["townships"] == [QINGSHI]
    assert app.header[0].value.startswith("青石镇")
    assert {"未销号任务", "逾期任务", "超期诉求", "空白点", "应建未建", "零服务驿站"} == {
        metric.label for metric in app.metric
    }
    assert {metric.value for metric in app.metric if metric.label == "零服务驿站"} == {"—"}, (
        "one month is not two"
    )
    spines = figures(app)
    assert len(spines) == 4
    assert any("◆" in spec and "未达标" in spec for spec in spines)
    (picker,) = (one for one in app.get("button_group") if one.key == "townships.picked")
    picker.set_value([LATE, WEST, QINGSHI]).run()
    assert not app.exception
    compared = json.loads(figures(app)[0])["layout"]["annotations"]
    heads = [note["text"] for note in compared if note["yanchor"] == "bottom"]
    assert [head.replace("<br>", "") for head in heads] == [
        "<b>城西街道</b>",
        "<b>青石镇</b>",
        "<b>石门回族乡</b>",
    ]
    five = [*app.session_state["townships"], LIUHE, "990101001"]
    app = opened(monkeypatch, county, townships=five)
    assert not app.exception
    assert "超过四个" in app.header[0].value
    assert len(figures(app)) == 1


def test_a_late_township_is_unreported_and_nobody_ranks_it(monkeypatch, county, tmp_path):
    full, tables = Store(county), ("enterprises", "figures", "stations", "station_services", "targets")
    frames = without({name: full.read(full.head(), LAST, name) for name in tables}, LATE)
    publish(Store(tmp_path), LAST, frames, load_profile(sample.PROFILES / "demo"), reason="test", who="test")
    app = opened(monkeypatch, tmp_path, townships=LATE)
    assert not app.exception
    assert not app.error
    assert ["石门回族乡" in element.value for element in app.warning] == [True]
    assert "没有报送的：企业台账2026年10月" in words(app)
    assert app.header[0].value.startswith("石门回族乡有未报的数字")
    values = {metric.label: metric.value for metric in app.metric}
    assert values["空白点"] == values["未销号任务"] == "未报"
    assert any('"dash":"3px,3px"' in spec for spec in figures(app))


def test_without_a_case_there_is_no_status(monkeypatch, county):
    """A target of a rate of nothing is neither missed nor unreported."""
    app = opened(monkeypatch, county, townships=LATE)
    (spine,) = (json.loads(spec)["layout"] for spec in figures(app) if "按时办结率" in spec)
    (name,) = (note["text"] for note in spine["annotations"] if note["text"].startswith("按时办结率"))
    assert name == "按时办结率"
