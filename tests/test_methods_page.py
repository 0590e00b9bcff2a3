"""口径说明: every definition can be found and opened by a link, and says truly on which pages it is shown."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.methods import matches
from pages.shared.methods.shown import RECORD, can_be_chosen, shown_on
from queries import INDICATORS
from tests import shown

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shown.county(tmp_path_factory.mktemp("county"))


def test_the_record_says_what_the_pages_draw(county: Path) -> None:
    found = shown.drawn(county)
    told = RECORD.read_text("utf-8")
    assert told == shown.written(found), "pages draw other indicators now: run `python -m tests.shown`"
    for slug in (slug for slug in shown.RULED if slug in found):
        assert found[slug], slug
        assert all(can_be_chosen(slug, INDICATORS[indicator]) for indicator in found[slug]), slug


def test_an_indicator_names_its_pages() -> None:
    assert shown_on(INDICATORS["org_cov_total"])[:2] == ("meeting", "coverage")
    assert shown_on(INDICATORS["on_time"])[-2:] == ("care", "townships")
    assert "townships" not in shown_on(INDICATORS["km_median"])


def opened(county: Path, monkeypatch: pytest.MonkeyPatch, **url: str) -> AppTest:
    monkeypatch.setenv("NUANXIN_STORE", str(county))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.session_state["frame.wanted"] = ("methods", url)
    app.query_params.update(url)
    app.run()
    assert not app.exception
    return app


def test_a_link_opens_an_indicator_with_its_versions_and_published_figure(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(county, monkeypatch, indicator="floating_in")
    told = app.table[0].value
    rows = dict(zip(told.iloc[:, 0], told.iloc[:, 1], strict=True))
    assert "没有规定几个月" in rows["2024年10月及以前"]
    assert "2024年11月起" in rows
    app = opened(county, monkeypatch, indicator="workers")
    told = app.table[0].value
    rows = dict(zip(told.iloc[:, 0], told.iloc[:, 1], strict=True))
    assert rows["全区10月"] == "2712人"
    assert rows["公开数据"].startswith("2712人（《党建推动")
    (settings,) = (t.value for t in app.table if "统计截止日" in t.value.iloc[:, 0].to_list())
    set_to = dict(zip(settings.iloc[:, 0], settings.iloc[:, 1], strict=True))
    assert "序时进度" in set_to["目标状态"]
    assert not app.warning


def test_search_looks_into_names_and_definitions_of_both_languages() -> None:
    found = [name for name, about in INDICATORS.items() if matches(about, "Wilson 没有")]
    assert found == []
    assert matches(INDICATORS["org_cov_total"], "组织覆盖")
    assert matches(INDICATORS["org_cov_total"], "ORG cov_total")
    assert not matches(INDICATORS["org_cov_total"], "培训")
