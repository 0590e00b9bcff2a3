"""Each page in each state, through dashboard.py, on real snapshots."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data import Store, sample
from data.profile import load_profile
from data.publish import publish
from data.sampling.faults import without
from pages import PAGES
from pages.shared.filters import Filters
from pages.shared.reports import Page
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
SLUGS = [page.slug for page in PAGES if isinstance(page, Page)]
LAST = date(2026, 10, 1)
LATE = "990101200"
CHARTED = ["meeting", "coverage", "members", "stations", "grievances"]
_EVER = load_profile(sample.PROFILES / "demo").frames["townships"]
TOWNSHIPS = sorted(_EVER.filter(_EVER["valid_to"].is_null())["township_code"])
# The smallest township on every page, each other one on one of them, the languages by turns.
ALONE = [(slug, LATE, ("zh", "en")[i % 2]) for i, slug in enumerate(SLUGS)]
ALONE += [
    (CHARTED[i % len(CHARTED)], code, ("zh", "en")[i % 3 == 0])
    for i, code in enumerate(code for code in TOWNSHIPS if code != LATE)
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture(scope="module")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a single month."""
    return sampled(tmp_path_factory, 1)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory, county: Path) -> Path:
    """A store whose only month lacks all ledgers of 石门回族乡, the task list and the grievances."""
    full = Store(county)
    head = full.head()
    profile = load_profile(sample.PROFILES / "demo")
    tables = ("enterprises", "figures", "stations", "station_services", "targets")
    frames = without({name: full.read(head, LAST, name) for name in tables}, LATE)
    folder = tmp_path_factory.mktemp("late")
    publish(Store(folder), LAST, frames, profile, reason="test", who="test")
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """Open a page of a store as a viewer who follows a link."""

    class Opened:
        @staticmethod
        def at(store: Path, slug: str, **url: str | list[str]) -> AppTest:
            monkeypatch.setenv("NUANXIN_STORE", str(store))
            app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
            app.session_state["frame.wanted"] = (slug, url)
            for key, value in url.items():
                app.query_params[key] = value
            return app.run()

    return Opened


def figures(app: AppTest) -> list[str]:
    return [chart.proto.spec for chart in app.get("plotly_chart")]


def words(app: AppTest) -> str:
    """Everything a viewer reads on the page, except inside charts."""
    kinds = (app.title, app.header, app.markdown, app.warning, app.info, app.error)
    return "\n".join(element.value for kind in kinds for element in kind)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_shows_its_month_revision_and_commit(opened, county, slug):
    app = opened.at(county, slug)
    assert not app.exception
    assert not app.error
    footer = app.markdown[-1].value
    assert "2026年10月快照" in footer
    assert "截至2026年10月31日" in footer
    assert "发布号" in footer
    assert "演示数据" in footer


@pytest.mark.parametrize("slug", CHARTED)
def test_a_page_charts_its_figures_and_says_each_in_words(opened, county, slug):
    app = opened.at(county, slug)
    charts = app.get("plotly_chart")
    assert charts
    assert all(chart.proto.alt for chart in charts)
    assert len(app.header) == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_english_leaves_no_chinese_but_names(opened, county, slug):
    app = opened.at(county, slug, lang="en")
    assert not app.exception
    assert not app.error
    labels = [metric.label for metric in app.metric] + [element.value for element in app.title]
    assert not [label for label in labels if any("\u4e00" <= letter <= "\u9fff" for letter in label)]


@pytest.mark.parametrize(("slug", "code", "lang"), ALONE)
def test_a_township_alone_opens_without_error(opened, county, slug, code, lang):
    app = opened.at(county, slug, townships=code, lang=lang)
    assert not app.exception
    assert not app.error
    assert app.session_state["townships"] == [code]


@pytest.mark.parametrize("committee", ["C01", "C02", "C03"])
def test_a_township_without_grievances_says_so(opened, county, committee):
    app = opened.at(county, "grievances", townships=LATE, committees=committee)
    assert not app.exception
    assert "石门回族乡10月没有诉求" in words(app)
    assert app.button


@pytest.mark.parametrize("slug", CHARTED)
def test_a_single_month_has_no_change_and_no_error(opened, one_month, slug):
    app = opened.at(one_month, slug)
    assert not app.exception
    assert not app.error
    assert all(not metric.delta for metric in app.metric)


@pytest.mark.parametrize("slug", ["meeting", "coverage", "members", "stations"])
def test_a_late_township_is_named_and_left_out(opened, late, slug):
    app = opened.at(late, slug)
    assert not app.exception
    assert not app.error
    assert ["石门回族乡" in element.value for element in app.warning] == [True]
    assert "8个镇街已报7个" in words(app)
    assert any("未报" in spec for spec in figures(app))


def test_totals_of_different_townships_are_not_compared(opened, late, tmp_path):
    """A township that is late must not look like members lost: no change, nobody named as having fewer."""
    store = tmp_path / "gap"
    sample.build(Store(store), profile="demo", last=LAST, months=2, seed=7)
    newest = Store(late)
    head = newest.head()
    frames = {name: newest.read(head, LAST, name) for name in ("enterprises", "figures", "station_services")}
    publish(Store(store), LAST, frames, load_profile(sample.PROFILES / "demo"), reason="test", who="test")
    members = opened.at(store, "members")
    assert {metric.delta for metric in members.metric} == {"报送不同，不比较"}
    assert "净减" not in words(members)
    meeting = opened.at(store, "meeting")
    assert "比上月净减" not in words(meeting)
    assert [metric.delta for metric in meeting.metric][:4] == ["报送不同，不比较"] * 4


