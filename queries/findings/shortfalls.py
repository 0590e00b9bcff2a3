"""短板: who is behind a target or lower than chance allows; then what is open, and who has not reported."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from queries.findings.basics import page_of
from queries.findings.meeting import Meeting, Row
from queries.findings.openwork import late_reports, open_work, overdue_tasks
from queries.findings.sentence import TOWNSHIPS, Finding, Sentence, unit_of
from queries.indicators import INDICATORS, Indicator
from queries.masking import ROUNDED
from queries.statistics import beyond, overdispersion
from queries.words.formats import exact

# Townships that a sentence names; the others are counted.
NAMED = 5
# Statuses of a township that can be judged.
JUDGED = ("done", "good", "warn", "bad")
# Rates that differ more than twice as much as chance allows are no funnel's business.
WIDE = 2


def findings(meeting: Meeting) -> Iterator[Finding]:
    """Targets missed, rates beyond the funnel, open work by kind, late reports."""
    yield from _targets(meeting)
    yield from _funnels(meeting)
    yield from open_work(meeting)
    yield from overdue_tasks(meeting)
    yield from late_reports(meeting)


# ---- behind their targets


def _targets(meeting: Meeting) -> Iterator[Finding]:
    """One sentence for each indicator that townships have targets of, where one is behind."""
    ids = dict.fromkeys([*meeting.mission, *INDICATORS])
    if len(meeting.township_names) == 1:
        # told already
        ids = {name: None for name in ids if name not in meeting.mission}
    told = bad = unclear = 0
    for name in ids:
        mine = [row for row in meeting.townships_of(name) if row["target"] is not None]
        told += bool(mine)
        unclear += any(_is_unclear(row) for row in mine)
        if any(row["status"] == "bad" for row in mine):
            about = INDICATORS[name]
            yield _behind(meeting, about, _with_pace(meeting, about, mine))
            bad += 1
    if told > unclear and not bad:
        sentence = Sentence(meeting)
        sentence.note("indicators", told - unclear)
        yield sentence.say("shortfalls.all_met", n=told - unclear, word=meeting.light("bad")).done("coverage")


def _with_pace(meeting: Meeting, about: Indicator, rows: list[Row]) -> list[Row]:
    """The rows with what should be done by now, which stands with a single indicator only."""
    if not meeting.is_yearly(about):
        return rows
    found = meeting.rows("indicator_by_township", indicator=about.id)
    return [
        row for row in found if row["township_code"] in meeting.township_names and row["target"] is not None
    ]


def _behind(meeting: Meeting, about: Indicator, rows: list[Row]) -> Finding:
    sentence, unit = Sentence(meeting), unit_of(about)
    gaps = {row["township_code"]: _gap(meeting, about, row) for row in rows if row["status"] == "bad"}
    ranked = sorted(gaps.items(), key=lambda pair: -pair[1])
    told = sum(row["status"] in JUDGED for row in rows)
    rough = ROUNDED if any(row.get("value_mark") for row in rows) else None
    sentence.note("townships", told)
    sentence.note("behind", len(gaps))
    sentence.say(
        f"shortfalls.{'single' if len(rows) == 1 else 'behind'}{'_pace' if meeting.is_yearly(about) else ''}",
        name=about.name(meeting.text.lang),
        townships=sentence.count("townships", told, TOWNSHIPS),
        behind=len(gaps),
        word=meeting.light("bad"),
    )
    way = "over" if about.direction == "down" else "short"
    sentence.add(
        sentence.grouped(
            f"shortfalls.{way}",
            [
                (meeting.township_names[code], sentence.count(f"gap.{code}", gap, unit.bare, rough))
                for code, gap in ranked[:NAMED]
            ],
        )
    )
    if len(ranked) > 1 and not rough:
        key = "total" if len(ranked) <= NAMED else "total_of_all"
        total = sentence.count("gap", sum(gaps.values()), unit, rough)
        sentence.say(f"shortfalls.{key}", n=len(ranked), gap=total)
    near = [row for row in rows if row["status"] == "warn"]
    if near:
        sentence.note("near", len(near))
        left = sentence.count("near_gap", sum(_gap(meeting, about, row) for row in near), unit.bare, rough)
        sentence.say(f"shortfalls.near_{way}", n=len(near), word=meeting.light("warn"), gap=left)
    if unclear := sum(_is_unclear(row) for row in rows):
        sentence.note("unclear", unclear)
        sentence.say("shortfalls.unclear", n=unclear)
    return sentence.done(_page(about), indicator=about.id, status="bad")


def _is_unclear(row: Row) -> bool:
    """Whether a number is masked or rounded, so that it may stand on either side of its target."""
    return row["status"] is None and bool(row.get("value_mark"))


def _gap(meeting: Meeting, about: Indicator, row: Row) -> int:
    """Units behind: of a yearly target those that should be done by now."""
    if not meeting.is_yearly(about):
        return int(row["gap_units"])
    behind = exact(row["pace"]) - exact(row["done"])
    return ceil(round(-behind if about.direction == "down" else behind, 6))


def _page(about: Indicator) -> str:
    pages = {"coverage": "coverage", "stations": "stations", "grievances": "grievances"}
    return "members" if about.id == "members" else pages.get(about.group, "care")


# ---- lower than chance allows


def _funnels(meeting: Meeting) -> Iterator[Finding]:
    """Rates of townships below the 95 % or 99.8 % limits of the rate of all."""
    for name in meeting.mission:
        about = INDICATORS[name]
        if not about.is_rate or len(meeting.township_names) < 2:
            continue
        rows = [
            row for row in meeting.townships_of(name) if row["numerator"] is not None and row["denominator"]
        ]
        wholes = sum(int(row["denominator"]) for row in rows)
        parts = sum(int(row["numerator"]) for row in rows)
        far = [
            row
            for row in rows
            if beyond(int(row["numerator"]), int(row["denominator"]), parts / wholes)[0] == "below"
        ]
        if far:
            yield _funnel(meeting, about, rows, far, (parts, wholes))


def _funnel(
    meeting: Meeting, about: Indicator, rows: list[Row], far: list[Row], whole: tuple[int, int]
) -> Finding:
    sentence = Sentence(meeting)
    names = [
        (
            meeting.township_names[row["township_code"]],
            sentence.rate(f"value.{row['township_code']}", row["numerator"], row["denominator"]),
        )
        for row in sorted(far, key=lambda row: row["value"])
    ]
    sentence.say(
        "shortfalls.funnel",
        name=about.name(meeting.text.lang),
        area=meeting.area,
        rate=sentence.rate("value", *whole),
        names=sentence.grouped("where.at", names),
    )
    spread = overdispersion([int(r["numerator"]) for r in rows], [int(r["denominator"]) for r in rows])
    if spread is not None and spread > WIDE:
        sentence.say("shortfalls.wide")
    return sentence.done(page_of(about.id), indicator=about.id)
