"""What the address of a presentation holds, beside the filters: ?present=1, commit, slide, screen.

The address is all that a reload has: whoever loses the connection comes back to the same slide of the same
commit. It is written on every turn, and the browser's own back button turns too.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.shared.deck.deck import Slide
from pages.shared.filters import Filters
from pages.shared.slides import Screen

PRESENT, COMMIT, SLIDE, SCREEN = "present", "commit", "slide", "screen"
# What Streamlit reads once, when the page loads: no header, light whatever the system, no scrolling.
EMBEDDED = (("embed", "true"), ("embed_options", "light_theme"), ("embed_options", "disable_scrolling"))
SMALLEST, LARGEST = 320, 8000  # px that a screen may have
DIGITS = 9  # that a number may have; Python itself refuses to read thousands of them


def is_presenting() -> bool:
    """Tell whether the address asks for the presentation."""
    return st.query_params.get(PRESENT) == "1"


def link(filters: Filters, commit: int) -> str:
    """Return the address of the presentation of what is chosen, pinned to a commit."""
    chosen: Mapping[str, str | list[str]] = filters.to_url()
    pairs = [(PRESENT, "1"), *EMBEDDED, (COMMIT, str(commit)), *chosen.items()]
    return "?" + urlencode(pairs, doseq=True)


def asked(name: str) -> str | None:
    """Return a parameter of the address."""
    return st.query_params.get(name)


def write(name: str, value: str) -> None:
    """Put a parameter into the address, leaving it alone where it stands."""
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def place_names(slides: Sequence[Slide]) -> list[str]:
    """Return what the address calls each slide: its name, with its number where it is continued."""
    return [slide.name if slide.part == 1 else f"{slide.name}-{slide.part}" for slide in slides]


def whole(wanted: str) -> int | None:
    """Return a whole number of the address; None for what is none or has too many digits."""
    return int(wanted) if len(wanted) <= DIGITS and wanted.isascii() and wanted.isdigit() else None


def place(names: Sequence[str], wanted: str | None) -> int | None:
    """Return the position of a slide by its name or number, from 0; None when there is no such slide."""
    if wanted is None:
        return 0
    if wanted in names:
        return names.index(wanted)
    number = whole(wanted)
    return number - 1 if number is not None and 1 <= number <= len(names) else None


def screen() -> Screen:
    """Return the screen that the address names: 1366x768, or 768 for one of 16:9; else the usual one."""
    width, _, height = (asked(SCREEN) or "").rpartition("x")
    wide, high = whole(width), whole(height)
    if high is None or not SMALLEST <= high <= LARGEST:
        return Screen()
    if wide is not None and SMALLEST <= wide <= LARGEST:
        return Screen(wide, high)
    return Screen(round(high * 16 / 9), high)
