"""基本情况: the figures of the mission, each with its changes, its target and its light."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from queries.findings.meeting import Meeting, Row
from queries.findings.sentence import STATIONS, Finding, Sentence, Unit, unit_of
from queries.findings.standing import against_target, moved
from queries.indicators import INDICATORS
from queries.masking import SUPPRESSED

PAGES = {"members": "members", "visits_person_times": "stations", "on_time": "grievances"}


def findings(meeting: Meeting) -> Iterator[Finding]:
    """One sentence for each figure of the mission."""
    for name in meeting.mission:
        yield _figure(meeting, name)


def page_of(indicator: str) -> str:
    """The page that shows a figure of the mission."""
    return PAGES.get(indicator, "coverage")


def _figure(meeting: Meeting, name: str) -> Finding:
    about, row, sentence = INDICATORS[name], meeting.now(name), Sentence(meeting)
    lead = LEADS.get(name, _coverage)
    status = row["status"] if row["target"] is not None else None
    if row["value"] is None and row.get("value_mark"):
        _masked(sentence, name, row)
    elif row["value"] is None:
        key = "nothing" if row["numerator"] is None else f"none_of.{_base(meeting, name)}"
        sentence.say(
            f"basics.{key}",
            month=meeting.month_name,
            area=meeting.area,
            ledger=meeting.text(f"findings.ledger.{about.source}"),
            name=about.name(meeting.text.lang),
        )
        status = "none" if row["numerator"] is None else None
    else:
        lead(sentence, name, row)
        _who_reported(sentence, name, row)
        moved(sentence, about, row)
        against_target(sentence, about, row)
    return sentence.done(page_of(name), indicator=name, status=status)


def _masked(sentence: Sentence, name: str, row: Row) -> None:
    """A count of few people: at most how many there are, or that it is not shown."""
    about, meeting = INDICATORS[name], sentence.meeting
    sentence.say(
        "basics.hidden" if row["value_mark"] == SUPPRESSED else "basics.masked",
        date=meeting.cut_off,
        area=meeting.area,
        name=about.name(meeting.text.lang),
        value=f"{row['value_mark']}{about.classifier if meeting.text.lang == 'zh' else ''}",
    )


def _base(meeting: Meeting, name: str) -> str:
    if name == "on_time":
        return "due"
    return meeting.denominator if name == meeting.organisation else "operating"


def _coverage(sentence: Sentence, name: str, row: Row) -> None:
    meeting, about = sentence.meeting, INDICATORS[name]
    unit = unit_of(about)
    key = "organisation" if name == meeting.organisation else "work"
    sentence.say(
        f"basics.{key}",
        date=meeting.cut_off,
        area=meeting.area,
        whole=sentence.count("denominator", row["denominator"], Unit(unit.classifier, _base(meeting, name))),
        part=sentence.count("numerator", row["numerator"], unit.bare),
        name=about.name(meeting.text.lang),
        rate=sentence.rate("value", row["numerator"], row["denominator"], row["qualifier"]),
    )


def _members(sentence: Sentence, name: str, row: Row) -> None:
    value = sentence.count("value", row["value"], unit_of(INDICATORS[name]), row["qualifier"])
    sentence.say("basics.members", date=sentence.meeting.cut_off, area=sentence.meeting.area, value=value)


def _visits(sentence: Sentence, name: str, row: Row) -> None:
    meeting = sentence.meeting
    value = sentence.count("value", row["value"], unit_of(INDICATORS[name]), row["qualifier"])
    stations = meeting.total("stations")
    if stations is None or stations["value"] is None:
        sentence.say("basics.visits", month=meeting.month_name, area=meeting.area, value=value)
        return
    shown = sentence.count("stations", stations["value"], STATIONS)
    sentence.say("basics.visits_of", month=meeting.month_name, area=meeting.area, stations=shown, value=value)


def _on_time(sentence: Sentence, name: str, row: Row) -> None:
    meeting, unit = sentence.meeting, unit_of(INDICATORS[name])
    sentence.say(
        "basics.on_time",
        month=meeting.month_name,
        area=meeting.area,
        whole=sentence.count("denominator", row["denominator"], unit),
        part=sentence.count("numerator", row["numerator"], unit.bare),
        name=INDICATORS[name].name(meeting.text.lang),
        rate=sentence.rate("value", row["numerator"], row["denominator"], row["qualifier"]),
    )


LEADS: dict[str, Callable[[Sentence, str, Row], None]] = {
    "members": _members,
    "visits_person_times": _visits,
    "on_time": _on_time,
}


def _who_reported(sentence: Sentence, name: str, row: Row) -> None:
    """Say it where the figure is made from fewer than all townships."""
    if row["reported"] is None or row["reported"] == row["expected"]:
        return
    sentence.note("reported", row["reported"])
    sentence.note("expected", row["expected"])
    names = sentence.meeting.names(sentence.meeting.late(name))
    sentence.say("basics.reported", n=row["expected"], reported=row["reported"], names=names)
