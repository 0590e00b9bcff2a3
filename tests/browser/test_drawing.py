"""Pages at each width: no text of a chart is cut off or on another, no sideways scrolling, one language."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser import controls, probes
from tests.browser.languages import KEPT, foreign_words, leftovers, names
from tests.browser.server import Server
from tests.browser.viewer import DESK, PHONE, WALL, Viewer

pytestmark = pytest.mark.browser

SLUGS = ["meeting", "coverage", "members", "stations", "grievances", "methods"]
# A month with a township that never reported has marks which a full month lacks.
LATE = "month=2026-03"


def flaws(page: Page) -> list[str]:
    """Return what is cut off, overlaps or sticks out, with the page it is on."""
    # A grid on canvas takes its new width some frames after the window has, and fonts come late: what stays
    # is the flaw.
    with suppress(PlaywrightTimeoutError):
        page.wait_for_function(f"({probes.SIDEWAYS})() <= 0 && ({probes.MISPLACED})().length === 0")
    found = list(page.evaluate(probes.MISPLACED))
    sideways = page.evaluate(probes.SIDEWAYS)
    found += [f"scrolls {sideways} px sideways"] if sideways > 0 else []
    return [f"{page.viewport_size} {page.url} {flaw}" for flaw in found]


def walk(
    viewer: Viewer,
    query: str,
    sizes: list[dict[str, int]],
    foreign: Callable[[Page], list[str]] | None = None,
) -> list[str]:
    """Go through all pages, look at each in every size, and return all flaws and foreign words."""
    found = []
    page = viewer.open(f"/{SLUGS[0]}?{query}")
    for slug in SLUGS:
        if slug != SLUGS[0]:
            controls.go_to(page, slug)
        for size in sizes:
            page.set_viewport_size(size)
            viewer.settle(page)
            found += flaws(page)
        found += [f"{slug}: {words}" for words in foreign(page)] if foreign else []
    return found


def test_nothing_is_cut_off_at_a_desk_or_on_a_wall(viewer: Viewer) -> None:
    assert walk(viewer, "month=2026-10", [WALL, DESK]) == []


def test_nothing_is_cut_off_on_a_phone_in_chinese(viewer_of: Callable[..., Viewer], server: Server) -> None:
    viewer = viewer_of(server, viewport=PHONE, is_mobile=True, has_touch=True)
    # The definitions name each figure by its id as well.
    words = walk(
        viewer, "month=2026-10", [PHONE], lambda page: [] if "/methods" in page.url else foreign_words(page)
    )
    assert words == []


def test_nothing_is_cut_off_on_a_phone_in_english(
    viewer_of: Callable[..., Viewer], server: Server, county: Path
) -> None:
    known = names(county) | KEPT
    viewer = viewer_of(server, viewport=PHONE, is_mobile=True, has_touch=True)
    assert walk(viewer, f"{LATE}&lang=en", [PHONE], lambda page: leftovers(page, known)) == []
