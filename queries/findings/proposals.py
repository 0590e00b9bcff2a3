"""下步建议: what closes the gap soonest, each with what the rate would become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from queries.findings.meeting import Meeting, Row
from queries.findings.openwork import where
from queries.findings.sentence import BRANCHES, ENTERPRISES, Finding, Sentence, Unit, unit_of
from queries.findings.standing import target_text
from queries.indicators import INDICATORS
from queries.particulars import rules

# How much it closes, and the sentence.
Proposal = tuple[int, Finding]
WORKLISTS = {"overdue_open": "overdue_grievances", "idle_stations": "idle_stations"}


def findings(meeting: Meeting) -> Iterator[Finding]:
    """The proposals, the one that closes most first; both ways of organising together after them."""
    rows = meeting.rows("joint_branch_proposals")
    told = [*_organise(meeting, rows), *_reach(meeting), *_clear(meeting)]
    ranked = [finding for _, finding in sorted(told, key=lambda one: -one[0])]
    yield from ranked
    yield from _together(meeting, rows)
    if not ranked:
        heard = any(meeting.now(name)["numerator"] is not None for name in meeting.mission)
        key = "nothing" if heard else "unreported"
        yield Sentence(meeting).say(f"proposals.{key}").done("coverage")


# ---- organisations


def _organise(meeting: Meeting, rows: list[Row]) -> Iterator[Proposal]:
    now = meeting.now(meeting.organisation)
    sole, joined = (sum(row[name] for row in rows) for name in ("sole", "joined"))
    if sole:
        sentence = Sentence(meeting)
        least, _ = rules(meeting.profile.settings)
        sentence.note("least", least)
        count = sentence.count("enterprises", sole, ENTERPRISES)
        sentence.say("proposals.sole", count=count, least=least)
        _where(sentence, rows, "sole", ENTERPRISES)
        closes = _raised(sentence, now, rows, sole, "sole_gain")
        link = {"list": "should_build"}
        yield max(sole, closes), sentence.done("worklists", indicator=meeting.organisation, **link)
    if not sole and not joined and now["gap_units"]:
        yield 0, _stuck(meeting, now)
    yield from _own(meeting, sole)
    if joined:
        sentence = Sentence(meeting)
        _, most = rules(meeting.profile.settings)
        sentence.note("most", most)
        sentence.say(
            "proposals.joint",
            count=sentence.count("enterprises", joined, ENTERPRISES),
            branches=sentence.count("branches", sum(row["branches"] for row in rows), BRANCHES),
            most=most,
        )
        _where(sentence, rows, "joined", ENTERPRISES)
        closes = _raised(sentence, now, rows, joined, "joined_gain")
        yield closes, sentence.done("coverage", indicator=meeting.organisation)


def _stuck(meeting: Meeting, now: Row) -> Finding:
    """A gap that neither way of organising closes."""
    sentence, about = Sentence(meeting), INDICATORS[meeting.organisation]
    gap = sentence.count("gap", now["gap_units"], ENTERPRISES)
    sentence.say("proposals.stuck", name=about.name(meeting.text.lang), gap=gap)
    return sentence.done("coverage", indicator=about.id)


def _own(meeting: Meeting, uncovered: int) -> Iterator[Proposal]:
    """Those with enough members in a joint branch: one of their own is due, though no rate changes."""
    due = (meeting.total("should_build_open") or {}).get("value")
    if due is not None and due > uncovered:
        sentence = Sentence(meeting)
        least, _ = rules(meeting.profile.settings)
        sentence.note("least", least)
        count = sentence.count("enterprises", due - uncovered, ENTERPRISES)
        sentence.say("proposals.own", count=count, least=least)
        yield (
            int(due - uncovered),
            sentence.done("worklists", indicator="should_build_open", list="should_build"),
        )


def _where(sentence: Sentence, rows: list[Row], column: str, unit: Unit) -> None:
    by: Counter[str] = Counter()
    for row in rows:
        by[row["township_code"]] += int(row[column] or 0)
    where(sentence, by, unit)


def _raised(sentence: Sentence, now: Row, rows: list[Row], count: int, gain: str) -> int:
    """Add what the rate becomes, for all and for the township that gains most; return how much it closes."""
    meeting = sentence.meeting
    gained = sum(row[gain] for row in rows)
    _counted(sentence, count, gained)
    closes = _becomes(sentence, meeting.organisation, now, gained)
    by: Counter[str] = Counter()
    for row in rows:
        by[row["township_code"]] += int(row[gain])
    here = {row["township_code"]: row for row in meeting.townships_of(meeting.organisation)}
    first = next((code for code, count in by.most_common() if count and code in here), None)
    if first is not None and len(meeting.township_names) > 1 and here[first]["denominator"]:
        row = here[first]
        sentence.say(
            "proposals.township",
            name=meeting.township_names[first],
            now=sentence.rate(f"now.{first}", row["numerator"], row["denominator"]),
            then=sentence.rate(f"then.{first}", row["numerator"] + by[first], row["denominator"]),
        )
    return closes


def _counted(sentence: Sentence, count: int, gained: int) -> None:
    """Say it where not all of them count in the denominator."""
    if gained < count:
        name = INDICATORS[sentence.meeting.organisation].name(sentence.text.lang)
        counted = sentence.count("gain", gained, ENTERPRISES.bare)
        sentence.say("proposals.counted", name=name, counted=counted)


def _becomes(sentence: Sentence, indicator: str, now: Row, gain: int) -> int:
    """Add what a rate becomes with so many more, and what is left of the gap; return how much it closes."""
    if not gain or not now["denominator"] or now["numerator"] is None:
        return 0
    about = INDICATORS[indicator]
    sentence.say(
        "proposals.becomes",
        name=about.name(sentence.text.lang),
        now=sentence.rate("now", now["numerator"], now["denominator"]),
        then=sentence.rate("then", now["numerator"] + gain, now["denominator"]),
    )
    gap = now["gap_units"] or 0
    if not gap:
        return 0
    if gain >= gap:
        sentence.say("proposals.reaches", target=target_text(sentence, about, now["target"]))
        return int(gap)
    unit = unit_of(about)
    sentence.say(
        "proposals.narrows",
        gap=sentence.count("gap", gap, unit),
        left=sentence.count("left", gap - gain, unit.bare),
    )
    return gain


def _together(meeting: Meeting, rows: list[Row]) -> Iterator[Finding]:
    """Both ways of organising at once, where there are both."""
    gains = [sum(row[name] for row in rows) for name in ("sole_gain", "joined_gain")]
    if not all(gains):
        return
    sentence, count = Sentence(meeting), sum(row["sole"] + row["joined"] for row in rows)
    sentence.say("proposals.both", count=sentence.count("enterprises", count, ENTERPRISES))
    _counted(sentence, count, sum(gains))
    _becomes(sentence, meeting.organisation, meeting.now(meeting.organisation), sum(gains))
    yield sentence.done("coverage", indicator=meeting.organisation)


# ---- party work


def _reach(meeting: Meeting) -> Iterator[Proposal]:
    """Instructors or liaisons for the blank spots: as many as the target needs, then all."""
    now, blank = meeting.now("work_cov_total"), (meeting.total("blank_spots") or {}).get("value")
    if not blank or not now["denominator"]:
        return
    sentence, unit = Sentence(meeting), ENTERPRISES
    gap = now["gap_units"] or 0
    sentence.say("proposals.reach", count=sentence.count("blank_spots", blank, unit))
    _where(sentence, meeting.townships_of("blank_spots"), "value", unit)
    if 0 < gap < blank:
        sentence.say(
            "proposals.first",
            count=sentence.count("gap", gap, unit),
            target=target_text(sentence, INDICATORS["work_cov_total"], now["target"]),
        )
    sentence.say(
        "proposals.all_reached",
        now=sentence.rate("now", now["numerator"], now["denominator"]),
        then=sentence.share("then", (now["numerator"] + blank) / now["denominator"]),
    )
    yield int(blank), sentence.done("worklists", indicator="work_cov_total", list="blank_spots")


# ---- what only needs doing


def _clear(meeting: Meeting) -> Iterator[Proposal]:
    """Grievances past their deadline to close, stations without use to look into."""
    for name, worklist in WORKLISTS.items():
        value = (meeting.total(name) or {}).get("value")
        if value:
            sentence, unit = Sentence(meeting), unit_of(INDICATORS[name])
            sentence.say(f"proposals.{name}", count=sentence.count("value", value, unit))
            _where(sentence, meeting.townships_of(name), "value", unit)
            how: dict[str, Any] = {"list": worklist}
            yield int(value), sentence.done("worklists", indicator=name, **how)
