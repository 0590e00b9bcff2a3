"""月度联席会议: the landing page, in the order of the agenda, on one screen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.shared import blocks
from pages.shared.frame import return_to_frame
from pages.shared.meeting.basics import basics
from pages.shared.meeting.decisions import Decisions
from pages.shared.meeting.findings import Finding, findings, section_text, whole_text
from pages.shared.meeting.lead import lead
from pages.shared.meeting.movement import Movement, movement
from pages.shared.meeting.packing import pack_menu
from pages.shared.meeting.section import copy, counts, opening, sentences
from pages.shared.meeting.shortfalls import Shortfalls
from pages.shared.mission import Figure, mission
from pages.shared.view import View

# Sentences that a block shows before the others are folded away.
SHOWN = {"changes": 3, "shortfalls": 3, "decisions": 1, "proposals": 3}
# Rows of bars and sentences share one height: as many of both as fit.
ROWS, LINES = 12, 8
Told = Mapping[str, Sequence[Finding]]


def render(view: View) -> None:
    """Draw the page for the viewer's month, townships, committees and denominator."""
    figures, told = mission(view), findings(view)
    with st.container(gap="xsmall"):
        _lead(view, lead(view, figures), told)
        basics(view, figures)
    moved = movement(view, figures)
    grid = st.grid(3, min_column_width=460, gap="small", border=True)
    # Without bars the first block is low: the last one moves up below it.
    with grid.cell(row_span=2 if moved else 1), st.container(gap="xxsmall"):
        _changes(view, moved, told["changes"])
    with grid.cell(row_span=2), st.container(gap="xxsmall"):
        _shortfalls(view, figures[0], told["shortfalls"])
    with grid.cell(row_span=1 if moved else 2), st.container(gap="xxsmall"):
        _decisions(view, told["decisions"], tasks=3 if moved else 8)
    with grid.cell(), st.container(gap="xxsmall"):
        _proposals(view, told["proposals"])


def _lead(view: View, sentence: str, told: Told) -> None:
    """Draw the lead; beside it what copies the page or a block, and the files to take along."""
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            blocks.lead(sentence)
        head = "\n".join([view.t("meeting.title", month=view.month), sentence])
        texts = {
            view.t("meeting.basics"): section_text(view, "basics", told["basics"]),
            view.t("meeting.whole"): whole_text(view, told, head),
        }
        copy(view, "whole", texts, view.t("meeting.copy_whole"))
        pack_menu(view)


def _changes(view: View, moved: Movement | None, told: Sequence[Finding]) -> None:
    shown = max(SHOWN["changes"], ROWS - (moved.frame.height if moved else 0))
    opening(view, "changes", told, shown=shown, sheet=moved.sheet(view) if moved else None)
    if moved:
        blocks.heading(moved.title(view), moved.subtitle(view))
        blocks.chart(moved.chart(view), "meeting_contributions")
    sentences(view, "changes", told, shown=shown)


def _shortfalls(view: View, coverage: Figure, told: Sequence[Finding]) -> None:
    behind = Shortfalls(view, coverage)
    shown = max(SHOWN["shortfalls"], LINES - behind.lines)
    opening(view, "shortfalls", told, shown=shown, sheet=behind.sheet(view))
    if behind.title:
        blocks.heading(behind.title, behind.subtitle(view))
    if behind.rows:
        blocks.chart(behind.chart(view), "meeting_coverage")
    counts(view, told)
    sentences(view, "shortfalls", told, shown=shown)


def _decisions(view: View, told: Sequence[Finding], *, tasks: int) -> None:
    shown = SHOWN["decisions"]
    opening(view, "decisions", told, shown=shown)
    listed = Decisions(view, tasks)
    blocks.heading(listed.title, listed.subtitle(view))
    sentences(view, "decisions", told, shown=shown)
    listed.draw(view)


def _proposals(view: View, told: Sequence[Finding]) -> None:
    shown = SHOWN["proposals"]
    opening(view, "proposals", told, shown=shown)
    sentences(view, "proposals", told, shown=shown)


if __name__ == "__main__":
    return_to_frame("meeting")
