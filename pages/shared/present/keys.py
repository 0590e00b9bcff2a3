"""Keys, a clicker, full screen, and the size of the window: what only the browser knows or may do.

Streamlit's own shortcuts take one key a button, so → Space PageDown, ← PageUp, Home, End, Esc would need
eight buttons beside the slide; and neither the height of the window, on which every size of a slide rests,
nor full screen can be had from the server. So there is this one component. It draws nothing and asks for
nothing from outside; all that it does can also be done with the controls below the slide.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

KEY = "present.keys"


@cache
def _component() -> Any:
    script = Path(__file__).with_name("keys.js").read_text("utf-8")
    return st.components.v2.component("nuanxin_presenter_keys", js=script)


def listen(data: dict[str, Any], *, on_turn: Callable[[], None], on_screen: Callable[[], None]) -> None:
    """Mount the listener. `data` tells it where the presentation is; it calls back with what was pressed."""
    _component()(
        key=KEY,
        data=data,
        height=1,
        on_turn_change=on_turn,
        on_spot_change=on_turn,
        on_screen_change=on_screen,
    )


def pressed(name: str) -> Any:
    """Return what the browser reported, or None: `turn` and `spot` positions, `screen` as 1366x768."""
    return (st.session_state.get(KEY) or {}).get(name)
