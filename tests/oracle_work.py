"""The task lists and the work lists once more, in plain Python over the ledgers' rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from typing import Any

from tests.oracle import Answer, Known, Row, before, cases, counts_in, flags, is_open, last_day

LISTS = ("职责", "服务", "监督", "问题", "会议议定")
STATES = ("cleared", "to_check", "running", "not_started", "overdue")
NAMED = {"已销号": "cleared", "已完成待验": "to_check", "推进中": "running", "未启动": "not_started"}


# ---- tasks


def state(row: Row, month: date) -> str:
    late = row["due_on"] is not None and row["due_on"] <= last_day(month)
    said = NAMED.get(row["status"], "overdue")
    return "overdue" if late and said in {"running", "not_started"} else said


def listed(known: Known, month: date) -> list[tuple[str | None, Row]]:
    """The month's tasks, each with the township that stands for its own."""
    homes = [(known.current(row["township_code"]), row) for row in known.table(month, "tasks")]
    return [(code, row) for code, row in homes if known.wants(code)]


def tally(rows: Iterable[Row], month: date) -> Row:
    found = [state(row, month) for row in rows]
    return {"listed": len(found)} | {name: found.count(name) for name in STATES}


def unknown(known: Known, month: date, counts: Row) -> Row:
    return counts if known.has(month, "tasks") else dict.fromkeys(counts)


def by_department(known: Known) -> Answer:
    month = known.ask.month
    rows = [row for _, row in listed(known, month)]
    names = sorted({row["department"] for row in rows}, key=lambda name: (name is None, name or ""))
    answers = []
    for name, kind in product(names, LISTS):
        here = [row for row in rows if (row["department"], row["list"]) == (name, kind)]
        if here:
            answers.append({"department": name, "list": kind} | tally(here, month))
    return answers


def by_township(known: Known) -> Answer:
    month = known.ask.month
    found = listed(known, month)
    answers = []
    for code, kind in product([*known.shown_townships(), None], LISTS):
        here = [row for place, row in found if (place, row["list"]) == (code, kind)]
        if here or code is not None:
            shown = known.named(["township"], (code,)) | {"list": kind}
            answers.append(shown | unknown(known, month, tally(here, month)))
    return answers


def by_month(known: Known) -> Answer:
    answers = []
    for month, kind in product(known.months(), LISTS):
        here = [row for _, row in listed(known, month) if row["list"] == kind]
        counts = tally(here, month)
        counts["open"] = counts["listed"] - counts["cleared"]
        counts["reopened"] = sum(reopened(known, month, row) for row in here)
        answers.append({"month": month, "list": kind} | unknown(known, month, counts))
    return answers


def reopened(known: Known, month: date, task: Row) -> bool:
    """Whether it is open and was cleared when its list named it last."""
    if task["status"] == "已销号":
        return False
    for earlier in sorted((m for m in known.world if m < month), reverse=True):
        for _, row in listed(known, earlier):
            if all(row[name] == task[name] for name in ("task_id", "list", "title")):
                return bool(row["status"] == "已销号")
    return False


# ---- work lists


def named(known: Known, code: str | None, committee: str | None) -> Row:
    return known.named(["township", "committee"], (code, committee))


def firms(known: Known, wanted: Callable[[Row], bool], extra: str, first: Callable[[Row], float]) -> Answer:
    found = []
    for row in known.table(known.ask.month, "enterprises"):
        code, committee = known.current(row["township_code"]), row["committee_id"]
        if known.wants(code) and known.wants_committee(committee) and row["is_operating"] and wanted(row):
            place = known.valid.index(code) if code else len(known.valid)
            own = {"enterprise_id": row["enterprise_id"], "enterprise": row["name"]}
            figures = {name: row[name] for name in ("workers", "members_full", extra)}
            answer = own | named(known, code, committee) | figures
            found.append(((place, first(row), row["enterprise_id"]), answer))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def should_build(known: Known) -> Answer:
    def wanted(row: Row) -> bool:
        return (row["members_full"] or 0) > 2 and row["org_form"] != "sole"

    return firms(known, wanted, "org_form", lambda row: -row["members_full"])


def blank_spots(known: Known) -> Answer:
    def wanted(row: Row) -> bool:
        return counts_in(row, known.ask.denominator) and not flags(row)["worked"]

    def most(row: Row) -> float:
        return 1.0 if row["workers"] is None else -float(row["workers"])

    return firms(known, wanted, "is_above_scale", most)


def overdue_grievances(known: Known) -> Answer:
    found = []
    for code, case in cases(known, known.ask.month):
        closed = case["status"] == "closed" and case["closed_at"].date() <= known.end
        due = case["due_at"].date() if case["due_at"] else None
        if closed or due is None or due > known.end or case["received_at"].date() > known.end:
            continue
        class_name = dict(known.classes).get(case["class_id"])
        found.append(
            {"case_id": case["case_id"], "class_id": case["class_id"], "class_name": class_name}
            | {name: case.get(name) for name in ("kind", "department")}
            | named(known, code, case["committee_id"])
            | {"received_on": case["received_at"].date(), "due_on": due}
            | {"days_overdue": (known.end - due).days}
        )
    return sorted(found, key=lambda row: (row["due_on"], row["case_id"]))


def overdue_tasks(known: Known) -> Answer:
    month, found = known.ask.month, []
    for code, row in listed(known, month):
        if state(row, month) == "overdue":
            due = row["due_on"]
            days = None if due is None or due > known.end else (known.end - due).days
            found.append(
                {name: row[name] for name in ("task_id", "list", "title", "department", "status", "progress")}
                | known.named(["township"], (code,))
                | {"due_on": due, "days_overdue": days}
            )
    return sorted(found, key=lambda row: (row["due_on"] or date.max, row["task_id"]))


def idle_stations(known: Known) -> Answer:
    month, past = known.ask.month, before(known.ask.month)
    heard = known.reported(month, "station_services") & known.reported(past, "station_services")
    times: dict[tuple[Any, date], list[int]] = {}
    for at in (m for m in known.world if m <= month):
        for row in known.table(at, "station_services"):
            times.setdefault((row["station_id"], at), []).append(row["person_times"])
    answers = []
    for row in known.table(month, "stations"):
        name, code = row["station_id"], known.current(row["township_code"])
        unused = all((name, at) in times and not any(times[name, at]) for at in (past, month))
        if code in heard and known.wants(code) and is_open(row, known.end) and unused:
            last = max(
                (at for (place, at), used in times.items() if place == name and any(used)), default=None
            )
            own = {"station_id": name, "station": row["name"]} | known.named(["township"], (code,))
            answers.append(own | {"station_type": row["station_type"], "last_used": last})
    return sorted(answers, key=lambda row: (known.valid.index(row["township_code"]), row["station_id"]))


ANSWERS: dict[str, Callable[[Known], Answer]] = {
    "tasks_by_department": by_department,
    "tasks_by_township": by_township,
    "tasks_by_month": by_month,
    "worklist_should_build": should_build,
    "worklist_blank_spots": blank_spots,
    "worklist_idle_stations": idle_stations,
    "worklist_overdue_grievances": overdue_grievances,
    "worklist_overdue_tasks": overdue_tasks,
}
