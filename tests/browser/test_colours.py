"""Both themes from the first load on; party red only in the logo."""

import base64
import re
from collections.abc import Callable
from dataclasses import astuple

import pytest
from playwright.sync_api import Page, expect

from pages.shared.theme import DARK, LIGHT, Theme
from tests.browser import controls, probes
from tests.browser.server import Server
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

READABLE = 4.5


def rgb(token: str) -> str:
    """A colour as the browser tells it."""
    red, green, blue = (int(token[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pale_words(page: Page, theme: Theme) -> set[str]:
    """Colours of words in charts that cannot be read on the paper.

    Words inside a bar are in the paper's colour, and ● ▲ ◆ ○ may be paler than the word that follows.
    """
    words = set(page.evaluate(probes.CHART_COLOURS)["words"])
    assert rgb(theme.ink) in words
    words -= {rgb(theme.bg), *(rgb(status.glyph) for status in theme.statuses)}
    return {colour for colour in words if contrast(colour, rgb(theme.bg)) < READABLE}


def strange_colours(page: Page, theme: Theme) -> set[str]:
    """Colours of charts that are not the theme's, among them those of the other theme."""
    known = {rgb(token) for token in re.findall(r"#[0-9A-F]{6}", str(astuple(theme)))} - {rgb(theme.party)}
    colours = page.evaluate(probes.CHART_COLOURS)
    used = {*colours["paper"], *colours["words"], *colours["marks"]} - {"none"}
    # Plotly gives its invisible helpers rgba(…, 0) and an opacity of nought to black.
    return {colour for colour in used if not colour.startswith("rgba") and colour != "rgb(0, 0, 0)"} - known


# Colours that charts of one kind only use stand on these pages; their theme is the same function's.
TOURS = {LIGHT: ("meeting",), DARK: ("meeting", "coverage", "stations", "grievances")}


@pytest.mark.parametrize("theme", TOURS, ids=lambda theme: theme.name)
def test_the_first_load_is_in_the_viewers_theme_and_red_is_the_logos_alone(
    viewer_of: Callable[..., Viewer], server: Server, theme: Theme
) -> None:
    viewer = viewer_of(server, color_scheme=theme.name)
    page = viewer.open("/meeting?month=2026-03")
    for slug in TOURS[theme]:
        if slug != "meeting":
            controls.go_to(page, slug)
            viewer.settle(page)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", rgb(theme.bg))
        for level in (1, 2):
            expect(page.get_by_role("heading", level=level)).to_have_css("color", rgb(theme.ink))
        assert page.evaluate(probes.CHART_COLOURS)["paper"] == [rgb(theme.bg)]
        assert pale_words(page, theme) == set()
        assert strange_colours(page, theme) == set()
        assert not {*page.evaluate(probes.PAGE_COLOURS)} & {rgb(LIGHT.party), rgb(DARK.party)}
        figures = page.evaluate(probes.FIGURES)
        # Streamlit takes #000001 to #000040 for places in its own palette.
        assert not re.search(rf"#0000[0-4]\d|{LIGHT.party}|{DARK.party}", figures, re.IGNORECASE)
    logo = page.get_by_test_id("stHeaderLogo").get_attribute("src") or ""
    assert theme.party in base64.b64decode(logo.partition("base64,")[2]).decode("utf-8")
