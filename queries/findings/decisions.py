"""上次议定事项: what became of the decisions and of the problems listed, and who is late with what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from queries.findings.meeting import Meeting, Row
from queries.findings.sentence import TASKS, Finding, Sentence
from queries.words.formats import day_text

LISTS = ("会议议定", "问题")
STATES = ("cleared", "to_check", "running", "not_started", "overdue")
# Titles that a sentence quotes.
QUOTED = 2


def findings(meeting: Meeting) -> Iterator[Finding]:
    """Each list by state; each department that is late; who is through; what is due next."""
    counts = meeting.rows("tasks_by_department")
    if not counts and not _is_reported(meeting):
        sentence = Sentence(meeting).say("decisions.unreported", month=meeting.month_name)
        yield sentence.done("tasks", status="none")
        return
    counts = [row for row in counts if row["list"] in LISTS]
    tasks = [row for row in meeting.rows("tasks_by_due") if row["list"] in LISTS]
    for name in LISTS:
        yield _listed(meeting, name, [row for row in counts if row["list"] == name])
    departments = list(dict.fromkeys(row["department"] for row in counts))
    for department in departments:
        late = [row for row in tasks if row["department"] == department and row["is_overdue"]]
        if late:
            yield _late(meeting, department, late)
    yield from _through(meeting, departments, counts)
    yield from _due_next(meeting, tasks)


def _is_reported(meeting: Meeting) -> bool:
    """Whether there is a list of tasks, though an empty one; it is split by no industry."""
    how = {"indicator": "tasks_overdue", "committees": None, "from_month": meeting.month}
    return meeting.rows("indicator_by_month", **how)[-1]["value"] is not None


def _listed(meeting: Meeting, name: str, rows: list[Row]) -> Finding:
    sentence, key = Sentence(meeting), LISTS.index(name)
    total = sum(row["listed"] for row in rows)
    if not total:
        return sentence.say(f"decisions.none_{key}", area=meeting.place).done("tasks", list=name)
    sums = {state: sum(row[state] for row in rows) for state in STATES}
    sentence.say(f"decisions.list_{key}", listed=sentence.count("listed", total, TASKS))
    sentence.add(
        sentence.listed(
            [
                meeting.text(f"findings.decisions.{state}", n=sentence.count(state, count, TASKS.bare))
                for state, count in sums.items()
                if count
            ]
        )
    )
    sentence.say("decisions.rate", rate=sentence.rate("cleared_rate", sums["cleared"], total))
    through = "done" if sums["cleared"] == total else None
    return sentence.done("tasks", status=through, list=name)


def _late(meeting: Meeting, department: str | None, rows: list[Row]) -> Finding:
    sentence = Sentence(meeting)
    quoted = [
        meeting.text(
            "findings.decisions.title" if row["due_on"] else "findings.decisions.title_alone",
            title=_quoted(row["title"]),
            date=day_text(row["due_on"], meeting.text) if row["due_on"] else "",
        )
        for row in rows[:QUOTED]
    ]
    sentence.say(
        "decisions.late_more" if len(rows) > QUOTED else "decisions.late",
        name=department or meeting.text("findings.decisions.nobody"),
        count=sentence.count("overdue", len(rows), TASKS),
        titles=sentence.listed(quoted),
    )
    return sentence.done("worklists", list="overdue_tasks")


def _quoted(title: str) -> str:
    """A title as it stands between quotation marks: its own become single ones."""
    return title.translate(str.maketrans("“”", "‘’"))


def _through(meeting: Meeting, departments: list[str | None], rows: list[Row]) -> Iterator[Finding]:
    """Departments that have nothing left."""
    open_ones = {row["department"] for row in rows if row["cleared"] < row["listed"]}
    through = [name for name in departments if name is not None and name not in open_ones]
    if through:
        sentence = Sentence(meeting)
        yield sentence.say("decisions.through", names=sentence.listed(through)).done("tasks", status="done")


def _due_next(meeting: Meeting, rows: list[Row]) -> Iterator[Finding]:
    """What is due in the month that follows and not done yet."""
    first, end = meeting.back(-1), meeting.back(-2)
    due = [row for row in rows if _is_running(row) and first <= (row["due_on"] or date.min) < end]
    if due:
        sentence = Sentence(meeting)
        names = list(dict.fromkeys(row["department"] for row in due if row["department"]))
        sentence.say("decisions.next", count=sentence.count("due", len(due), TASKS))
        if names:
            sentence.say("decisions.who", names=sentence.listed(names))
        yield sentence.done("tasks")


def _is_running(row: Row) -> bool:
    return row["status"] in ("未启动", "推进中") and not row["is_overdue"]
