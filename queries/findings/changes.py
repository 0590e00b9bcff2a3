"""变化与原因: who moved the figures of the mission, which months are unusual, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import polars as pl

from queries import control
from queries.findings.basics import page_of
from queries.findings.meeting import Meeting, Row
from queries.findings.sentence import Finding, Sentence, Unit, unit_of
from queries.findings.standing import compared, is_comparable
from queries.indicators import INDICATORS, Indicator
from queries.words.formats import day_text, month_text

By = Literal["township", "committee"]
# The biggest up and down are named, the others are told together.
NAMED = 2
# The plainest rule first.
RULES = ("beyond", "shift", "trend", "outer")


def findings(meeting: Meeting) -> Iterator[Finding]:
    """Who moved what; then what is unusual, and the events of the month."""
    told = [one for name in meeting.mission for one in _moves(meeting, name)]
    yield from told or [_nothing(meeting)]
    yield from _unusual(meeting)
    yield from _events(meeting)


def _nothing(meeting: Meeting) -> Finding:
    rows = [meeting.now(name) for name in meeting.mission]
    now, then = (any(row[name] is not None for row in rows) for name in ("value", "previous"))
    key = "unreported" if not now else "steady" if then else "unknown"
    return Sentence(meeting).say(f"changes.{key}").done("coverage")


def _moves(meeting: Meeting, name: str) -> Iterator[Finding]:
    about, row = INDICATORS[name], meeting.now(name)
    if row["value"] is None or row["previous"] is None:
        return
    if not is_comparable(meeting, about, row, "month"):
        sentence = Sentence(meeting).say("changes.differ", name=about.name(meeting.text.lang))
        yield sentence.done("health", indicator=name)
        return
    for by in _splits(meeting, name):
        told = _split(meeting, about, row, by)
        if told is not None:
            yield told


def _splits(meeting: Meeting, name: str) -> list[By]:
    """Coverage by township and by industry, the others by the one that answers for them."""
    by: list[By] = ["township", "committee"] if name == meeting.organisation else ["township"]
    if name == "members":
        by = ["committee"]
    if len(meeting.township_names) == 1:
        by = ["committee"]
    if meeting.committees is not None and len(meeting.committees) == 1:
        by = ["township"] if len(meeting.township_names) > 1 else []
    return [grain for grain in by if meeting.can_tell(name, grain)]


def _split(meeting: Meeting, about: Indicator, row: Row, by: By) -> Finding | None:
    """The county's change and its parts, which add up to it; None where nothing moved."""
    rows = meeting.rows("contributions", indicator=about.id, against="previous", by=by)
    parts = [(part, part["shown"]) for part in rows]
    if any(shown is None for _, shown in parts) or not any(shown for _, shown in parts):
        return None
    sentence, lang = Sentence(meeting), meeting.text.lang
    found = compared(sentence, about, row, "month")
    sentence.say(f"changes.lead_{by}", name=about.name(lang), change=found.sentence)
    ups = sorted((p for p in parts if p[1] > 0), key=lambda p: -p[1])
    downs = sorted((p for p in parts if p[1] < 0), key=lambda p: p[1])
    few = len(ups) + len(downs) <= 2 * NAMED + 1
    named = [*ups, *downs] if few else [*ups[:NAMED], *downs[:NAMED]]
    for group in ([p for p in named if p[1] > 0], [p for p in named if p[1] < 0]):
        if group:
            items = [_part(sentence, about, part, shown, by) for part, shown in group]
            sentence.add(sentence.grouped(_way(about, group[0][1]), items))
    if not few:
        _rest(sentence, about, [p for p in parts if p not in named], by)
    return sentence.done(page_of(about.id), indicator=about.id)


def _amount(sentence: Sentence, about: Indicator, name: str, shown: float) -> str:
    sentence.note(name, shown)
    if about.is_rate:
        return sentence.points(name, shown)
    text = sentence.count(name, abs(shown), unit_of(about).bare)
    sentence.note(name, shown)
    return text


def _part(sentence: Sentence, about: Indicator, part: Row, shown: float, by: By) -> tuple[str, str]:
    meeting = sentence.meeting
    code = part["township_code"] or part["committee_id"]
    names = {**meeting.township_names, **meeting.profile.committee_names}
    name = names.get(code) or sentence.text(f"findings.changes.nobody_{by}")
    return name, _amount(sentence, about, f"part.{code}", shown)


