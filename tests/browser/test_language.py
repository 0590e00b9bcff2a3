"""In English no Chinese is left but names from the data; in Chinese no English but terms."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

import queries
from tests.browser import controls, probes
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

# A month with a township that never reported, so that the warnings are read too.
MARCH = date(2026, 3, 1)
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# The product's own name, and the switch that both find who read one of the languages.
KEPT = {"暖新看板", "语言 Language", "中文"}
ENGLISH = re.compile(r"[A-Za-z]{2,}")
TERMS = re.compile(r"\([0-9a-f]{8}\)|（[0-9a-f]{8}）|CSV|SQL|XLSX|Kaplan–Meier|Wilson|Language|English")


def names(store: Path) -> set[str]:
    """Every name that the data brings along: places, committees, stations, tasks, events, reports."""
    profile = queries.profile(MARCH, store=store)
    frames = [profile.townships, profile.committees, profile.classes, profile.events]
    frames += [
        queries.run(query, month=MARCH, store=store)
        for query in ("services_by_type", "services_by_station", "tasks_by_due", "published_figures")
    ]
    texts = [column for frame in frames for column in frame.iter_columns() if column.dtype == pl.String]
    return {str(name) for column in texts for name in column.drop_nulls().to_list()}


def leftovers(page: Page, known: set[str]) -> list[str]:
    """Return what a person reads in Chinese when the names are taken out."""
    longest_first = sorted(known, key=len, reverse=True)
    taken = re.compile("|".join(map(re.escape, longest_first)))
    return [words for words in page.evaluate(probes.WORDS) if CHINESE.search(taken.sub("", words))]


def foreign_words(page: Page) -> list[str]:
    """Return what a person sees in English on a Chinese page, terms and commit numbers aside."""
    return [words for words in page.evaluate(probes.ON_VIEW) if ENGLISH.search(TERMS.sub("", words))]


def test_chinese_leaves_no_english_but_terms(viewer: Viewer) -> None:
    page = viewer.open("/meeting?month=2026-03")
    found = foreign_words(page)
    controls.open_townships(page)
    found += foreign_words(page)
    controls.close_townships(page)
    controls.open_filters(page)
    found += foreign_words(page)
    controls.close_filters(page)
    for slug in ("coverage", "members", "stations", "grievances"):
        controls.go_to(page, slug)
        viewer.settle(page)
        found += [f"{slug}: {words}" for words in foreign_words(page)]
    assert found == []


def test_english_leaves_no_chinese_but_names(viewer: Viewer, county: Path) -> None:
    known = names(county) | KEPT
    page = viewer.open("/meeting?month=2026-03")
    assert len(leftovers(page, known)) > 20
    controls.open_filters(page)
    page.get_by_role("radio", name="English").click()
    expect(page).to_have_url(re.compile("lang=en"))
    viewer.settle(page)
    found = leftovers(page, known)
    controls.close_filters(page)
    for slug in ("coverage", "members", "stations", "grievances", "methods"):
        controls.go_to(page, slug)
        viewer.settle(page)
        found += [f"{slug}: {words}" for words in leftovers(page, known)]
    assert found == []
