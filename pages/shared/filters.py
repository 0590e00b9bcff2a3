"""The four filters (month, townships, committees, denominator) and the language, in session and URL.

The URL holds codes, never labels, and is written here rather than by `bind="query-params"`: on Streamlit
1.67 a bound widget writes its label, which changes with the language, and a widget in a closed popover
loses its parameter when the page changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

DENOMINATORS = ("operating", "eligible", "above_scale", "has_members")
LANGUAGES = ("zh", "en")
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
KEYS = ("month", "townships", "committees", "denominator", "lang")
_WRITTEN = "filters.url"


@dataclass(frozen=True)
class Options:
    """What may be chosen: months newest first ("2026-10"), and names by code of the month's profile."""

    months: tuple[str, ...]
    townships: Mapping[str, str]
    committees: Mapping[str, str]


@dataclass(frozen=True)
class Filters:
    """What is chosen. Empty townships or committees mean all of them."""

    month: date
    townships: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    denominator: str = "operating"
    lang: str = "zh"

    def to_url(self) -> dict[str, str | list[str]]:
        """Return the query parameters that show a receiver of the link the same picture."""
        url: dict[str, str | list[str]] = {"month": f"{self.month:%Y-%m}"}
        if self.townships:
            url["townships"] = list(self.townships)
        if self.committees:
            url["committees"] = list(self.committees)
        if self.denominator != DENOMINATORS[0]:
            url["denominator"] = self.denominator
        if self.lang != LANGUAGES[0]:
            url["lang"] = self.lang
        return url


def adopt_url() -> None:
    """Copy the URL's parameters into the session when the session did not write them itself.

    A click on the navigation clears the URL: the session's choice then stands. A link replaces it whole.
    """
    url = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    if not url or url == st.session_state.get(_WRITTEN):
        return
    for key in KEYS:
        st.session_state.pop(key, None)
        if key in url:
            st.session_state[key] = url[key] if key in ("townships", "committees") else url[key][-1]


def language() -> str:
    """Return the session's language, Chinese unless another was chosen."""
    lang = st.session_state.get("lang", LANGUAGES[0])
    return lang if lang in LANGUAGES else LANGUAGES[0]


def chosen_month(months: Sequence[str]) -> tuple[str, bool]:
    """Return the month to show, and whether a month was asked for that has no snapshot."""
    asked = st.session_state.get("month")
    return (str(asked), False) if asked in months else (months[0], asked is not None)


def settle(options: Options) -> list[str]:
    """Put only valid choices into the session; return the filters from which something was dropped."""
    dropped = []
    month, unknown = chosen_month(options.months)
    st.session_state["month"] = month
    if unknown:
        dropped.append("month")
    for key, known in (("townships", options.townships), ("committees", options.committees)):
        asked = st.session_state.get(key, [])
        kept = [code for code in asked if code in known]
        st.session_state[key] = kept
        if len(kept) < len(asked):
            dropped.append(key)
    if st.session_state.setdefault("denominator", DENOMINATORS[0]) not in DENOMINATORS:
        st.session_state["denominator"] = DENOMINATORS[0]
        dropped.append("denominator")
    st.session_state["lang"] = language()
    return dropped


def to_month(text: str) -> date:
    """Return the first day of a month written as "2026-10"."""
    return date.fromisoformat(f"{text}-01")


def current() -> Filters:
    """Return the settled choice of this session."""
    return Filters(
        month=to_month(st.session_state["month"]),
        townships=tuple(st.session_state["townships"]),
        committees=tuple(st.session_state["committees"]),
        denominator=st.session_state["denominator"],
        lang=st.session_state["lang"],
    )


def write_url(filters: Filters) -> None:
    """Write the choice into the URL, leaving other parameters as they are."""
    ours = filters.to_url()
    listed = {key: value if isinstance(value, list) else [value] for key, value in ours.items()}
    present = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    st.session_state[_WRITTEN] = listed
    if present == listed:
        return
    others = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
    st.query_params.from_dict({**others, **ours})


def keep() -> None:
    """Hold the choice while a page without filters is open: a widget that is not drawn is forgotten.

    Only the language stands in the URL of such a page.
    """
    for key in KEYS:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
    lang = st.session_state["lang"] = language()
    ours = {"lang": [lang]} if lang != LANGUAGES[0] else {}
    st.session_state[_WRITTEN] = ours
    present = {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}
    if present != ours:
        st.query_params.from_dict(ours)


def clear(*keys: str) -> None:
    """Undo filters; a callback of the button on an empty page."""
    for key in keys:
        st.session_state[key] = []
