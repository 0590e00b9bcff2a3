"""Links: a page opens from anywhere with the choice in its address, and the choice goes along."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages import PAGES
from pages.shared.i18n import Text
from tests.browser import controls, probes
from tests.browser.server import Server
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# The county's third township in 区划序 and its first committee.
TOWNSHIP, COMMITTEE = "990101003", "C01"
NAVIGATION = [Text("zh")(f"{page.slug}.nav") for page in PAGES if page.agenda]


def choice(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_first_visit_of_a_fresh_server_may_be_a_deep_link(
    start: Callable[[Path], Server], county: Path, viewer_of: Callable[..., Viewer]
) -> None:
    # Streamlit serves pages/*.py by itself, without the frame, until a navigation ran once in the process.
    server = start(county)
    link = f"/coverage?month=2026-09&townships={TOWNSHIP}"
    for visit in (viewer_of(server), viewer_of(server)):
        page = visit.open(link)
        expect(page).to_have_url(f"{server.base}{link}")
        expect(page.get_by_role("heading", level=1)).to_have_text("两个覆盖")
        expect(page.get_by_test_id("stTopNavLink")).to_have_text(NAVIGATION)
        expect(page.get_by_text("截至2026年9月30日").first).to_be_visible()
        expect(page.get_by_role("heading", level=2)).to_contain_text("开发区")
    assert not server.trouble()


def test_the_root_leads_to_the_landing_page_which_can_be_reloaded(viewer: Viewer) -> None:
    page = viewer.open("/")
    landed = re.compile(r"/meeting\?month=2026-10$")
    expect(page).to_have_url(landed)
    page.reload()
    viewer.settle(page)
    expect(page).to_have_url(landed)
    expect(page.get_by_role("heading", level=1)).to_have_text("10月联席会议")


def test_filters_go_along_and_a_copied_link_shows_the_same_picture(
    viewer: Viewer, viewer_of: Callable[..., Viewer], server: Server
) -> None:
    page = viewer.open("/meeting")
    controls.choose_month(page, "2026年9月")
    controls.choose_township(page, "开发区")
    controls.choose_committee(page, "道路运输")
    chosen = {"month": ["2026-09"], "townships": [TOWNSHIP], "committees": [COMMITTEE]}
    expect(page).to_have_url(re.compile(f"committees={COMMITTEE}"))
    for slug in ("methods", "coverage"):
        controls.go_to(page, slug)
        expect(page).to_have_url(re.compile(f"committees={COMMITTEE}"))
        assert choice(page) == chosen
    page.get_by_role("radio", name="符合条件").click()
    expect(page).to_have_url(re.compile("denominator=eligible"))
    viewer.settle(page)
    copy = viewer_of(server).open(page.url.removeprefix(server.base))
    assert choice(copy) == {**chosen, "denominator": ["eligible"]}
    assert copy.evaluate(probes.PICTURES) == page.evaluate(probes.PICTURES)
