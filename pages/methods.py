"""口径说明: how each figure is defined, from the registry, and what the county has set for itself."""

import streamlit as st

import queries
from pages.shared import blocks
from pages.shared.frame import return_to_frame
from pages.shared.methods import county
from pages.shared.methods.definition import definition
from pages.shared.view import View

RULES = (
    *("ratio", "denominator", "missing", "finest", "km", "on_time", "rounding", "wilson", "funnel", "xmr"),
    *("contribution", "comparable", "qualifier", "published", "disclosure"),
)
PARAMETER = "indicator"
MOST = 40


def render(view: View) -> None:
    """Draw the indicator that a link names, all by group or search, and the rules that hold everywhere."""
    blocks.lead(view.t("methods.lead", count=len(queries.INDICATORS)))
    _linked(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            view.t("methods.search"),
            key="methods.search",
            placeholder=view.t("methods.search_hint"),
            icon=":material/search:",
            width=340,
        ).strip()
    if sought:
        _found(view, sought)
    else:
        _group(view)
    county.settings(view)
    st.markdown(f"### {view.t('methods.rules_title')}", anchors=False)
    for rule in RULES:
        st.markdown(f"- {blocks.plain(view.t(f'methods.rules.{rule}'))}")


def _linked(view: View) -> None:
    """Draw what ?indicator=ID asks for, opened, above all others."""
    asked = st.query_params.get(PARAMETER)
    if asked is None:
        return
    about = queries.INDICATORS.get(asked)
    if about is None:
        st.info(view.t("methods.unknown"), icon=":material/search_off:")
        return
    with st.container(border=True, key="methods.linked"):
        st.markdown(f"### {blocks.plain(about.name(view.text.lang))}", anchors=False)
        definition(view, about)
        st.button(view.t("methods.close"), icon=":material/close:", on_click=_unlink, key="methods.close")


def _unlink() -> None:
    st.query_params.pop(PARAMETER, None)


def matches(about: queries.Indicator, sought: str) -> bool:
    """Tell whether each word sought stands in the name, id, sentence or formula, in either language."""
    texts = (about.id, *about.names.values(), *about.sentences.values(), *about.formulas.values())
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in sought.casefold().split())


def _found(view: View, sought: str) -> None:
    found = [about for about in queries.INDICATORS.values() if matches(about, sought)]
    blocks.note(view.text.count("methods.found", len(found)))
    for about in found[:MOST]:
        _entry(view, about)
    if len(found) > MOST:
        blocks.note(view.text.count("methods.found_more", len(found) - MOST))


def _group(view: View) -> None:
    groups = list(dict.fromkeys(about.group for about in queries.INDICATORS.values()))
    group = st.segmented_control(
        view.t("methods.group"),
        groups,
        format_func=lambda name: view.t(f"methods.groups.{name}"),
        key="methods.group",
        default=groups[0],
        required=True,
    )
    for about in queries.INDICATORS.values():
        if about.group == group:
            _entry(view, about)


def _entry(view: View, about: queries.Indicator) -> None:
    """Draw the name of an indicator, and what there is to know once it is opened."""
    name = blocks.plain(about.name(view.text.lang))
    label = f"{name} :small[:gray[{blocks.plain(about.id)}]]"
    with st.expander(label, key=f"methods.{about.id}", on_change="rerun") as box:
        if box.open:
            definition(view, about)


if __name__ == "__main__":
    return_to_frame("methods")
