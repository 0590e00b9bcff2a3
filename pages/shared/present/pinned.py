"""What is presented: one commit from start to end, its deck built once."""

from dataclasses import dataclass

import streamlit as st

import queries
from pages.shared import filters as chosen
from pages.shared.deck.build import build
from pages.shared.deck.deck import Deck
from pages.shared.deck.headless import view_of
from pages.shared.filters import Filters
from pages.shared.i18n import Text
from pages.shared.present import address
from pages.shared.theme import Theme

SECONDS = 20  # a slide stands under auto-advance where the profile does not say


@dataclass(frozen=True)
class Show:
    """The deck with the colours of its profile's lights and the seconds a slide stands by itself."""

    deck: Deck
    theme: Theme
    seconds: int


def pin() -> tuple[queries.CommitInfo | None, str | None]:
    """Return the commit that the address names, or the newest, and what was asked for in vain.

    Whatever stands is written into the address, so that a reload finds the same state.
    """
    wanted, vain = address.asked(address.COMMIT), None
    commit = None
    if wanted is not None:
        commit = _named(wanted)
        vain = None if commit else wanted
    commit = commit or queries.current()
    if commit is not None:
        address.write(address.COMMIT, str(commit.number))
    return commit, vain


def _named(wanted: str) -> queries.CommitInfo | None:
    number = address.whole(wanted)
    if number is None:
        return None
    try:
        return queries.current(as_of=number)
    except queries.NuanxinError:
        return None


def choose(commit: queries.CommitInfo) -> list[str]:
    """Settle the filters of the address against the pinned state; return those that had to be dropped."""
    months = [f"{one.month:%Y-%m}" for one in queries.snapshots(as_of=commit.number)]
    month, _ = chosen.chosen_month(months)
    profile = queries.profile(chosen.to_month(month), as_of=commit.number)
    options = chosen.Options(tuple(months), profile.township_names, profile.committee_names)
    dropped = chosen.settle(options, address.PRESENT)
    chosen.write_url(chosen.current())
    chosen.are_drawn()
    return dropped


@st.cache_resource(max_entries=16, show_spinner=False)
def show_of(number: int, sha8: str, filters: Filters) -> Show:
    """Return what is shown of a commit, always as it may leave the house; turning a slide asks nothing again.

    `sha8` keeps two stores apart whose commits have the same numbers.
    """
    view = view_of(
        filters.month,
        lang=filters.lang,
        townships=filters.townships,
        committees=filters.committees,
        denominator=filters.denominator,
        audience="protected",
        as_of=number,
    )
    seconds = view.profile.settings.get("slides", {}).get("auto_advance_seconds", SECONDS)
    return Show(build(view), view.theme, int(seconds))


def notes(text: Text, dropped: list[str], commit: tuple[str | None, int], slide: str | None) -> list[str]:
    """Return a sentence for each part of the address that could not be followed."""
    vain, number = commit
    told = [text(f"filters.dropped_{key}") for key in dropped]
    if vain:
        told.append(text("present.no_commit", wanted=vain, number=number))
    if slide:
        told.append(text("present.no_slide", wanted=slide))
    return told
