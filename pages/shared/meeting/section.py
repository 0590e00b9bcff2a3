"""A block of the agenda: its name with the button that copies it, its conclusion, its sentences."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.shared import blocks, cards
from pages.shared.meeting.findings import Finding, section_text
from pages.shared.meeting.lights import light_badge
from pages.shared.saving import Sheet
from pages.shared.view import View

# What a sentence links to unless it is this page itself.
HERE = "meeting"


def opening(
    view: View, section: str, told: Sequence[Finding], *, shown: int, sheet: Sheet | None = None
) -> None:
    """Draw the name of a block; beside it the menus of its chart, the sentences beyond `shown`, the copy."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f":small[:gray[{view.t(f'meeting.{section}')}]]", width="stretch")
        with st.container(horizontal=True, wrap=False, width="content", gap="xsmall"):
            if len(told) > shown:
                more = view.text.count("meeting.more", len(told) - shown)
                with st.popover(more, type="tertiary", key=f"more.{section}"):
                    _sentences(view, section, told[shown:], shown)
            copy(view, section, {"": section_text(view, section, told)}, view.t("meeting.copy"))
        if sheet:
            with st.container(width="content"):
                cards.explain(view, sheet)


def copy(view: View, key: str, texts: Mapping[str, str], label: str) -> None:
    """Draw the popover of texts to copy, each under its heading; the code block brings the button."""
    with st.popover(label, icon=":material/content_copy:", type="tertiary", key=f"copy.{key}"):
        for heading, text in texts.items():
            if heading:
                st.markdown(f"**{blocks.plain(heading)}**")
            st.code(text, language=None, wrap_lines=True)


def sentences(view: View, section: str, told: Sequence[Finding], *, shown: int) -> None:
    """Draw the first sentences of a block, each with its light and linked to the page behind it."""
    if not told:
        blocks.note(view.t("meeting.nothing"))
    _sentences(view, section, told[:shown], 0)


def counts(view: View, told: Sequence[Finding]) -> None:
    """Draw how many there are of what is open, each number a link to the list of them."""
    listed = [finding for finding in told if finding.count and finding.page in view.pages]
    if not listed:
        return
    with st.container(horizontal=True, gap="xxsmall", key="meeting.counts"):
        for finding in listed:
            name = view.t(f"worklists.names.{finding.params['list']}")
            label = blocks.plain(view.t("meeting.count", name=name, count=finding.count))
            query = {**view.filters.to_url(), **finding.params}
            st.page_link(view.pages[finding.page], label=f":small[:blue[{label}]]", query_params=query)


def _sentences(view: View, section: str, told: Sequence[Finding], first: int) -> None:
    for number, finding in enumerate(told, first):
        light = light_badge(view, finding.status) if finding.status else ""
        with st.container(
            horizontal=True,
            wrap=False,
            gap="xsmall",
            vertical_alignment="center",
            key=f"finding.{section}.{number}",
        ):
            st.markdown(f"{light} :small[{blocks.plain(finding.text)}]".strip(), width="stretch")
            if finding.page in view.pages and finding.page != HERE:
                blocks.short_link(view, finding.page, finding.params)
