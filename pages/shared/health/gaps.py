"""Indicators that the county does not report this month, and those that some townships leave out."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks, cards
from pages.shared.health.figures import named
from pages.shared.view import Source, View
from queries.words.wording import name_list

SHOWN = 4


@dataclass(frozen=True)
class Gap:
    """One indicator: `missing` townships of those expected; `is_lost` = told last month, not now."""

    indicator: str
    missing: tuple[str, ...]
    expected: int
    is_told: bool
    is_lost: bool


def gaps(frame: pl.DataFrame) -> list[Gap]:
    """Return a gap for each indicator of an answer of `indicators_by_township` that anybody lacks."""
    told = pl.any_horizontal(pl.col("value", "numerator", "denominator").is_not_null())
    known = frame.with_columns(_told=told)
    found = []
    for (indicator,), group in known.group_by(["indicator_id"], maintain_order=True):
        each = group.drop_nulls("township_code")
        missing = tuple(each.filter(~pl.col("_told"))["township_code"])
        is_told = bool(group["_told"].any())
        # a figure of the whole county has no townships to wait for
        if is_told and len(missing) == each.height:
            continue
        before = bool(group["previous"].is_not_null().any())
        if missing:
            found.append(Gap(str(indicator), missing, each.height, is_told, before and not is_told))
    return found


def card(view: View) -> None:
    """Draw what was told last month and is not now, what is told in part, and what is not told at all."""
    frame = view.ask("indicators_by_township", committees=None)
    found = gaps(frame)
    lost = [one for one in found if one.is_lost]
    # who owes a whole ledger is told above, once
    part = [one for one in found if one.is_told and queries.INDICATORS[one.indicator].source == "figures"]
    never = [one for one in found if not one.is_told and not one.is_lost]
    blocks.heading(_title(view, lost, part, never), view.t("health.gaps_subtitle", month=view.month))
    if lost:
        blocks.note(view.t("health.gaps_lost", names=_names(view, lost)))
    if part:
        st.dataframe(
            pl.DataFrame([_row(view, one) for one in part]),
            hide_index=True,
            row_height=34,
            height="content" if len(part) <= 12 else 440,
            key="health.gaps",
            alt=view.t("blocks.table_alt", rows=len(part)),
        )
    if never:
        with st.expander(view.text.count("health.gaps_never", len(never)), key="health.never"):
            for group, own in _grouped(never).items():
                st.markdown(f"**{view.t(f'methods.groups.{group}')}** {blocks.plain(_names(view, own))}")
    cards.explain(
        view, Source("health_gaps", "indicators_by_township", (), _source(view, [*lost, *part, *never]))
    )


def _title(view: View, lost: list[Gap], part: list[Gap], never: list[Gap]) -> str:
    told = [
        view.text.count(key, len(own))
        for key, own in (
            ("health.gaps_title_lost", lost),
            ("health.gaps_title_part", part),
            ("health.gaps_title_never", never),
        )
        if own
    ]
    return view.text("wording.clause").join(told) if told else view.t("health.gaps_none")


def _row(view: View, one: Gap) -> dict[str, str]:
    names = [view.name("township", code) for code in one.missing]
    return {
        view.t("columns.health_indicator"): named(one.indicator, view.text),
        view.t("columns.health_missing"): f"{len(one.missing)}/{one.expected}",
        view.t("columns.health_who"): name_list(names, view.text, limit=SHOWN),
    }


def _names(view: View, own: list[Gap]) -> str:
    lang = view.text.lang
    names = [queries.INDICATORS[one.indicator].name(lang) for one in own]
    return view.text("wording.list_separator").join(names)


def _grouped(own: list[Gap]) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for one in own:
        found.setdefault(queries.INDICATORS[one.indicator].group, []).append(one)
    return found


def _source(view: View, own: list[Gap]) -> pl.DataFrame:
    rows = [
        {
            "health_indicator": named(one.indicator, view.text),
            "health_missing": f"{len(one.missing)}/{one.expected}",
            "health_who": view.text("wording.list_separator").join(
                view.name("township", c) for c in one.missing
            ),
        }
        for one in own
    ]
    columns = ("health_indicator", "health_missing", "health_who")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
