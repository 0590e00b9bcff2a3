"""The row below a slide: what keys do, for those who have a mouse; the mark of a newer publication."""

import time

import streamlit as st

import queries
from pages.shared.deck.deck import Slide
from pages.shared.i18n import Text
from pages.shared.present import address, keys
from pages.shared.slides.figure import focusable

JUMP, SPOT, AUTO, LEAVE = "present.jump", "present.spot", "present.auto", "present.leave"
_NAMES, _SINCE, _TOLD = "present.names", "present.since", "present.told"
WATCH = 15  # seconds between two looks for a newer publication
# Shares of the window that the two menus take.
JUMP_WIDE, SPOT_WIDE = 0.2, 0.1


def turn_to(index: int) -> None:
    """Go to a slide: into the address, with nothing in focus and no more to tell about the link."""
    names: list[str] = st.session_state[_NAMES]
    address.write(address.SLIDE, names[min(max(index, 0), len(names) - 1)])
    st.session_state[SPOT] = None
    st.session_state[_SINCE] = time.monotonic()
    st.session_state.pop(_TOLD, None)


def enter(names: list[str], told: list[str]) -> None:
    """Note which slides there are, and what is to be told about the link until the next turn."""
    st.session_state[_NAMES] = names
    st.session_state.setdefault(_SINCE, time.monotonic())
    if told:
        st.session_state[_TOLD] = told


def on_key() -> None:
    """Follow a key: another slide, or one item of this one into focus and out of it."""
    to, item = keys.pressed("turn"), keys.pressed("spot")
    if isinstance(to, int):
        turn_to(to)
    if isinstance(item, int):
        st.session_state[SPOT] = None if st.session_state.get(SPOT) == item else item


def on_screen() -> None:
    """Note the size of the window in the address, for a reload to be drawn at once as it should."""
    size = keys.pressed("screen")
    if isinstance(size, str):
        address.write(address.SCREEN, size)


def spot(slide: Slide) -> int | None:
    """Return the item in focus, where the slide has that many."""
    chosen = st.session_state.get(SPOT)
    return chosen if isinstance(chosen, int) and 0 <= chosen < len(focusable(slide)) else None


def bar(text: Text, slides: tuple[Slide, ...], index: int, pinned: int, seconds: int) -> None:
    """Draw the row: what is told, then the controls."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", height=40, border=False, wrap=False
    ):
        with st.container(width="stretch"):
            watch = st.fragment(_watch, run_every=seconds if st.session_state.get(AUTO) else WATCH)
            watch(text, pinned, index, seconds)
        _button(text, "back", index - 1, disabled=index == 0)
        _button(text, "next", index + 1, disabled=index == len(slides) - 1)
        _jump(text, slides, index)
        _focus(text, slides[index])
        st.toggle(text("present.auto", seconds=seconds), key=AUTO, help=text("present.keys"))
        st.button(_quiet(text("present.leave")), key=LEAVE, type="tertiary")


def _quiet(label: str) -> str:
    return f":small[:gray[{label}]]"


def _button(text: Text, name: str, to: int, *, disabled: bool) -> None:
    label = _quiet(text(f"present.{name}"))
    st.button(label, key=f"present.{name}", type="tertiary", disabled=disabled, on_click=turn_to, args=(to,))


def _jump(text: Text, slides: tuple[Slide, ...], index: int) -> None:
    st.session_state[JUMP] = index
    st.selectbox(
        text("present.jump"),
        range(len(slides)),
        format_func=lambda i: f"{i + 1}/{len(slides)} {slides[i].title}",
        key=JUMP,
        on_change=lambda: turn_to(st.session_state[JUMP]),
        label_visibility="collapsed",
        width=round(address.screen().width * JUMP_WIDE),
    )


def _focus(text: Text, slide: Slide) -> None:
    names = focusable(slide)
    st.session_state[SPOT] = spot(slide)
    st.selectbox(
        text("present.spot"),
        range(len(names)),
        format_func=lambda i: names[i],
        key=SPOT,
        index=None,
        placeholder=text("present.spot"),
        label_visibility="collapsed",
        disabled=not names,
        width=round(address.screen().width * SPOT_WIDE),
    )


def _watch(text: Text, pinned: int, index: int, seconds: int) -> None:
    """Tell of a newer publication, which changes nothing on the slide; turn it when its time is over."""
    told: list[str] = st.session_state.get(_TOLD, [])
    newer = _newest()
    mark = f":blue-badge[{text('present.newer', number=pinned)}] " if newer > pinned else ""
    st.markdown(mark + _quiet(told[0] if told else "" if mark else text("present.hint")))
    # A tick may come a little early; the run that draws the slide is no tick.
    is_over = time.monotonic() - st.session_state[_SINCE] >= seconds - 1
    if st.session_state.get(AUTO) and is_over and index + 1 < len(st.session_state[_NAMES]):
        turn_to(index + 1)
        st.rerun()


def _newest() -> int:
    """Return the number of the newest publication; 0 while the store cannot be read."""
    try:
        newest = queries.current()
    except queries.NuanxinError:
        return 0
    return newest.number if newest else 0
