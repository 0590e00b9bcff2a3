"""A meeting in the room: keys, a lost connection, a publication in between, what the room may not see."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import queries
from tests.browser import controls
from tests.browser.server import Server
from tests.browser.viewer import DESK, WALL, Viewer
from tests.stores import sampled

pytestmark = pytest.mark.browser

SEPTEMBER = date(2026, 9, 1)
# A township of a few members: what the room sees of it is masked.
SMALL = "990101200"
FILLS = (
    "() => ['stMain', 'stApp'].every(id => {const part = document.querySelector(`[data-testid=${id}]`);"
    " return part.scrollHeight === part.clientHeight})"
)
FAINT = "[data-testid=stPlotlyChart] :is(.annotation, .shapelayer path)"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store in which September is the newest month, and the commit that would publish October."""
    store = tmp_path_factory.mktemp("meeting") / "store"
    shutil.copytree(sampled(tmp_path_factory, 3), store)
    newest = max((store / "commits").glob("*.json"))
    kept = newest.rename(store.parent / newest.name)
    return store, kept


@pytest.fixture(scope="module")
def room(start: Callable[[Path], Server], town: tuple[Path, Path]) -> Iterator[Server]:
    """The app on that store, with nothing in its log at the end that nobody meant."""
    server = start(town[0])
    yield server
    assert not server.trouble()


def slide(page: Page) -> Locator:
    return page.get_by_test_id("stPlotlyChart")


def at(page: Page, number: int) -> None:
    """Wait until the slide of this number stands alone."""
    expect(slide(page).filter(has_text=re.compile(rf"暖新看板\s{number}/\d+"))).to_have_count(1)
    expect(slide(page)).to_have_count(1)
    controls.at_rest(page)


def open_slides(viewer: Viewer, address: str) -> Page:
    page = viewer.context.new_page()
    page.goto(f"{viewer.base}/{address}")
    expect(page).to_have_url(re.compile("screen="))
    controls.at_rest(page)
    return page


def words(page: Page) -> list[str]:
    return slide(page).locator(".annotation-text").all_text_contents()


def test_a_meeting_with_a_clicker_a_lost_connection_and_a_publication_in_between(
    viewer_of: Callable[..., Viewer], room: Server, town: tuple[Path, Path]
) -> None:
    page = open_slides(viewer_of(room, viewport=WALL), "?present=1")
    at(page, 1)
    count = int(re.findall(r"/(\d+)", " ".join(words(page)))[-1])
    first = words(page)
    commit = re.findall(r"commit=(\d+)", page.url)
    assert int(commit[0]) == int(town[1].stem) - 1
    for key, number in (
        *(("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2)),
        *(("End", count), ("ArrowRight", count), ("Home", 1), ("ArrowLeft", 1)),
    ):
        page.keyboard.press(key)
        at(page, number)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    at(page, 4)

    address, standing = page.url, words(page)
    shutil.copy(town[1], town[0] / "commits" / town[1].name)
    page.keyboard.press("Home")
    at(page, 1)
    expect(page.get_by_text("已有新发布")).to_be_visible()
    assert words(page) == first
    page.goto(address)
    at(page, 4)
    assert words(page) == standing
    assert re.findall(r"commit=(\d+)", page.url) == commit
    expect(page.get_by_text("已有新发布")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_contain_text("联席会议")
    expect(page).to_have_url(re.compile(r"/meeting\?month=2026-09$"))


def test_the_room_sees_a_light_slide_alone_and_no_exact_number_of_few_people(
    viewer_of: Callable[..., Viewer], room: Server, town: tuple[Path, Path]
) -> None:
    viewer = viewer_of(room, viewport=DESK, color_scheme="dark")
    page = open_slides(
        viewer, f"?present=1&month=2026-09&townships={SMALL}&slide=members_by_committee&commit=99"
    )
    expect(page.get_by_text("没有第99次发布")).to_be_visible()
    assert page.evaluate(FILLS)
    expect(
        page.locator("[data-testid=stToolbar], [data-testid^=stTopNav], [data-testid=stLogo]")
    ).to_have_count(0)
    assert slide(page).locator(".main-svg").first.evaluate("e => getComputedStyle(e).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert (slide(page).get_attribute("aria-label") or "").startswith(words(page)[0])
    asked = {"month": SEPTEMBER, "store": town[0], "townships": [SMALL]}
    exact = queries.run("members_by_committee", **asked)
    shown = queries.run("members_by_committee", audience="protected", **asked)
    masked = {
        number
        for number, mark in zip(exact["members"], shown["members_mark"], strict=True)
        if number and mark
    }
    assert masked
    content = page.content()
    assert not [number for number in masked if re.search(rf"[>，≥约 ]{number}名[<；。]", content)]
    page.keyboard.press("1")
    expect(page.locator(f"{FAINT}:is([style*='opacity: 0.22'])").first).to_be_attached()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    page.get_by_role("combobox", name="目录").click()
    page.get_by_role("option").nth(3).click()
    at(page, 4)
    page.get_by_role("combobox", name="目录").click()
    page.get_by_role("option").nth(3).click()
    expect(page.get_by_role("listbox")).to_have_count(0)
    # The menu has let go of the keyboard, though the slide is the same.
    page.wait_for_function("() => document.activeElement === document.body")
    page.keyboard.press("ArrowRight")
    at(page, 5)
