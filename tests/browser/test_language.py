"""The switch of languages, the lists and the panel; tests/browser/test_drawing.py reads every page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import controls
from tests.browser.languages import KEPT, foreign_words, leftovers, names
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser


def test_one_language_is_left_for_the_other(viewer: Viewer, county: Path) -> None:
    known = names(county) | KEPT
    page = viewer.open("/meeting?month=2026-03")
    found = foreign_words(page)
    assert len(leftovers(page, known)) > 20
    controls.open_townships(page)
    found += foreign_words(page)
    controls.close_townships(page)
    controls.open_filters(page)
    found += foreign_words(page)
    page.get_by_role("radio", name="English").click()
    expect(page).to_have_url(re.compile("lang=en"))
    viewer.settle(page)
    found += leftovers(page, known)
    controls.close_filters(page)
    assert found == []
