"""任务清单: the three lists, problems and decisions of meetings: who clears them, and what is late."""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from pages.shared import blocks, cards
from pages.shared.choice import Choice
from pages.shared.frame import return_to_frame
from pages.shared.tasks.cards import by_department, by_township, course
from pages.shared.tasks.headlines import headlines, lead
from pages.shared.tasks.scope import SCOPES, summed, within
from pages.shared.tasks.table import open_tasks
from pages.shared.view import View

LISTS = Choice("tasks", "scope", tuple(SCOPES))
# The least height of the course in px, and how far bars may be pulled apart to stand level with it.
COURSE, STRETCH = 220, 1.35


def render(view: View) -> None:
    """Draw the page for the viewer's month and townships; tasks belong to no committee."""
    scope, unknown = LISTS.adopt()
    if unknown:
        st.info(view.t("tasks.unknown_list"), icon=":material/info:")
    if view.filters.committees:
        st.info(view.t("tasks.no_committees"), icon=":material/info:")
    departments = view.ask("tasks_by_department")
    if departments.is_empty():
        _nothing(view)
        return
    months = view.ask("tasks_by_month", from_month=_from(view))
    blocks.lead(lead(view, summed(departments, "department"), summed(months, "month").row(-1, named=True)))
    headlines(view, months)
    LISTS.draw(view.t("columns.list"), {name: view.t(f"tasks.scopes.{name}") for name in SCOPES})
    due = within(view.ask("tasks_by_due"), SCOPES[scope])
    if due.is_empty():
        blocks.note(view.t("tasks.list_empty", name=view.t(f"tasks.scopes.{scope}"), area=view.area))
        return
    grid = st.grid(2, min_column_width=460, gap="small", border=True)
    townships, through = by_township(view, scope), partial(course, view, months, due, scope)
    _charts(view, grid, partial(by_department, view, departments, scope), through, townships)
    with grid.cell(column_span="all"):
        open_tasks(view, due)


def _charts(
    view: View,
    grid: GridContainer,
    departments: Callable[[float], cards.Card],
    through: Callable[[float], cards.Card],
    townships: cards.Card,
) -> None:
    """Draw departments beside the course, and townships below that where they fit there, else below both."""
    tall = blocks.height_of(departments(0).figure)
    both = blocks.height_of(townships.figure) + blocks.SECOND_CARD + COURSE + blocks.REMARK
    if both <= tall * STRETCH:
        with grid.cell(row_span=2):
            departments(both).draw(view)
        with grid.cell():
            through(max(COURSE, tall - both + COURSE)).draw(view)
        with grid.cell():
            townships.draw(view)
        return
    level = max(tall, COURSE)
    for card, wide in ((departments(level), 1), (through(level), 1), (townships, 2)):
        with grid.cell(column_span=wide):
            card.draw(view)


def _from(view: View) -> date:
    """Return the first month that any chart of the page shows: a whole year before this one."""
    return date(view.filters.month.year - 1, 1, 1)


def _nothing(view: View) -> None:
    reason = "none" if "tasks" in view.snapshot.tables else "unreported"
    blocks.nothing(
        view,
        view.t(f"tasks.nothing_{reason}", area=view.area),
        view.t(f"tasks.nothing_{reason}_body", month=view.month, area=view.area),
        clear=("townships",) if view.filters.townships else (),
    )


if __name__ == "__main__":
    return_to_frame("tasks")