def test_what_was_never_published_is_unreported_and_not_zero(opened, late):
    closure = opened.at(late, "grievances")
    assert "未报" in words(closure)
    assert not closure.metric
    meeting = opened.at(late, "meeting")
    assert [metric.value for metric in meeting.metric if metric.label == "按时办结率"] == ["未报"]
    assert "任务清单未报" in words(meeting)


def test_a_filter_that_gives_nothing_offers_to_undo_itself(opened, county):
    app = opened.at(county, "coverage", townships="990101200", committees="C02", denominator="above_scale")
    (button,) = app.button
    app = button.click().run()
    assert app.session_state["committees"] == []


def test_a_committee_without_figures_is_named_though_the_report_came(opened, county, tmp_path):
    full = Store(county)
    figures = full.read(full.head(), LAST, "figures").filter(pl.col("committee_id") == "C01")
    profile = load_profile(sample.PROFILES / "demo")
    publish(Store(tmp_path), LAST, {"figures": figures}, profile, reason="test", who="test")
    told = words(opened.at(tmp_path, "members", committees="C02"))
    name = profile.frames["committees"].filter(pl.col("committee_id") == "C02")["short_name"].item()
    assert f"10月全区没有收到{name}的人员与党员数" in told
    assert "统计表" not in told


def asked():
    import streamlit as st

    from pages.shared.present import address, pinned

    commit, vain = pinned.pin()
    st.text(f"{commit.number} {len(vain)} {address.screen() == address.Screen()}")


def test_a_presentation_takes_an_endless_number_for_none(county, monkeypatch):
    monkeypatch.setenv("NUANXIN_STORE", str(county))
    endless = "1" * 5000  # more digits than Python reads
    for screen in (endless, f"{endless}x{endless}"):
        app = AppTest.from_function(asked)
        app.query_params["commit"], app.query_params["screen"] = endless, screen
        app.run()
        assert not app.exception
        assert app.text[0].value == f"{Store(county).head().number} 5000 True"


@pytest.mark.parametrize("slug", CHARTED)
def test_every_chart_changes_with_the_township(opened, county, slug):
    code = "990101003"
    whole, one = (figures(opened.at(county, slug, **url)) for url in ({}, {"townships": code}))
    assert whole
    assert not set(whole) & set(one)


def test_a_link_shows_its_receiver_the_same_choice(opened, county):
    app = opened.at(
        county, "coverage", month="2026-09", townships=["990101001", "990101100"], denominator="eligible"
    )
    assert app.session_state["month"] == "2026-09"
    assert app.session_state["townships"] == ["990101001", "990101100"]
    assert app.session_state["denominator"] == "eligible"
    assert "截至2026年9月30日" in words(app)
    assert app.query_params["townships"] == ["990101001", "990101100"]


@pytest.mark.parametrize(
    "url",
    [{"month": "2031-01"}, {"townships": "'; drop table x"}, {"committees": "C99"}, {"denominator": "../.."}],
)
def test_an_unknown_value_in_a_link_falls_back_and_says_so(opened, county, url):
    app = opened.at(county, "coverage", **url)
    assert not app.exception
    assert not app.error
    assert len(app.info) == 1
    assert str(*url.values()) not in words(app)


def test_the_url_of_a_choice_is_short_and_complete():
    assert Filters(LAST).to_url() == {"month": "2026-10"}
    chosen = Filters(LAST, ("1",), ("C01",), "eligible", "en")
    assert chosen.to_url() == {
        "month": "2026-10",
        "townships": ["1"],
        "committees": ["C01"],
        "denominator": "eligible",
        "lang": "en",
    }


def test_an_empty_store_says_how_to_fill_it(opened, tmp_path):
    app = opened.at(tmp_path / "none", "meeting")
    assert not app.exception
    assert app.title[0].value == "还没有数据"
    assert any("python -m data sample" in code.value for code in app.code)


def test_a_broken_commit_shows_the_last_good_one_and_says_so(opened, county, tmp_path):
    store = tmp_path / "broken"
    shutil.copytree(county, store)
    newest = max((store / "commits").glob("*.json"))
    newest.write_bytes(newest.read_bytes()[:-20])
    app = opened.at(store, "coverage")
    assert not app.exception
    assert len(app.error) == 1
    assert newest.stem.lstrip("0") in app.error[0].value
    assert app.header


def test_a_changed_file_is_named_and_nothing_of_it_is_shown(opened, county, tmp_path):
    store = tmp_path / "changed"
    shutil.copytree(county, store)
    cube = next((store / "snapshots" / "2026-10").glob("*/cubes/coverage.parquet"))
    content = bytearray(cube.read_bytes())
    content[len(content) // 2] ^= 1
    cube.write_bytes(content)
    app = opened.at(store, "coverage")
    assert not app.exception
    assert len(app.error) == 1
    assert "coverage.parquet" in app.error[0].value
    assert not app.metric
    assert not figures(app)
