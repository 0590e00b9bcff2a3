"""One choice of a page's own beside the filters, kept in session and URL: list=blank_spots.

It is written here rather than by `bind="query-params"`, for the reasons told in filters.py.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared.filters import UNDERWAY_SECONDS


@dataclass(frozen=True)
class Choice:
    """What may be chosen on a page: the URL's parameter and its values, the first where none is asked for."""

    page: str
    parameter: str
    values: tuple[str, ...]

    def _key(self, name: str) -> str:
        return f"{self.page}.{self.parameter}.{name}"

    def adopt(self) -> tuple[str, bool]:
        """Return what is chosen, and whether a link asked for something that is not known.

        A choice made on the page just now is newer than the URL that was sent along.
        """
        state, asked, unknown = st.session_state, st.query_params.get(self.parameter), False
        held = state.get(self._key("held"), self.values[0])
        known = (None, state.get(self._key("written")))
        if not state.pop(self._key("fresh"), False) and asked not in known and not self._was_underway(asked):
            unknown = asked not in self.values
            held = self.values[0] if unknown else str(asked)
        state[self._key("held")] = held
        self._write(asked, held)
        return held, unknown

    def _picked(self) -> None:
        st.session_state[self._key("held")] = st.session_state[self._key("pick")]
        st.session_state[self._key("fresh")] = True

    def _write(self, present: str | None, held: str) -> None:
        st.session_state[self._key("written")] = held
        if present != held:
            st.session_state[self._key("replaced")] = (present, time.monotonic())
            st.query_params[self.parameter] = held

    def _was_underway(self, asked: str | None) -> bool:
        """Whether that is the URL replaced a moment ago, which the browser may still send."""
        replaced, when = st.session_state.get(self._key("replaced"), (None, 0.0))
        return bool(asked == replaced) and time.monotonic() - when < UNDERWAY_SECONDS

    def draw(self, label: str, names: Mapping[str, str]) -> None:
        """Draw the control that stands at what `adopt` returned; `names` are what the values are called."""
        state, drawn = st.session_state, tuple(names.items())
        # What is assigned wins in the browser over a newer choice, so only a new control is told.
        if state.get(self._key("pick")) != state[self._key("held")] or state.get(self._key("drawn")) != drawn:
            state[self._key("pick")] = state[self._key("held")]
        state[self._key("drawn")] = drawn
        st.segmented_control(
            label,
            list(names),
            format_func=lambda value: names[value],
            key=self._key("pick"),
            required=True,
            on_change=self._picked,
            label_visibility="collapsed",
        )
