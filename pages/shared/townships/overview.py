"""All townships at a glance: a few indicators that compare, and how many targets each one misses."""

from functools import partial

import streamlit as st

from pages.shared import blocks, cards
from pages.shared.charts.heat import Shade, heat_table
from pages.shared.rates import ORGANISATION
from pages.shared.townships.entries import QUERY, Entry, has_unreported, like
from pages.shared.townships.phrases import table_frame
from pages.shared.view import Source, View
from queries.statistics import LEAST_TO_RANK
from queries.words.formats import count_text
from queries.words.wording import name_list

# One of each page of the agenda; the first is that of the chosen denominator.
KEY = ("work_cov_total", "per_station", "on_time", "closed_rate")


def lead(view: View, found: list[Entry], codes: list[str]) -> str:
    """Return the page's sentence: which townships miss most targets, and what to do next."""
    if len(codes) > 1:
        return view.t("townships.lead_many", n=len(codes))
    missed = _missed(found)
    most = max(missed.values(), default=0)
    names = [view.name("township", code) for code, count in missed.items() if count == most]
    if not most:
        return view.t("townships.lead_choose", n=len(missed))
    return view.t("townships.lead_most", names=name_list(names, view.text), n=most)


def _missed(found: list[Entry]) -> dict[str, int]:
    codes = list(found[0].rows)
    return {code: sum(entry.rows[code]["status"] == "bad" for entry in found) for code in codes}


def draw(view: View, found: list[Entry], codes: list[str]) -> None:
    """Draw the table of all townships, or of those chosen where they are too many to compare."""
    with st.container(border=True):
        cards.rebuilt(view, partial(_card, found, codes)).draw(view)


def _card(all_found: list[Entry], codes: list[str], view: View) -> cards.Card:
    found = like(view, all_found)
    wanted = (ORGANISATION[view.filters.denominator], *KEY)
    by_name = {entry.about.id: entry for entry in found if entry.is_comparable}
    kept = [by_name[name] for name in wanted if name in by_name]
    shown = codes or list(found[0].rows)
    missed = _missed(found)
    cells = [
        [*(_shade(view, entry, code) for entry in kept), _count(view, found, missed, code)] for code in shown
    ]
    heads = [view.t(f"townships.short_{entry.about.id}") for entry in kept]
    figure = heat_table(
        [view.name("township", code) for code in shown],
        [*heads, view.t("townships.short_missed")],
        cells,
        blocks.look(view),
        measure=view.t("townships.overview_measure"),
    )
    frame = table_frame(view, kept, shown)
    return cards.Card(
        Source("townships_overview", QUERY, tuple(entry.about.id for entry in kept), frame),
        figure,
        _title(view, kept),
        view.t("townships.overview_subtitle"),
        view.t("townships.overview_remark"),
    )


def _title(view: View, kept: list[Entry]) -> str:
    """Return by which indicator the townships lie farthest apart from best to worst, large ones only."""
    spread = {
        entry.quantity.name: max(values) - min(values)
        for entry in kept
        if entry.about.is_rate and len(values := _large(entry)) > 1
    }
    if not spread or not max(spread.values()):
        return view.t("townships.overview_title")
    name = max(spread, key=lambda key: spread[key])
    points = count_text(spread[name] * 100, "", view.text)
    return view.t("townships.overview_spread", name=name, points=points)


def _large(entry: Entry) -> list[float]:
    """The values of townships whose denominator is large enough to be compared."""
    return [
        row["value"]
        for row in entry.rows.values()
        if row["value"] is not None and (row["denominator"] or 0) >= LEAST_TO_RANK
    ]


def _shade(view: View, entry: Entry, code: str) -> Shade:
    """A cell of a rate without its sign: %, which the head tells; small denominators have no colour."""
    row, words = entry.rows[code], entry.quantity.value(entry.rows[code])
    spoken = f"{entry.quantity.name} {words}"
    if row["value"] is None:
        return Shade(words, None, spoken)
    shown = words.removesuffix("%").removesuffix(entry.quantity.classifier)
    large = _large(entry)
    if row["value"] not in large or max(large) == min(large):
        return Shade(shown, None, spoken)
    level = (row["value"] - min(large)) / (max(large) - min(large))
    return Shade(shown, 1 - level if entry.sign > 0 else level, spoken)


def _count(view: View, found: list[Entry], missed: dict[str, int], code: str) -> Shade:
    """How many targets a township misses; 未报 where it owes figures, for fewer would look better."""
    if has_unreported(found, code):
        return Shade(view.t("status.none"), None, view.t("status.none"))
    most = max(missed.values())
    spoken = view.t("townships.missed_count", n=missed[code])
    return Shade(str(missed[code]), missed[code] / most if most else None, spoken)
