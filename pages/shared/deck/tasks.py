"""上次议定事项: what is to be done, by deadline."""

from typing import Any

from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Column, Table
from pages.shared.meeting.decisions import Decisions, listed
from pages.shared.tasks.table import standing
from pages.shared.view import View
from queries.words.formats import day_text

ROWS = 8


def tasks(brief: Brief) -> list[Slide]:
    """Return what meetings decided or found and is not checked off yet, the overdue first."""
    view = brief.view
    todo = Decisions(view, ROWS)
    if todo.open is None:
        return brief.unreported(
            "tasks",
            "decisions",
            "tasks",
            title=view.t("tasks.nothing_unreported"),
            body=view.t("tasks.nothing_unreported_body", month=view.month),
        )
    if todo.open.is_empty():
        return []
    rows = list(listed(todo.open, ROWS).iter_rows(named=True))
    states = [standing(view, row) for row in rows]
    names = ("columns.due_on", "columns.title", "columns.department", "meeting.state")
    table = Table(
        columns=tuple(Column(view.t(name)) for name in names),
        rows=tuple(_row(view, row, state) for row, state in zip(rows, states, strict=True)),
        lights=tuple(states),
        light=len(names) - 1,
    )
    return [
        brief.slide(
            "tasks",
            "decisions",
            title=todo.title,
            subtitle=todo.subtitle(view),
            exhibit=table,
            indicators=("tasks_overdue", "decisions_rate", "problem_tasks_rate"),
            query="tasks_by_due",
            notes=[one.text for one in brief.told["decisions"]],
        )
    ]


def _row(view: View, row: dict[str, Any], state: str) -> tuple[str, ...]:
    due = day_text(row["due_on"], view.text) if row["due_on"] else "—"
    return due, row["title"], row["department"] or "—", view.t(f"tasks.standings.{state}")
