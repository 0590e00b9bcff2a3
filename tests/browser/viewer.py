"""A person with a browser: opens pages, waits until they stand still, and notes what must never happen."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebSocket, expect

from tests.browser import controls, probes

DESK, WALL, PHONE = (
    {"width": 1366, "height": 768},
    {"width": 1920, "height": 1080},
    {"width": 390, "height": 844},
)
# A page takes a second or two; a busy machine of two cores many times as long.
PATIENCE = 60_000
# Below the folder of a page, Streamlit first asks there whether the server is well, then at the root.
_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
# Where something may come from: this machine, or the page itself.
_OURS = ("127.0.0.1", "")
# The menu of raw file names that Streamlit draws when a page runs without the frame.
_LEGACY = "[data-testid=stSidebarNav] a[href$='/dashboard'], [data-testid=stSidebarNav] a[href$='.py']"

expect.set_options(timeout=PATIENCE)


class Viewer:
    """One browser profile. `faults` fills up on its own with what no page may do."""

    def __init__(self, browser: Browser, base: str, **settings: object) -> None:
        self.base = base
        self.faults: list[str] = []
        chosen = {"viewport": DESK, "locale": "zh-CN", "reduced_motion": "reduce", **settings}
        self.context = browser.new_context(**chosen)
        self.context.set_default_timeout(PATIENCE)
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def open(self, path: str) -> Page:
        """Follow a link in a new tab and wait until the page stands still."""
        page = self.context.new_page()
        page.on("websocket", self._socket)
        page.goto(f"{self.base}{path}")
        self.settle(page)
        return page

    def settle(self, page: Page) -> None:
        """Wait until the run is over and every chart is drawn at its width; note what no page may show."""
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        controls.at_rest(page)
        page.wait_for_function(probes.STILL, polling=100)
        self._look_over(page)

    def _look_over(self, page: Page) -> None:
        for what, where in (("exception", "[data-testid=stException]"), ("raw menu", _LEGACY)):
            if page.locator(where).count():
                self.faults.append(f"{what} on {page.url}")
        if page.get_by_role("dialog").filter(has_text="Page not found").count():
            self.faults.append(f"page not found: {page.url}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in (*_OURS, None):
            self.faults.append(f"request to {request.url}")

    def _socket(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in _OURS:
            self.faults.append(f"socket to {socket.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _PROBE.search(message.location.get("url", "")):
            self.faults.append(f"console: {message.text} {message.location.get('url', '')}")
