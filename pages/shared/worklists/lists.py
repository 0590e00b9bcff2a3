"""The five work lists: the query of each, the ledger it needs, the indicator that counts it, its columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pages.shared.view import View


@dataclass(frozen=True)
class WorkList:
    """One list: `columns` as they are shown, `page` where its number stands."""

    name: str
    query: str
    ledger: str
    indicator: str
    unit: str
    page: str
    columns: tuple[str, ...]
    has_committees: bool = True


FORMS = ("joint", "regional", "seconded", "incubated", "none")
TASK_LISTS = ("职责", "服务", "监督", "问题", "会议议定")
LATE = {
    "逾期": "charts.states.overdue",
    "推进中": "charts.states.running",
    "未启动": "charts.states.not_started",
}
_FIRM = ("enterprise", "township", "committee", "workers", "members_full")
_TASK = ("title", "list", "department", "township", "due_on", "days_overdue", "status", "progress")
_CASE = ("case_id", "class_name", "kind", "department", "township", "received_on", "due_on", "days_overdue")


def _of(
    name: str, ledger: str, indicator: str, unit: str, page: str, *columns: str, **more: bool
) -> WorkList:
    return WorkList(name, f"worklist_{name}", ledger, indicator, f"units.{unit}", page, columns, **more)


LISTS: Mapping[str, WorkList] = {
    one.name: one
    for one in (
        _of("should_build", "enterprises", "should_build_open", "enterprise", "coverage", *_FIRM, "org_form"),
        _of("blank_spots", "enterprises", "blank_spots", "enterprise", "coverage", *_FIRM, "is_above_scale"),
        _of(
            "idle_stations",
            *("station_services", "idle_stations", "station", "stations"),
            *("station", "station_id", "township", "station_type", "last_used"),
            has_committees=False,
        ),
        _of("overdue_grievances", "grievances", "overdue_open", "case", "grievances", *_CASE),
        _of("overdue_tasks", "tasks", "tasks_overdue", "task", "tasks", *_TASK, has_committees=False),
    )
}


def rows(view: View, one: WorkList) -> pl.DataFrame | None:
    """Return the list's rows under the viewer's filters; None where the month has no such ledger."""
    return view.ask(one.query) if one.ledger in view.snapshot.tables else None


def worded(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in the viewer's words: short names, what a code means, — for what was not stated."""
    named = {
        "township": [view.name("township", code) if code else None for code in frame["township_code"]],
        "committee": [
            view.name("committee", code) if code else None
            for code in frame.get_column("committee_id", default=[])
        ],
    }
    frame = frame.with_columns(
        pl.Series(name, values, dtype=pl.String) for name, values in named.items() if name in frame.columns
    )
    none = view.whole if "task_id" in frame.columns else view.t("columns.not_stated")
    said = [pl.col("township").fill_null(none)]
    said += [
        pl.col(name).cast(pl.String).replace_strict(_words(view, name), default=None)
        for name in ("org_form", "is_above_scale", "list", "status")
        if name in frame.columns
    ]
    return frame.with_columns(said)


def _words(view: View, column: str) -> dict[str, str]:
    """Return what the values of a column are called."""
    keys = {
        "org_form": {form: f"imports.words.{form}" for form in FORMS},
        "is_above_scale": {answer: f"imports.words.{answer}" for answer in ("true", "false")},
        "list": {name: f"tasks.lists.{name}" for name in TASK_LISTS},
        "status": LATE,
    }
    return {value: view.t(key) for value, key in keys[column].items()}
