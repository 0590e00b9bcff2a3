"""The choice of an indicator, kept in the session and in the URL as indicator=ID."""

import streamlit as st

from pages.shared.care.offer import Groups
from pages.shared.view import View
from queries import INDICATORS, Indicator

PARAMETER = "indicator"
CHOSEN, WRITTEN, GROUP, PICK = "care.chosen", "care.written", "care.group", "care.pick"
# Chosen on the first visit, where it is sent: the care group's own largest service.
FIRST = "training_pt"


def adopt(offer: Groups) -> tuple[Indicator, bool]:
    """Return the indicator asked for by link or session, and whether a link named one that is not known.

    A link may name an indicator that the county does not send: the page then says so.
    """
    asked = st.query_params.get(PARAMETER)
    unknown = False
    if asked is not None and asked != st.session_state.get(WRITTEN):
        unknown = asked not in INDICATORS
        st.session_state[CHOSEN] = asked
    if st.session_state.get(CHOSEN) not in INDICATORS:
        st.session_state[CHOSEN] = _first(offer)
    chosen = str(st.session_state[CHOSEN])
    st.query_params[PARAMETER] = st.session_state[WRITTEN] = chosen
    return INDICATORS[chosen], unknown


def _first(offer: Groups) -> str:
    every = [about.id for group in offer.values() for about in group]
    return FIRST if FIRST in every or not every else every[0]


def pick(view: View, offer: Groups, chosen: Indicator) -> None:
    """Draw the two controls: groups as pills, the indicators of the chosen one as a list."""
    group = chosen.group if chosen.group in offer else None
    listed = [about.id for about in offer.get(chosen.group, [])]
    st.session_state[GROUP] = group
    st.session_state[PICK] = chosen.id if chosen.id in listed else None
    with st.container(gap="xsmall"):
        st.pills(
            view.t("care.group"),
            list(offer),
            format_func=lambda name: view.t(f"methods.groups.{name}"),
            key=GROUP,
            on_change=_group_changed,
            args=({name: group[0].id for name, group in offer.items()},),
            label_visibility="collapsed",
        )
        st.selectbox(
            view.t("care.indicator"),
            listed,
            format_func=lambda id: INDICATORS[id].name(view.text.lang),
            key=PICK,
            on_change=_pick_changed,
            placeholder=view.t("care.choose"),
            label_visibility="collapsed",
            width=340,
        )


def _group_changed(firsts: dict[str, str]) -> None:
    """Show the first indicator of a group; a click on the chosen group changes nothing."""
    group = st.session_state[GROUP]
    if group is not None:
        st.session_state[CHOSEN] = firsts[group]


def _pick_changed() -> None:
    if st.session_state[PICK] is not None:
        st.session_state[CHOSEN] = st.session_state[PICK]
