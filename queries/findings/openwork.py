"""What is still open in the month, where most of it is, and who has not reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from queries.findings.meeting import Meeting, Row
from queries.findings.sentence import TASKS, Finding, Sentence, Unit, unit_of
from queries.findings.standing import compared
from queries.indicators import INDICATORS, Indicator

# Places that a sentence names.
MAIN = 3
# What is open: the indicator, and the work list behind it.
OPEN = {
    "blank_spots": "blank_spots",
    "should_build_open": "should_build",
    "overdue_open": "overdue_grievances",
    "idle_stations": "idle_stations",
}


def open_work(meeting: Meeting) -> Iterator[Finding]:
    """How many of each kind are open and where most of them are; kinds without any in one sentence."""
    none_left = []
    for name, worklist in OPEN.items():
        if not meeting.can_tell(name):
            continue
        about, row = INDICATORS[name], meeting.total(name)
        if row is None:
            continue
        if row["value"]:
            yield _places(meeting, about, row, worklist)
        elif row["value"] == 0:
            none_left.append(about.name(meeting.text.lang))
    if none_left:
        sentence = Sentence(meeting)
        sentence.note("open", 0)
        yield sentence.say("shortfalls.none_open", n=len(none_left), names=sentence.listed(none_left)).done(
            "worklists", status="good"
        )


def _places(meeting: Meeting, about: Indicator, row: Row, worklist: str) -> Finding:
    sentence, unit = Sentence(meeting), unit_of(about)
    here = [place for place in meeting.townships_of(about.id) if place["value"]]
    sentence.say(f"shortfalls.{about.id}", value=sentence.count("value", row["value"], unit))
    late = meeting.late(about.id)
    if row["previous"] is not None and not late:
        sentence.add(_moved(sentence, about, row))
    where(sentence, {place["township_code"]: int(place["value"]) for place in here}, unit)
    if late:
        total = len(meeting.township_names)
        sentence.note("reported", total - len(late))
        sentence.note("expected", total)
        who = meeting.names(late)
        sentence.say("basics.reported", n=total, reported=total - len(late), names=who)
    return sentence.done("worklists", indicator=about.id, status=row["status"], list=worklist)


def _moved(sentence: Sentence, about: Indicator, row: Row) -> str:
    return compared(sentence, about, row, "month").sentence


def where(sentence: Sentence, counts: Mapping[str, int], unit: Unit) -> None:
    """Add the townships that have most, where there are several to choose from."""
    meeting = sentence.meeting
    by = Counter({code: counts[code] for code in meeting.township_names if counts.get(code)})
    if len(meeting.township_names) == 1 or not by:
        return
    if len(by) == 1:
        sentence.say("where.only", names=meeting.names(set(by)))
    elif len(by) > MAIN and max(by.values()) == 1:
        sentence.note("places", len(by))
        sentence.say("where.each", places=len(by))
    else:
        items = [
            (meeting.township_names[code], sentence.count(f"at.{code}", count, unit.bare))
            for code, count in by.most_common(MAIN)
        ]
        key = "mainly" if len(by) > MAIN else "all"
        sentence.say(f"where.{key}", names=sentence.grouped("where.at", items))


def overdue_tasks(meeting: Meeting) -> Iterator[Finding]:
    """Tasks that are late, and whose most of them are."""
    late = [row for row in meeting.rows("tasks_by_due") if row["is_overdue"]]
    if not late:
        return
    sentence = Sentence(meeting)
    by = Counter(row["department"] or meeting.text("findings.decisions.nobody") for row in late)
    most = by.most_common(MAIN)
    sentence.note("departments", len(by))
    names = [(name, sentence.count(f"value.{name}", count, TASKS.bare)) for name, count in most]
    key, value = "tasks_many" if len(by) > MAIN else "tasks", sentence.count("value", len(late), TASKS)
    params = {"departments": len(by)} if len(by) > MAIN else {}
    sentence.say(f"shortfalls.{key}", value=value, names=sentence.grouped("where.at", names), **params)
    yield sentence.done("worklists", indicator="tasks_overdue", list="overdue_tasks")


# ---- who has not reported


def late_reports(meeting: Meeting) -> Iterator[Finding]:
    """Townships without a ledger, ledger by ledger."""
    rows = meeting.rows("reports_by_township")
    for source in dict.fromkeys(row["source"] for row in rows):
        late = {
            row["township_code"] for row in rows if row["source"] == source and row["is_reported"] is False
        }
        if late:
            sentence = Sentence(meeting)
            sentence.note("late", len(late))
            ledger = meeting.text(f"findings.ledger.{source}")
            yield sentence.say("shortfalls.late", n=len(late), ledger=ledger, names=meeting.names(late)).done(
                "health", status="none"
            )
