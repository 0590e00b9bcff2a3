"""The choice of an indicator, kept in the session and in the URL as indicator=ID."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from pages.shared.care.offer import Groups
from pages.shared.care.quantity import Quantity
from pages.shared.choice import Choice
from pages.shared.view import View
from queries import INDICATORS, Indicator

GROUP = "care.group"
# Chosen on the first visit, where it is sent: the care group's own largest service.
FIRST = "training_pt"


@dataclass(frozen=True)
class Picker(Choice):
    """Any indicator of the registry: a link may name one that is not sent, and the page then says so."""

    def pick(self, view: View, offer: Groups, chosen: Indicator) -> None:
        """Draw the two controls: groups as pills, the indicators of the chosen one as a list."""
        listed = [about.id for about in offer.get(chosen.group, [])]
        self._tell(GROUP, chosen.group if chosen.group in offer else None, (*offer, view.text.lang))
        self._tell(self._key("pick"), chosen.id if chosen.id in listed else None, (*listed, view.text.lang))
        with st.container(gap="xsmall"):
            st.pills(
                view.t("care.group"),
                list(offer),
                format_func=lambda name: view.t(f"methods.groups.{name}"),
                key=GROUP,
                on_change=self._group_changed,
                args=({name: group[0].id for name, group in offer.items()},),
                label_visibility="collapsed",
            )
            st.selectbox(
                view.t("care.indicator"),
                listed,
                format_func=lambda id: Quantity(INDICATORS[id], view.text).heading,
                key=self._key("pick"),
                on_change=self._picked,
                placeholder=view.t("care.choose"),
                label_visibility="collapsed",
                width=340,
            )

    def _tell(self, key: str, value: str | None, drawn: tuple[str, ...]) -> None:
        """Put a control where the choice is; an assignment wins over a newer click, so only when needed."""
        state = st.session_state
        if state.get(key) != value or state.get(f"{key}.drawn") != drawn:
            state[key] = value
        state[f"{key}.drawn"] = drawn

    def _group_changed(self, firsts: Mapping[str, str]) -> None:
        """Show the first indicator of a group; a click on the chosen group changes nothing."""
        group = st.session_state[GROUP]
        if group is not None:
            st.session_state[self._key("pick")] = firsts[group]
            self._picked()

    def _picked(self) -> None:
        """Hold what was picked; an emptied list leaves the choice as it was."""
        if st.session_state[self._key("pick")] is not None:
            super()._picked()


def picker(offer: Groups) -> Picker:
    """Return the choice among all indicators; the first is the one shown without a link."""
    every = [about.id for group in offer.values() for about in group]
    first = FIRST if FIRST in every or not every else every[0]
    return Picker("care", "indicator", tuple(dict.fromkeys([first, *INDICATORS])))
