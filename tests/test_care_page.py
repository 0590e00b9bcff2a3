"""The page care: any indicator that was sent, by link and by hand; what was not sent is said, never drawn."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.annotations import published_text
from pages.shared.care.quantity import Quantity
from pages.shared.i18n import Text
from queries import INDICATORS
from tests.stores import sampled
from tests.test_pages import ROOT, figures, words

ZH = Text("zh")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with eight months of the demonstration county: enough for courses."""
    return sampled(tmp_path_factory, 8)


def opened(monkeypatch: pytest.MonkeyPatch, store: Path, **url: str | list[str]) -> AppTest:
    monkeypatch.setenv("NUANXIN_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.session_state["frame.wanted"] = ("care", url)
    for key, value in url.items():
        app.query_params[key] = value
    return app.run()


def row(value: float | None, qualifier: str | None = None, **parts: float | None) -> dict[str, object]:
    return {"value": value, "qualifier": qualifier, "numerator": value, "denominator": None, **parts}


@pytest.mark.parametrize(
    ("indicator", "given", "expected"),
    [
        ("training_pt", row(1500, "余"), "1500余人次"),
        ("training_pt", row(1968, "余"), "≥1968人次"),
        ("training_pt", row(80, "约"), "约80人次"),
        ("training_pt", row(0), "0人次"),
        ("training_pt", row(None), "未报"),
        ("org_cov_total", row(0.85, numerator=250, denominator=294), "85.0%"),
        ("org_cov_total", row(0.9999, numerator=9999, denominator=10000), "99.9%"),
        ("org_cov_total", row(None, numerator=0, denominator=0), "—"),
        ("points_rate", row(0.845, "以上", numerator=845, denominator=1000), "≥84.5%"),
        ("close_time", row(6.5), "6.5天"),
        ("per_station", row(66.9355, numerator=8300, denominator=124), "66.9人次/处"),
    ],
)
def test_a_value_keeps_its_unit_and_what_was_said_of_it(indicator, given, expected):
    assert Quantity(INDICATORS[indicator], ZH).value(given) == expected


def test_a_link_opens_an_indicator_with_its_townships_and_courses(monkeypatch, county):
    app = opened(monkeypatch, county, indicator="training_pt")
    assert not app.exception
    assert app.header[0].value.startswith("全区培训人次1500余人次，比上月")
    assert app.query_params.get("indicator") == "training_pt"
    specs = [json.loads(spec) for spec in figures(app)]
    assert len(specs) == 2 + 8
    assert len({tuple(spec["layout"]["yaxis"]["range"]) for spec in specs[2:]}) == 1
    assert "个镇街未达标" in words(app)
    assert [metric.label for metric in app.metric][:2] == ["培训人次", "关爱活动受益人数"]


def test_a_group_shows_its_first_indicator_and_the_list_any_of_them(monkeypatch, county):
    app = opened(monkeypatch, county)
    (group,) = (one for one in app.get("button_group") if one.key == "care.group")
    group.set_value("governance").run()
    assert app.selectbox(key="care.indicator.pick").value == "hazards"
    app.selectbox(key="care.indicator.pick").set_value("points_rate").run()
    assert not app.exception
    assert app.query_params.get("indicator") == "points_rate"
    assert "积分兑换率" in app.header[0].value
    assert {"training_pt", "wishes"}.isdisjoint(app.selectbox(key="care.indicator.pick").options)


def test_what_was_never_sent_is_said_with_its_ledger_and_not_drawn(monkeypatch, county):
    app = opened(monkeypatch, county, indicator="wishes")
    assert app.header[0].value == "全区微心愿实现未报送。"
    assert "未报送" in words(app)
    assert "数字上报" in words(app)
    assert figures(app) == []
    assert "wishes" not in app.selectbox(key="care.indicator.pick").options
    unknown = opened(monkeypatch, county, indicator="no_such_figure")
    assert "链接里的指标不认识" in unknown.info[0].value
    assert "培训人次" in unknown.header[0].value


def test_a_rate_says_who_differs_beyond_chance(monkeypatch, county):
    app = opened(monkeypatch, county, indicator="org_cov_total")
    assert "8个镇街的差别都没有超出偶然" in words(app)
    assert len(figures(app)) == 2 + 1 + 1 + 8


def test_filters_that_an_indicator_has_no_grain_for_are_told(monkeypatch, county):
    app = opened(monkeypatch, county, indicator="stations", committees=["C02"])
    assert not app.exception
    assert not app.error
    assert "不分行业" in app.info[0].value
    county_only = opened(monkeypatch, county, indicator="care_reach", lang="en")
    assert "reported for the county only" in words(county_only)
    assert len(figures(county_only)) == 1


def test_a_published_figure_keeps_its_qualifier_and_its_unit():
    def published(value: float, unit: str, qualifier: str | None = None) -> str:
        return published_text({"value": value, "qualifier": qualifier, "unit": unit}, ZH)

    assert published(346, "名") == "346名"
    assert published(3000, "人", "余") == "3000余人"
    assert published(8196, "户", "约") == "约8196户"
    assert published(1000, "个", "近") == "近1000个"
    assert published(85, "%") == "85%"
