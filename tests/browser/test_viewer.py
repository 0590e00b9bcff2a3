"""The net under the other journeys: what no page may do is noticed."""

import pytest
from playwright.sync_api import Browser

from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# An address that is nobody's, by RFC 5737.
ELSEWHERE = "http://192.0.2.1/font.woff2"


def test_a_foreign_request_and_an_error_in_the_console_are_noticed(browser: Browser) -> None:
    viewer = Viewer(browser, "")
    page = viewer.context.new_page()
    with page.expect_request(ELSEWHERE), page.expect_console_message():
        page.set_content(f"<script>console.error('ours'); fetch('{ELSEWHERE}').catch(() => 0)</script>")
    viewer.context.close()
    assert any("ours" in fault for fault in viewer.faults)
    assert f"request to {ELSEWHERE}" in viewer.faults
