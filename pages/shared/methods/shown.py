"""On which pages an indicator is shown: what they drew when a test last looked, and what can be chosen."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from queries import Indicator

# Written by `python -m tests.shown`, which opens every page; a test fails when it no longer holds.
RECORD = Path(__file__).with_name("shown.toml")


def shown_on(about: Indicator) -> tuple[str, ...]:
    """Return the slugs of the pages that show an indicator, those where it can be chosen last."""
    drawn = [slug for slug, indicators in recorded().items() if about.id in indicators]
    return (*drawn, *(slug for slug in ("care", "townships") if can_be_chosen(slug, about)))


def can_be_chosen(slug: str, about: Indicator) -> bool:
    """Tell whether a page that takes up any indicator that is sent takes up this one."""
    if slug == "care":
        return about.is_answered and "month" in about.grain
    return bool(about.parts) and "township" in about.grain


@lru_cache(maxsize=1)
def recorded() -> Mapping[str, tuple[str, ...]]:
    """Return slug -> indicators that the page draws without being asked for one."""
    return {slug: tuple(ids) for slug, ids in tomllib.loads(RECORD.read_text("utf-8")).items()}