def _way(about: Indicator, shown: float) -> str:
    return f"changes.{'rate' if about.is_rate else 'count'}_{'up' if shown > 0 else 'down'}"


def _rest(sentence: Sentence, about: Indicator, rest: list[tuple[Row, float]], by: By) -> None:
    moving = [shown for _, shown in rest if shown]
    total = round(sum(moving), 6)
    sentence.note("rest_number", len(moving))
    others = sentence.text.count(f"findings.changes.others_{by}", len(moving))
    if not total:
        sentence.say("changes.rest_even", others=others)
        return
    amount = _amount(sentence, about, "rest", total)
    sentence.say(_way(about, total) + "_together", name=others, amount=amount)


# ---- what is unusual


def _unusual(meeting: Meeting) -> Iterator[Finding]:
    """Of each flow of the mission the plainest rule of its XmR chart that the month breaks."""
    judged, usual, unsteady = 0, [], []
    for name in meeting.mission:
        about = INDICATORS[name]
        rows = meeting.course(name) if about.kind == "F" else []
        values = [row["value"] for row in rows]
        bounds = (0, 1 if about.is_rate else float("inf"))
        limits = control.limits(values, bounds=bounds)
        if limits is None or values[-1] is None or rows[-1]["reported"] != rows[-1]["expected"]:
            continue
        judged += 1
        broken = control.signals(values, limits)
        mine = [signal for signal in broken if len(values) - 1 in signal.at]
        if not control.is_steady(values, bounds=bounds):
            unsteady.append(about.name(meeting.text.lang))
        elif mine:
            first = min(mine, key=lambda signal: RULES.index(signal.rule))
            yield _signal(meeting, about, rows, first, limits)
        else:
            usual.append(about.name(meeting.text.lang))
    for key, names in (("usual", usual), ("unsteady", unsteady)):
        if names:
            sentence = Sentence(meeting)
            told = sentence.say(f"changes.{key}", month=meeting.month_name, names=sentence.listed(names))
            yield told.done("care")
    if not judged:
        sentence = Sentence(meeting)
        sentence.note("least", control.LEAST)
        yield sentence.say("changes.too_few", least=control.LEAST).done("care")


def _signal(
    meeting: Meeting, about: Indicator, rows: list[Row], signal: control.Signal, limits: control.Limits
) -> Finding:
    sentence = Sentence(meeting)
    known = sum(row["value"] is not None for row in rows)
    sentence.note("months", known)
    sentence.note("length", len(signal.at))
    sentence.note("window", control.OUTER[1])
    since: date = rows[signal.at[0]]["month"]
    sentence.say(
        f"changes.{signal.rule}_{'up' if signal.up else 'down'}",
        name=about.name(meeting.text.lang),
        value=_value(sentence, about, "value", rows[-1]["value"]),
        limit=_value(sentence, about, "limit", limits.high if signal.up else limits.low),
        mean=_value(sentence, about, "mean", limits.mean),
        since=month_text(since, meeting.text),
        month=meeting.month_name,
        months=known,
        length=len(signal.at),
        window=control.OUTER[1],
    )
    better = about.direction == ("up" if signal.up else "down")
    return sentence.done("care", indicator=about.id, status="good" if better else "warn")


def _value(sentence: Sentence, about: Indicator, name: str, value: float) -> str:
    if about.is_rate:
        return sentence.rate(name, value, 1)
    unit = unit_of(about)
    return sentence.count(name, value, unit if name == "value" else Unit(unit.classifier, "plain"))


# ---- what happened


def _events(meeting: Meeting) -> Iterator[Finding]:
    """The events of the profile in the month."""
    end = meeting.back(-1)
    rows = meeting.profile.events.filter((pl.col("date") >= meeting.month) & (pl.col("date") < end))
    if rows.is_empty():
        return
    sentence = Sentence(meeting)
    told = [
        sentence.text("findings.changes.event", date=day_text(day, meeting.text), title=title)
        for day, title in rows.select("date", "title").iter_rows()
    ]
    yield sentence.say("changes.events", events=sentence.listed(told)).done("care")
