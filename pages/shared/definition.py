"""How the figures of a chart are defined: sentences, formulas, lights, where they come from, and the SQL."""

import streamlit as st

import queries
from pages.shared.badges import badge
from pages.shared.blocks import note, plain
from pages.shared.origins import SHOWN, origins
from pages.shared.view import Source, View
from queries.words.formats import date_text


def define(view: View, source: Source) -> None:
    """Draw the definitions of a source's indicators, the cut-off and the SQL that was run."""
    lang = view.text.lang
    for indicator in source.indicators:
        about = queries.INDICATORS[indicator]
        st.markdown(f"**{plain(about.name(lang))}** {plain(about.sentence(lang))}")
        st.markdown(f":small[:gray[{plain(view.t('blocks.formula', formula=about.formula(lang)))}]]")
    _lights(view, source)
    st.markdown(f":small[:gray[{view.t('blocks.cutoff', date=date_text(view.snapshot.cutoff, view.text))}]]")
    _origins(view, source)
    st.markdown(f":small[:gray[{view.t('blocks.query', query=source.query)}]]")
    st.code(queries.QUERIES[source.query].sql, language="sql", height=260)


def _lights(view: View, source: Source) -> None:
    """Draw when which light burns, where a figure of the source has a target."""
    if not any(view.targets(indicator) for indicator in source.indicators):
        return
    lang = view.text.lang
    rules = [
        f"{badge(status, view.text, theme=view.theme)} :small[{plain(rule)}]"
        for status, rule in view.lights.rules(lang).items()
    ]
    # Two blanks break the line.
    st.markdown("  \n".join(rules))
    note(view.lights.pace_rule(lang))


def _origins(view: View, source: Source) -> None:
    """Draw the files, sheets and rows that this month's figures of a chart were counted from."""
    found = origins(view, source)
    if not found:
        return
    st.markdown(f"**{view.t('origins.title', month=view.month)}**")
    st.markdown("\n".join(f"- :small[{plain(line)}]" for line in found[:SHOWN]))
    if len(found) > SHOWN:
        note(view.text.count("origins.more", len(found) - SHOWN))
