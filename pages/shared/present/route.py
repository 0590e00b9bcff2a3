"""?present=1: what the frame calls in place of a page."""

import logging

import streamlit as st

import queries
from pages.shared import filters as chosen
from pages.shared.i18n import Text
from pages.shared.present import address, controls, keys
from pages.shared.present.pinned import Show, choose, notes, pin, show_of
from pages.shared.slides import slide_figure

_log = logging.getLogger("nuanxin")
# No hover, no zoom, nothing to press: a slide holds no more than what it prints.
STATIC = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def present(text: Text) -> None:
    """Draw the slide of the address and the row below it; an error becomes a sentence."""
    if not st.context.is_embedded:
        # A bookmark: the listener adds what hides Streamlit's header, and the page loads once more.
        _listen(0, 1)
        return
    try:
        _present(text)
    except queries.NuanxinError as error:
        _log.exception("presentation")
        st.error(error.text(text.lang), title=text("frame.error_title"), icon=":material/error:")
        _listen(0, 1)


def _present(text: Text) -> None:
    commit, vain = pin()
    if commit is None:
        st.title(text("frame.empty_title"), anchor=False)
        _listen(0, 1)
        return
    dropped = choose(commit)
    with st.container(gap=None):
        # Places before they are filled: what waits must not push the figure about.
        board, wait, below = st.container(gap=None), st.empty(), st.container(gap=None)
    with wait, st.spinner(text("present.building")):
        show = show_of(commit.number, commit.sha8, chosen.current())
    slides, wanted = show.deck.slides, address.asked(address.SLIDE)
    if not slides:
        st.title(show.deck.title, anchor=False)
        st.markdown(text("present.nothing"))
        _listen(0, 1)
        return
    names = address.place_names(slides)
    index = address.place(names, wanted)
    told = notes(text, dropped, (vain, commit.number), wanted if index is None else None)
    index = index or 0
    address.write(address.SLIDE, names[index])
    controls.enter(names, told)
    with board:
        _slide(show, index)
    with below:
        controls.bar(text, slides, index, commit.number, show.seconds)
        _listen(index, len(slides))


def _slide(show: Show, index: int) -> None:
    slide, place = show.deck.slides[index], (index + 1, len(show.deck.slides))
    figure = slide_figure(
        slide, show.deck.stamp, place, address.screen(), theme=show.theme, focus=controls.spot(slide)
    )
    # One key for all slides: the figure is redrawn in its place and never jumps.
    st.plotly_chart(figure, key="slide", theme=None, config=STATIC, alt=figure["layout"]["meta"]["alt"])


def _listen(index: int, count: int) -> None:
    keys.listen(
        {
            "index": index,
            "count": count,
            "screen": address.asked(address.SCREEN),
            "leave": bool(st.session_state.get(controls.LEAVE)),
        },
        on_turn=controls.on_key,
        on_screen=controls.on_screen,
    )
