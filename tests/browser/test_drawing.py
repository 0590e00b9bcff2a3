"""Charts at each width: no text is cut off, none lies on another, and the page never scrolls sideways."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser import controls, probes
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


def walk(viewer: Viewer, query: str, sizes: list[dict[str, int]]) -> list[str]:
    """Go through all pages, look at each in every size, and return all flaws."""
    found = []
    page = viewer.open(f"/{SLUGS[0]}?{query}")
    for slug in SLUGS:
        if slug != SLUGS[0]:
            controls.go_to(page, slug)
        for size in sizes:
            page.set_viewport_size(size)
            viewer.settle(page)
            found += flaws(page)
    return found


def test_nothing_is_cut_off_at_a_desk_or_on_a_wall(viewer: Viewer) -> None:
    assert walk(viewer, "month=2026-10", [WALL, DESK]) == []


@pytest.mark.parametrize("query", ["month=2026-10", f"{LATE}&lang=en"])
def test_nothing_is_cut_off_on_a_phone(viewer_of: Callable[..., Viewer], server: Server, query: str) -> None:
    viewer = viewer_of(server, viewport=PHONE, is_mobile=True, has_touch=True)
    assert walk(viewer, query, [PHONE]) == []
