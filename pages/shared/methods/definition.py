"""One indicator in full: what it says, versions, source, this month's and published figure, pages, SQL."""

from datetime import timedelta

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks
from pages.shared.care.quantity import Quantity
from pages.shared.methods.shown import shown_on
from pages.shared.view import View
from queries.words.formats import month_text

SQL_HEIGHT = 300


def definition(view: View, about: queries.Indicator) -> None:
    """Draw what there is to know of an indicator, with links to the pages that show it."""
    lang = view.text.lang
    st.markdown(blocks.plain(about.sentence(lang)))
    rows = [*_nature(view, about), *_versions(view, about), *_figures(view, about)]
    table = [
        {view.t("methods.item"): name, view.t("methods.content"): blocks.plain(str(value))}
        for name, value in rows
    ]
    st.table(table, border="horizontal", hide_index=True, hide_header=True)
    _links(view, about)
    if about.query:
        blocks.note(view.t("blocks.query", query=about.query))
        st.code(queries.QUERIES[about.query].sql, language="sql", height=SQL_HEIGHT)


def _nature(view: View, about: queries.Indicator) -> list[tuple[str, str]]:
    lang, listed = view.text.lang, view.text("wording.list_separator")
    return [
        (view.t("methods.formula"), about.formula(lang)),
        (view.t("methods.unit"), about.unit(lang)),
        (view.t("methods.kind"), view.t(f"methods.kinds.{about.kind}")),
        (view.t("methods.direction"), view.t(f"methods.directions.{about.direction}")),
        (view.t("methods.grain"), listed.join(view.t(f"methods.grains.{grain}") for grain in about.grain)),
        (view.t("methods.source"), about.ledger(lang)),
        (view.t("methods.caveat"), about.caveat(lang) or "—"),
        (view.t("methods.since"), about.since),
        (view.t("methods.id"), about.id),
    ]


def _versions(view: View, about: queries.Indicator) -> list[tuple[str, str]]:
    """Return each earlier definition with its last month, and since when the present one holds."""
    lang = view.text.lang
    rows = [
        (
            view.t("methods.version_until", month=month_text(old.until, view.text)),
            view.t("methods.version", sentence=old.sentences[lang], formula=old.formulas[lang]),
        )
        for old in about.versions
    ]
    if about.versions:
        following = (about.versions[-1].until + timedelta(days=31)).replace(day=1)
        words = view.t("methods.version", sentence=about.sentence(lang), formula=about.formula(lang))
        rows.append((view.t("methods.version_from", month=month_text(following, view.text)), words))
    return rows


def _figures(view: View, about: queries.Indicator) -> list[tuple[str, str]]:
    """Return the county's figure of the month, and beside it the one that its own report publishes."""
    rows = []
    if about.parts and "township" in about.grain:
        every = view.ask("indicators_by_township", townships=None, committees=None)
        mine = (pl.col("indicator_id") == about.id) & pl.col("township_code").is_null()
        for row in every.filter(mine).iter_rows(named=True):
            name = view.t("methods.this_month", area=view.whole, month=view.month)
            rows.append((name, Quantity(about, view.text).value(row)))
    published = view.ask("published_figures").filter(pl.col("indicator_id") == about.id)
    for row in published.iter_rows(named=True):
        number = f"{row['value']:g}{row['qualifier'] or ''}{row['unit']}"
        told = view.t("methods.published", number=number, title=row["title"], words=row["words"])
        rows.append((view.t("methods.published_name"), told))
    return rows


def _links(view: View, about: queries.Indicator) -> None:
    slugs = [slug for slug in shown_on(about) if slug in view.pages]
    if not slugs:
        blocks.note(view.t("methods.shown_nowhere"))
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f":small[:gray[{view.t('methods.shown')}]]", width="content")
        for slug in slugs:
            asked = {"indicator": about.id} if slug == "care" else {}
            blocks.link(view, slug, view.t(f"{slug}.nav"), asked)
