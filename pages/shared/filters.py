"""The four filters (month, townships, committees, denominator) and the language, in session and URL.

The URL holds codes, never labels, and is written here rather than by `bind="query-params"`: on Streamlit
1.67 a bound widget writes its label, which changes with the language, and a widget in a closed popover
loses its parameter when the page changes.

A viewer may choose while an earlier choice is still being answered. Neither the answer on its way nor the
URL that the browser sent before it arrived may then undo the newer choice.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

DENOMINATORS = ("operating", "eligible", "above_scale", "has_members")
LANGUAGES = ("zh", "en")
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
KEYS = ("month", "townships", "committees", "denominator", "lang")
_WRITTEN = "filters.url"
_REPLACED = "filters.replaced"
_SETTLED = "filters.settled"
_DRAWING, _DRAWN = "filters.drawing", "filters.drawn"
# For so long after a URL was replaced, the browser may still send the old one; nobody goes back so fast.
UNDERWAY_SECONDS = 1.0


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
    What was chosen on the page just now is newer than the URL that was sent along.
    """
    url = _in_url()
    if not url or url == st.session_state.get(_WRITTEN) or _chosen_just_now() or _was_underway(url):
        return
    st.session_state.pop(_SETTLED, None)
    for key in KEYS:
        st.session_state.pop(key, None)
        if key in url:
            st.session_state[key] = url[key] if key in ("townships", "committees") else url[key][-1]


def _in_url() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}


def _chosen_just_now() -> bool:
    """Whether a widget holds another choice than the one that was settled last."""
    settled = st.session_state.get(_SETTLED, {})
    return any(key in st.session_state and st.session_state[key] != settled[key] for key in settled)


def _was_underway(url: Mapping[str, list[str]]) -> bool:
    replaced, when = st.session_state.get(_REPLACED, (None, 0.0))
    return bool(url == replaced) and time.monotonic() - when < UNDERWAY_SECONDS


def _held(key: str) -> Any:
    """Return a widget's choice, or the last settled one where Streamlit forgot it: it was not drawn."""
    return st.session_state.get(key, st.session_state.get(_SETTLED, {}).get(key))


def language() -> str:
    """Return the session's language, Chinese unless another was chosen."""
    lang = _held("lang")
    return lang if lang in LANGUAGES else LANGUAGES[0]


def chosen_month(months: Sequence[str]) -> tuple[str, bool]:
    """Return the month to show, and whether a month was asked for that has no snapshot."""
    asked = _held("month")
    return (str(asked), False) if asked in months else (months[0], asked is not None)


def settle(options: Options, page: str) -> list[str]:
    """Put only valid choices into the session; return the filters from which something was dropped."""
    month, unknown = chosen_month(options.months)
    settled: dict[str, str | list[str]] = {"month": month}
    dropped = ["month"] if unknown else []
    for key, known in (("townships", options.townships), ("committees", options.committees)):
        asked = _held(key) or []
        settled[key] = kept = [code for code in asked if code in known]
        if len(kept) < len(asked):
            dropped.append(key)
    settled["denominator"] = _held("denominator") or DENOMINATORS[0]
    if settled["denominator"] not in DENOMINATORS:
        settled["denominator"] = DENOMINATORS[0]
        dropped.append("denominator")
    settled["lang"] = language()
    _put(settled, drawn_as=(page, settled["lang"], options))
    return dropped


def _put(settled: Mapping[str, str | list[str]], *, drawn_as: object) -> None:
    """Hold a choice in the session.

    What is assigned is sent to the browser and wins there over a choice made meanwhile, so what stands is
    left alone; but widgets on another page or with other labels are new ones, and know nothing yet.
    """
    is_new = st.session_state.get(_DRAWN) != drawn_as
    for key, value in settled.items():
        if is_new or st.session_state.get(key) != value:
            st.session_state[key] = value
    st.session_state[_SETTLED] = {**st.session_state.get(_SETTLED, {}), **settled}
    st.session_state[_DRAWING] = drawn_as


def are_drawn() -> None:
    """Note that the widgets stand: a run may be cut off by the next one before they do."""
    st.session_state[_DRAWN] = st.session_state[_DRAWING]


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
    present = _in_url()
    st.session_state[_WRITTEN] = listed
    if present == listed:
        return
    st.session_state[_REPLACED] = (present, time.monotonic())
    others = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
    st.query_params.from_dict({**others, **ours})


def keep(page: str) -> None:
    """Settle the language alone, for a page without filters; nothing else stands in its URL."""
    lang = language()
    _put({"lang": lang}, drawn_as=page)
    ours = {"lang": [lang]} if lang != LANGUAGES[0] else {}
    st.session_state[_WRITTEN] = ours
    if _in_url() != ours:
        st.query_params.from_dict(ours)


def clear(*keys: str) -> None:
    """Undo filters; a callback of the button on an empty page."""
    for key in keys:
        st.session_state[key] = []
