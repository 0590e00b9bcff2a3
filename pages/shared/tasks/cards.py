"""Tasks as charts: by department, by township, and their course through the year."""

from typing import Any

import polars as pl

from pages.shared import blocks
from pages.shared.cards import Card
from pages.shared.charts import Point, trend_line
from pages.shared.charts.burndown import burn_down, even_pace
from pages.shared.charts.tasks import STATES, Tasks, task_bars
from pages.shared.tasks.headlines import most_overdue
from pages.shared.tasks.scope import DECISIONS, SCOPES, THREE, first_month, named_tasks, summed, within
from pages.shared.view import Source, View
from queries.words.formats import count_text, months_text, round_half_up
from queries.words.wording import change, name_list


def by_department(view: View, frame: pl.DataFrame, scope: str, height: float = 0) -> Card:
    """Return the tasks of each department by state; who has most overdue ones comes first.

    `height` is the least height of the chart in px.
    """
    ranked = summed(within(frame, SCOPES[scope]), "department").sort(
        "overdue", "listed", descending=True, maintain_order=True
    )
    rows = [
        _row(view, row["department"] or view.t("columns.not_stated"), row)
        for row in ranked.iter_rows(named=True)
    ]
    listed, late = ranked.height, ranked.filter(pl.col("overdue") > 0).height
    most, each = most_overdue(ranked)
    title = view.t("tasks.department_in_time", count=listed)
    if most:
        title = view.text.count(
            "tasks.department_most", len(most), names=name_list(most, view.text), each=_items(view, each)
        )
    elif late:
        title = view.t("tasks.department_overdue", count=late)
    return Card(
        Source("tasks_department", "tasks_by_department", ("cleared_rate", "tasks_overdue"), _told(ranked)),
        _bars(view, rows, height),
        title,
        view.t("tasks.department_subtitle", states=_states(view)),
    )


def by_township(view: View, scope: str) -> Card:
    """Return the tasks that lie with a township, in 区划序; the others are the whole county's."""
    frame = summed(within(view.ask("tasks_by_township"), SCOPES[scope]), "township_code", "township")
    own = frame.filter(pl.col("township_code").is_not_null())
    shared = int(frame["listed"].sum()) - int(own["listed"].sum())
    rows = [_row(view, view.name("township", row["township_code"]), row) for row in own.iter_rows(named=True)]
    total, late = int(own["listed"].sum()), int(own["overdue"].sum())
    key = "township_overdue" if late else "township_in_time" if total else "township_none"
    return Card(
        Source("tasks_township", "tasks_by_township", ("cleared_rate", "tasks_overdue"), _told(frame)),
        _bars(view, rows),
        view.t(f"tasks.{key}", count=_items(view, total), overdue=_items(view, late)),
        view.t("tasks.township_subtitle"),
        view.t("tasks.township_remark", count=_items(view, shared)) if shared else "",
    )


def _bars(view: View, rows: list[Tasks], height: float = 0) -> dict[str, Any]:
    measure, classifier = view.t("tasks.measure"), view.t("units.task")
    return task_bars(rows, blocks.look(view), measure=measure, classifier=classifier, height=height)


def _row(view: View, name: str, row: dict[str, Any]) -> Tasks:
    if row["listed"] is None:
        return Tasks(name, "", None)
    note = view.t("tasks.cleared_of", cleared=row["cleared"], listed=row["listed"]) if row["listed"] else ""
    return Tasks(name, note, tuple(row[state] for state in STATES))


def _states(view: View) -> str:
    return view.t("tasks.key_joiner").join(view.t(f"charts.states.{state}") for state in STATES)


def _told(frame: pl.DataFrame) -> pl.DataFrame:
    return named_tasks(frame).with_columns(
        (pl.col("tasks_cleared") / pl.col("tasks_listed")).fill_nan(None).alias("cleared_rate")
    )


def _items(view: View, count: int) -> str:
    return count_text(count, view.t("units.task"), view.text)


def course(view: View, months: pl.DataFrame, due: pl.DataFrame, scope: str, height: float) -> Card:
    """Return the open tasks by month: against an even pace where a list has a last deadline.

    Of all lists together the three are shown: what meetings decide is new each month and never runs out.
    """
    shown = "three" if scope == "all" and not within(due, THREE).is_empty() else scope
    lists = SCOPES[shown]
    name = view.t(f"tasks.scopes.{shown}")
    deadline = within(due, lists)["due_on"].max()
    start = first_month(view)
    if DECISIONS in lists or deadline is None or deadline < start:  # type: ignore[operator]
        return _open_by_month(view, summed(within(months, lists), "month"), name, height)
    year = summed(within(months, lists).filter(pl.col("month") >= start), "month")
    points = [Point(row["month"], row["open"]) for row in year.iter_rows(named=True)]
    now = year.row(-1, named=True)
    figure = burn_down(
        points,
        blocks.look(view),
        listed=now["listed"],
        deadline=deadline,  # type: ignore[arg-type]
        measure=view.t("tasks.open_measure", name=name),
        classifier=view.t("units.task"),
        height=height,
    )
    pace = int(round_half_up(even_pace(now["month"], start, deadline, now["listed"]), 0))  # type: ignore[arg-type]
    return _course_card(view, year, figure, _pace_title(view, name, now["open"], pace), "tasks.pace_subtitle")


def _pace_title(view: View, name: str, left: int, pace: int) -> str:
    if not left:
        return view.t("tasks.all_cleared", name=name)
    key = "tasks.pace_behind" if left > pace else "tasks.pace_ahead" if left < pace else "tasks.pace_even"
    return view.t(key, name=name, left=_items(view, left), gap=_items(view, abs(left - pace)))


def _open_by_month(view: View, months: pl.DataFrame, name: str, height: float) -> Card:
    points = [Point(row["month"], row["open"]) for row in months.iter_rows(named=True)]
    classifier = view.t("units.task")
    figure = trend_line(
        points,
        blocks.look(view),
        measure=view.t("tasks.open_measure", name=name),
        unit="count",
        classifier=classifier,
        from_zero=True,
        height=height,
    )
    now, before = blocks.this_and_last(months)
    title = view.t("tasks.open_now", name=name, left=_items(view, now["open"]))
    if before is not None and before["open"] is not None:
        moved = change(
            "stock", now["open"], before["open"], view.text, direction="down", classifier=classifier
        )
        title = view.t("tasks.open_moved", name=name, left=_items(view, now["open"]), change=moved.sentence)
    return _course_card(view, months, figure, title, "tasks.open_subtitle")


def _course_card(view: View, months: pl.DataFrame, figure: dict[str, Any], title: str, subtitle: str) -> Card:
    span = months_text(months["month"][0], months["month"][-1], view.text)
    again = int(months["reopened"].drop_nulls().sum())
    return Card(
        Source("tasks_course", "tasks_by_month", ("cleared_rate", "tasks_overdue"), named_tasks(months)),
        figure,
        title,
        view.t(subtitle, span=span),
        view.t("tasks.reopened", count=_items(view, again)) if again else "",
    )
