"""How a figure moved and how it stands against its target, as clauses of a sentence."""

from __future__ import annotations

from typing import Literal

from queries.findings.meeting import Meeting, Row
from queries.findings.sentence import Sentence, Unit, unit_of
from queries.indicators import Indicator
from queries.words.wording import Change, Kind, change

Base = Literal["month", "year"]
BACK: dict[Base, int] = {"month": 1, "year": 12}
BEFORE: dict[Base, str] = {"month": "previous", "year": "last_year"}


def kind_of(about: Indicator) -> Kind:
    """How changes of the indicator are told."""
    if about.is_rate:
        return "rate"
    if about.basis:
        return "days"
    return "stock" if about.kind == "S" else "flow"


def moved(sentence: Sentence, about: Indicator, row: Row) -> None:
    """Add how the figure compares with the month before and with the year before, where it is exact."""
    if row.get("value_mark"):
        # two rounded numbers may be alike, or differ, by rounding alone
        return
    told, missing = [], []
    for base, before in BEFORE.items():
        if row[before] is None:
            missing.append(base)
        elif is_comparable(sentence.meeting, about, row, base):
            told.append(compared(sentence, about, row, base).sentence)
        else:
            told.append(sentence.text(f"findings.moved.other_{base}"))
    if len(missing) == len(BEFORE):
        told.append(sentence.text("findings.moved.nothing"))
    elif missing:
        told.append(sentence.text(f"findings.moved.no_{missing[0]}"))
    for clause in told:
        sentence.add(clause)
    if row["qualifier"] and len(missing) < len(BEFORE):
        sentence.say("moved.rough")


def is_comparable(meeting: Meeting, about: Indicator, row: Row, base: Base) -> bool:
    """Whether the same townships reported in both months: else their totals do not compare."""
    if not meeting.can_tell(about.id, "township") or about.basis:
        return True
    month = meeting.back(BACK[base])
    then = next((one for one in meeting.course(about.id) if one["month"] == month), None)
    if then is None or (row["expected"] == row["reported"] and then["expected"] == then["reported"]):
        return True
    return meeting.late(about.id) == meeting.late(about.id, month)


def compared(sentence: Sentence, about: Indicator, row: Row, base: Base) -> Change:
    """The change in words; the sentence keeps its numbers."""
    found = change(
        kind_of(about),
        row["value"],
        row[BEFORE[base]],
        sentence.text,
        direction=about.direction,
        classifier=unit_of(about).classifier,
        base=base,
    )
    if found.step is not None and found.step:
        sentence.note(f"change_{base}", found.step)
    if found.growth is not None:
        sentence.note(f"growth_{base}", found.growth / 100)
    return found


def against_target(sentence: Sentence, about: Indicator, row: Row) -> None:
    """Add the target, the gap in units, and the light by its word; nothing where there is no light."""
    if row["status"] in (None, "none"):
        return
    unit, word = unit_of(about), sentence.meeting.light(row["status"])
    target = target_text(sentence, about, row["target"])
    if sentence.meeting.is_yearly(about):
        _yearly(sentence, row, target, unit, word)
        return
    way = "down" if about.direction == "down" else "up"
    if row["gap_units"]:
        gap = sentence.count("gap", row["gap_units"], unit, row.get("value_mark"))
        sentence.say(f"target.{way}_short", target=target, gap=gap, word=word)
    else:
        sentence.say(f"target.{way}_met", target=target, word=word)


def target_text(sentence: Sentence, about: Indicator, target: float) -> str:
    """The target as it is written: 85%, 120名."""
    if about.is_rate:
        return sentence.share("target", target)
    return sentence.count("target", target, unit_of(about).bare)


def _yearly(sentence: Sentence, row: Row, target: str, unit: Unit, word: str) -> None:
    sentence.say(
        "target.yearly",
        target=target,
        done=sentence.rate("completion", row["done"], row["target"]),
        pace=sentence.rate("pace", row["pace"], row["target"]),
        word=word,
    )
    if row["gap_units"]:
        sentence.say("target.yearly_short", gap=sentence.count("gap", row["gap_units"], unit))
