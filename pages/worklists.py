"""工作清单: what is counted elsewhere, row by row, for those who have to see to it. Internal."""

import polars as pl
import streamlit as st

from pages.shared import blocks
from pages.shared.choice import Choice
from pages.shared.frame import return_to_frame
from pages.shared.view import View
from pages.shared.worklists.lists import LISTS, WorkList, rows, worded
from pages.shared.worklists.table import download, table
from queries import INDICATORS
from queries.words.formats import count_text

CHOICE = Choice("worklists", "list", tuple(LISTS))


def render(view: View) -> None:
    """Draw the list of the link or the switch, under the viewer's filters."""
    name, unknown = CHOICE.adopt()
    if unknown:
        st.info(view.t("worklists.unknown_list"), icon=":material/info:")
    one, found = LISTS[name], {key: rows(view, each) for key, each in LISTS.items()}
    frame = found[name]
    blocks.lead(_lead(view, one, frame))
    CHOICE.draw(view.t("columns.list"), {key: _label(view, key, each) for key, each in found.items()})
    if view.filters.committees and not one.has_committees:
        st.info(view.t("worklists.no_committees"), icon=":material/info:")
    if frame is None:
        _unreported(view, one)
        return
    blocks.heading(_by_township(view, one, frame), _subtitle(view, one))
    said = worded(view, frame)
    if not said.is_empty():
        table(view, one, said)
    with st.container(horizontal=True, vertical_alignment="center"):
        if not said.is_empty():
            download(view, one, said)
        blocks.link(view, one.page, view.t("worklists.behind", page=view.t(f"{one.page}.nav")))
    blocks.note(view.t("worklists.internal"))


def _label(view: View, name: str, frame: pl.DataFrame | None) -> str:
    count = view.t("status.none") if frame is None else str(frame.height)
    return view.t("charts.label_value", label=view.t(f"worklists.names.{name}"), value=count)


def _lead(view: View, one: WorkList, frame: pl.DataFrame | None) -> str:
    """Return how many there are, in how many townships, and where most of them are."""
    told = {"area": view.area, "name": view.t(f"worklists.names.{one.name}")}
    if frame is None:
        return view.t("worklists.lead_unreported", **told)
    if frame.is_empty():
        return view.t("worklists.lead_none", **told)
    count, places = count_text(frame.height, view.t(one.unit), view.text), counts(view, frame)
    if len(places) < 2:
        return view.t("worklists.lead", count=count, **told)
    most = max(places.values())
    first = [place for place, number in places.items() if number == most]
    key = "worklists.lead_most" if len(first) == 1 and most > 1 else "worklists.lead_spread"
    each = count_text(most, view.t(one.unit), view.text)
    return view.t(key, count=count, places=len(places), most=first[0], each=each, **told)


def counts(view: View, frame: pl.DataFrame) -> dict[str, int]:
    """Return how many rows each township has, by its short name in 区划序, those without any left out."""
    found = dict(frame.group_by("township_code").len().iter_rows())
    return {name: found[code] for code, name in view.profile.township_names.items() if code in found}


def _by_township(view: View, one: WorkList, frame: pl.DataFrame) -> str:
    """Return the counts by township: what a title can hold, since a list has no other conclusion."""
    told = [
        view.t("worklists.of_township", township=place, count=count_text(number, view.t(one.unit), view.text))
        for place, number in counts(view, frame).items()
    ]
    elsewhere = frame["township_code"].null_count()
    if elsewhere:
        key = "whole_area" if one.name == "overdue_tasks" else "of_none"
        told.append(view.t(f"worklists.{key}", count=count_text(elsewhere, view.t(one.unit), view.text)))
    return view.t("worklists.joiner").join(told) or view.t("worklists.none")


def _subtitle(view: View, one: WorkList) -> str:
    about = INDICATORS[one.indicator].sentence(view.text.lang)
    if one.name != "blank_spots" or view.filters.denominator == "operating":
        return about
    chosen = view.t(f"denominators.{view.filters.denominator}")
    return view.t("worklists.only", about=about, denominator=chosen)


def _unreported(view: View, one: WorkList) -> None:
    ledger = view.t(f"imports.tables.{one.ledger}")
    blocks.nothing(
        view,
        view.t("worklists.unreported", ledger=ledger),
        view.t("worklists.unreported_body", month=view.month, ledger=ledger),
    )


if __name__ == "__main__":
    return_to_frame("worklists")
