"""A real browser before a real server: stores built once, one process for each, nothing left running."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from data import Store, sample
from tests.browser.server import Server, serve
from tests.browser.viewer import Viewer
from tests.stores import sampled

LAST = date(2026, 10, 1)
# Enough for a year of cases, a township that never reported (2026-03) and a corrected month (2026-05).
MONTHS = 14


def _chromium() -> str:
    """Return the browser's path; without one the tests are skipped, and in CI they fail."""
    named = os.environ.get("CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if found and Path(found).exists():
        return found
    advice = "no Chromium: apt-get install chromium fonts-noto-cjk, or set CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(advice)
    pytest.skip(advice)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    path = _chromium()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def county(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 14 months of the demonstration county."""
    return sampled(tmp_path_factory, MONTHS)


@pytest.fixture(scope="session")
def broken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose newest commit is cut off, so that a single month is left: September, commit 1."""
    folder = tmp_path_factory.mktemp("broken")
    sample.build(Store(folder), profile="demo", last=LAST, months=2, seed=7)
    newest = max((folder / "commits").glob("*.json"))
    newest.write_bytes(newest.read_bytes()[:-20])
    return folder


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Server]]:
    """Start the app on a store; all are stopped at the end."""
    with ExitStack() as running:

        def at(store: Path) -> Server:
            return running.enter_context(serve(store, tmp_path_factory.mktemp("server") / "log"))

        yield at


@pytest.fixture(scope="session")
def server(start: Callable[[Path], Server], county: Path) -> Server:
    """The app on the demonstration county."""
    return start(county)


@pytest.fixture
def viewer_of(browser: Browser) -> Iterator[Callable[..., Viewer]]:
    """Make viewers; whatever the test, none of them may have met what no page may do."""
    viewers: list[Viewer] = []

    def make(server: Server, **settings: object) -> Viewer:
        viewers.append(Viewer(browser, server.base, **settings))
        return viewers[-1]

    yield make
    for viewer in viewers:
        viewer.context.close()
    assert not [fault for viewer in viewers for fault in viewer.faults]


@pytest.fixture
def viewer(viewer_of: Callable[..., Viewer], server: Server) -> Iterator[Viewer]:
    """A viewer of the demonstration county at a desk, light theme, Chinese."""
    yield viewer_of(server)
    assert not server.trouble()
