"""镇街画像: one township against the county and last year, up to four side by side, or all at a glance."""

import streamlit as st

from pages.shared import blocks
from pages.shared.frame import return_to_frame
from pages.shared.townships import compare, overview, profile, work
from pages.shared.townships.entries import entries
from pages.shared.view import View

MOST = 4
_PICKED = "townships.picked"


def render(view: View) -> None:
    """Draw the chosen townships: one as a profile, two to four compared, else all of them at a glance."""
    found = entries(view)
    codes = [code for code in view.profile.township_names if code in view.filters.townships]
    if not found:
        blocks.nothing(
            view,
            view.t("townships.nothing", area=view.whole),
            view.t("townships.nothing_body", month=view.month),
            clear=("committees",) if view.filters.committees else (),
        )
        return
    if len(codes) == 1:
        blocks.lead(profile.lead(view, found, codes[0]))
        _picker(view, codes)
        work.draw(view, found, codes[0])
        profile.draw(view, found, codes[0])
    elif 1 < len(codes) <= MOST:
        blocks.lead(compare.lead(view, found, codes))
        _picker(view, codes)
        compare.draw(view, found, codes)
    else:
        blocks.lead(overview.lead(view, found, codes))
        _picker(view, codes)
        overview.draw(view, found, codes)


def _picker(view: View, codes: list[str]) -> None:
    """Draw every township as a button: one opens its profile, two to four are compared."""
    names = view.profile.township_names
    st.session_state[_PICKED] = codes[:MOST] if len(codes) <= MOST else []
    st.pills(
        view.t("townships.pick"),
        list(names),
        selection_mode="multi",
        format_func=lambda code: names[code],
        key=_PICKED,
        on_change=_pick,
    )


def _pick() -> None:
    """Make the buttons the frame's filter; a fifth one takes the place of the first."""
    st.session_state["townships"] = list(st.session_state[_PICKED])[-MOST:]


if __name__ == "__main__":
    return_to_frame("townships")
