"""Which page shows which indicator, by opening them all: `python -m tests.shown` writes what 口径说明 says.

A page counts what it drew of its own accord; pages that take up any indicator are left to a rule.
"""

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from streamlit.testing.v1 import AppTest

from data import Store, sample
from pages import PAGES
from pages.shared import cards
from pages.shared.methods.shown import RECORD
from pages.shared.reports import Page
from pages.shared.view import View
from queries import INDICATORS

ROOT = Path(__file__).resolve().parents[1]
# Of these it is told by a rule: any indicator can be chosen there, or what they draw hangs on the data.
RULED = ("care", "townships")
ABOUT_DATA = ("health", "methods")
LAST = date(2026, 10, 1)


def county(folder: Path) -> Path:
    """A store with three months of the demonstration county."""
    sample.build(Store(folder), profile="demo", last=LAST, months=3, seed=7)
    return folder


def drawn(store: Path) -> dict[str, tuple[str, ...]]:
    """Slug -> indicators, in the order of the registry, that each page draws of that store."""
    slugs = [page.slug for page in PAGES if isinstance(page, Page) and page.slug not in ABOUT_DATA]
    return {slug: _of(store, slug) for slug in slugs}


def _of(store: Path, slug: str) -> tuple[str, ...]:
    seen: set[str] = set()
    exports = cards.exports

    def noted(view: View) -> None:
        seen.update(view.drawn)
        exports(view)

    with patch.object(cards, "exports", noted), patch.dict(os.environ, {"NUANXIN_STORE": str(store)}):
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state["frame.wanted"] = (slug, {})
        app.run()
    assert not app.exception, slug
    return tuple(indicator for indicator in INDICATORS if indicator in seen)


def written(found: Mapping[str, tuple[str, ...]]) -> str:
    """The record as a file: a line for each indicator, so that a change is one line of a diff."""
    lines = ["# Written by `python -m tests.shown`; do not edit. Page -> indicators that it draws."]
    for slug, indicators in found.items():
        if slug not in RULED:
            lines += ["", f"{slug} = [", *(f'    "{indicator}",' for indicator in indicators), "]"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Open the pages and write the record."""
    with TemporaryDirectory() as folder:
        RECORD.write_text(written(drawn(county(Path(folder)))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
