"""Pages that do work rather than show a month: what they are given, and the frame around them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import queries
from pages.shared import filters
from pages.shared.blocks import plain
from pages.shared.i18n import Text
from pages.shared.view import Report
from queries.words.formats import month_text
from queries.words.wording import revision


@dataclass(frozen=True)
class Room:
    """What a workplace may use: words, the state of the store, the pages; no commit = nothing published."""

    text: Text
    commit: queries.CommitInfo | None
    snapshots: tuple[queries.SnapshotInfo, ...]
    pages: Mapping[str, StreamlitPage]

    def t(self, key: str, **params: object) -> str:
        """Return the text of a key in the viewer's language."""
        return self.text(key, **params)

    @property
    def lang(self) -> str:
        """Return the viewer's language."""
        return self.text.lang


@dataclass(frozen=True)
class Workplace:
    """One page for work: `slug` names it in URL and texts; it stands behind 更多 and has no filters."""

    slug: str
    render: Callable[[Room], None]
    reports: tuple[Report, ...] = ()
    agenda: bool = False


def enter(place: Workplace, text: Text, entries: Mapping[str, StreamlitPage]) -> None:
    """Draw a workplace in its frame: the title with the switch of languages, then the page."""
    filters.keep(place.slug)
    room = Room(text, queries.current(), tuple(queries.snapshots()), entries)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(gap=None, width="stretch"):
            st.title(text(f"{place.slug}.title"), anchor=False)
            st.markdown(_status_line(room))
        st.segmented_control(
            text("filters.language"),
            filters.LANGUAGES,
            format_func=lambda lang: filters.LANGUAGE_NAMES[lang],
            key="lang",
            required=True,
            label_visibility="collapsed",
            width="content",
        )
    filters.are_drawn()
    place.render(room)


def _status_line(room: Room) -> str:
    """Return what was published last, and whether it is real."""
    if not room.snapshots:
        return f":small[:gray[{room.t('room.empty')}]]"
    newest = room.snapshots[0]
    told = room.t("room.newest", county=newest.county, month=month_text(newest.month, room.text))
    line = room.t("frame.joiner").join([told, revision(newest.revision, room.text)])
    badge = f" :blue-badge[{room.t('frame.demonstration')}]" if newest.demonstration else ""
    return f":small[:gray[{plain(line)}]]{badge}"
