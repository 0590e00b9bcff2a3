"""Without a mouse and without eyes: everything is reached by Tab, and each chart is told in words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import probes
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# In this order, whatever else stands between.
WAY = ["联席会议", "两个覆盖", "党员队伍", "暖新驿站", "诉求办结", "更多", "月份", "镇街"]


def test_tab_reaches_navigation_and_filters_and_charts_speak(viewer: Viewer) -> None:
    page = viewer.open("/coverage")
    charts = page.get_by_test_id("stPlotlyChart")
    told = [chart.get_attribute("aria-label") or "" for chart in charts.all()]
    assert {chart.get_attribute("role") for chart in charts.all()} == {"figure"}
    assert min(map(len, told)) > 10
    assert len(set(told)) == len(told)
    assert "青石镇" in told[0]
    met = [""]
    while "筛选" not in met[-1] and len(met) < 30:
        page.keyboard.press("Tab")
        met.append(page.evaluate(probes.FOCUSED))
    assert [name for name in met if name in WAY] == WAY
    # A link on each card title would stand between the filters and the page.
    expect(page.get_by_role("link", name="Link to heading")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="筛选")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="筛选")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    # The list opens on the month after the one shown.
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("month=2026-09"))
    viewer.settle(page)
