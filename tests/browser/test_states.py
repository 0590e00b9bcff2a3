"""What is not a number: late reports, filters that give nothing, an empty store, a broken one."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import controls, probes
from tests.browser.server import Server
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# 石门回族乡 never reported March.
LATE, LATE_TOWNSHIP = "month=2026-03", "990101200"


def test_a_late_township_is_drawn_and_named_and_choosing_it_can_be_undone(viewer: Viewer) -> None:
    page = viewer.open(f"/coverage?{LATE}")
    expect(page.get_by_text("○ 石门回族乡未报")).to_be_visible()
    warning = page.get_by_test_id("stAlert")
    expect(warning).to_have_count(1)
    expect(warning).to_contain_text("石门回族乡3月企业台账未报")
    expect(warning).to_contain_text("不沿用上月")
    chart = page.locator(".st-key-coverage_township_organised .js-plotly-plot")
    expect(chart).to_contain_text("○ 未报")
    expect(chart.locator(".shapelayer path[style*=dasharray]")).to_have_count(1)
    # Not reported is never a nought, nor a rate of one.
    drawn = "|".join(page.evaluate(probes.PICTURES).values())
    assert not re.search(r"(^|\|)(0\.0%|0/0家|0家)(\||$)", drawn)
    controls.choose_township(page, "石门回族乡")
    expect(page.get_by_text("石门回族乡企业台账未报")).to_be_visible()
    viewer.settle(page)
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(0)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    undo = page.get_by_role("button", name="清除镇街筛选")
    expect(undo).to_have_count(1)
    undo.click()
    expect(page).to_have_url(re.compile(f"/coverage\\?{LATE}$"))
    viewer.settle(page)
    assert "|".join(page.evaluate(probes.PICTURES).values()) == drawn
    expect(undo).to_have_count(0)


def test_an_empty_store_says_how_to_fill_it(
    start: Callable[[Path], Server], viewer_of: Callable[..., Viewer], tmp_path: Path
) -> None:
    server = start(tmp_path)
    page = viewer_of(server).open("/grievances")
    expect(page.get_by_role("heading", level=1)).to_have_text("还没有数据")
    expect(page.get_by_test_id("stCode").first).to_contain_text("python -m data sample")
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    assert not server.trouble()


def test_a_broken_commit_names_the_good_one_that_is_shown(
    start: Callable[[Path], Server], broken: Path, viewer_of: Callable[..., Viewer]
) -> None:
    server = start(broken)
    page = viewer_of(server).open("/coverage")
    banner = page.get_by_test_id("stAlert")
    expect(banner).to_have_count(1)
    expect(banner).to_contain_text("最新一次发布读不出来")
    expect(banner).to_contain_text("发布号1）")
    expect(page.get_by_text("截至2026年9月30日").first).to_be_visible()
    # A single month is left: its figures stand, and no change is made up.
    expect(page.get_by_test_id("stMetricValue").first).to_contain_text("%")
    expect(page.get_by_test_id("stMetricDelta")).to_have_count(0)
    assert not server.trouble()
