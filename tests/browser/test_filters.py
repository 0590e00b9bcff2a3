"""Every chart of every page answers to each filter."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser import controls, probes
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# To and fro between two months so far apart that every figure of the county moved.
STEPS = {"meeting": 4, "coverage": 10, "members": 4, "stations": 10, "grievances": 4}


def answers(viewer: Viewer, page: Page, before: dict[str, str]) -> dict[str, str]:
    """Wait until the page has answered, check that no chart is as before, and return what is drawn now."""
    viewer.settle(page)
    # The charts that did not change are named below.
    with suppress(TimeoutError):
        page.wait_for_function(probes.ALL_CHANGED, arg=before)
    now: dict[str, str] = page.evaluate(probes.PICTURES)
    assert now
    assert not [f"{page.url}: {name}" for name, drawn in now.items() if drawn == before.get(name)]
    return now


def test_every_chart_changes_with_month_and_township(viewer: Viewer) -> None:
    page = viewer.open("/meeting")
    for slug, month in STEPS.items():
        if slug != "meeting":
            controls.go_to(page, slug)
            viewer.settle(page)
        drawn = page.evaluate(probes.PICTURES)
        controls.choose_month(page, f"2026年{month}月")
        drawn = answers(viewer, page, drawn)
        controls.choose_township(page, "开发区")
        expect(page).to_have_url(re.compile("townships=990101003"))
        answers(viewer, page, drawn)
        controls.drop_township(page)
        viewer.settle(page)


def test_every_chart_changes_with_the_denominator_and_the_committee(viewer: Viewer) -> None:
    page = viewer.open("/coverage")
    drawn = page.evaluate(probes.PICTURES)
    for name, code in (("规模以上", "above_scale"), ("有党员", "has_members")):
        controls.at_rest(page)
        page.get_by_role("radio", name=name).click()
        expect(page).to_have_url(re.compile(f"denominator={code}"))
        drawn = answers(viewer, page, drawn)
    controls.choose_committee(page, "道路运输")
    expect(page).to_have_url(re.compile("committees=C01"))
    answers(viewer, page, drawn)


def test_stations_belong_to_no_committee_and_the_page_says_so(viewer: Viewer) -> None:
    page = viewer.open("/stations")
    drawn = page.evaluate(probes.PICTURES)
    controls.choose_committee(page, "道路运输")
    expect(page.get_by_test_id("stAlert")).to_contain_text("驿站不分行业")
    viewer.settle(page)
    assert page.evaluate(probes.PICTURES) == drawn
