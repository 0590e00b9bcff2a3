"""What of a page is in the other language: Chinese in English, English in Chinese, names and terms aside."""

import re
from datetime import date
from pathlib import Path

import polars as pl
from playwright.sync_api import Page

import queries
from tests.browser import probes

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
