"""Answering the protected audience: a question is asked of figures that are protected where it adds them up.

Each number of an answer stands at an address, a township or all and a committee or all. The question gets the
protected number of that address in place of the rows that it would have added up, so that rates, changes and
lights come from protected values by the same SQL. Several townships or committees together are no address:
they are the sum of theirs, marked 约.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import polars as pl

from queries.masking import ROUNDED, SUPPRESSED, Shown
from queries.persons import MEMBERS, PROBATIONARY, People, Where
from queries.questions import Query

Parameters = Mapping[str, Any]
FED: Mapping[str, pl.DataType] = {
    "month": pl.Date(),
    "indicator_id": pl.String(),
    "township_code": pl.String(),
    "committee_id": pl.String(),
    "value": pl.Float64(),
    "lower_bound": pl.Boolean(),
    "qualifier": pl.String(),
    "in_township": pl.Boolean(),
    "in_committee": pl.Boolean(),
}
# Where a figure stands in an answer: month, figure, township and committee as the row names them.
Place = tuple[date, str, str | None, str | None]
Axis = Sequence[tuple[str | None, tuple[Any, ...]]]
COUNTY: Where = (None, None)


@dataclass
class Feed:
    """What a question is given in place of the figures of persons, and how each of them is shown.

    `spans` are the lowest and highest that each number may be; `whole` are places where members are also
    told as full and probationary ones.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    marks: dict[Place, str] = field(default_factory=dict)
    spans: dict[Place, tuple[float, float]] = field(default_factory=dict)
    whole: set[Place] = field(default_factory=set)

    def table(self, others: pl.DataFrame) -> Any:
        """The figures that a question adds up: those of persons as fed, the others as they are."""
        fed = pl.DataFrame(self.rows, schema=FED)
        return pl.concat([others, fed.select(others.columns)]).to_arrow()


def feed(people: People, question: Query, asked: Parameters, figures: Iterable[str], *, split: bool) -> Feed:
    """The protected numbers of the figures at every address of the answer, by township if `split`."""
    fed = Feed()
    townships = _townships(people, asked["basis_month"], asked.get("townships"), split)
    committees = _committees(people, asked.get("committees"), splits(question, asked, "committee"))
    for figure in figures:
        places = product(_months(people, asked, figure), townships, committees)
        for month, (code, groups), (committee, ids) in places:
            _add(fed, people, (month, figure, code, committee), list(product(groups, ids)))
    return fed


def _months(people: People, asked: Parameters, figure: str) -> Iterable[date]:
    """The months that the answer knows: those of a trend with the year before, or what one compares with."""
    month = asked["month"]
    if "from_month" in asked:
        return people.months(before(asked["from_month"], 12), month)
    needed = {month, before(month, 1), before(month, 12)}
    if figure in summed(asked):
        needed |= {*year_so_far(month, asked)}
    return sorted(needed)


def year_so_far(month: date, asked: Parameters) -> list[date]:
    """The months of the profile's year up to this one, the newest first."""
    gone = (month.month - int(asked["fiscal_start"])) % 12
    return [before(month, back) for back in range(gone + 1)]


def summed(asked: Parameters) -> frozenset[str]:
    """The figures whose months are added up since the start of the year."""
    if "sums" not in asked:
        return frozenset(asked["parts"]) if asked.get("is_summed") else frozenset()
    sums = dict(zip(asked["ids"], asked["sums"], strict=True))
    parts = zip(asked["parts"], asked["part_of"], strict=True)
    return frozenset(part for part, indicator in parts if sums[indicator])


def before(month: date, months: int) -> date:
    """The month so many before."""
    years, index = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, index + 1, 1)


def splits(question: Query, asked: Parameters, by: str) -> bool:
    """Whether the answer has a row for each township, or committee."""
    if "by" in question.parameters:
        return bool(asked["by"] == by)
    return ("township_code" if by == "township" else "committee_id") in question.schema


def _townships(people: People, basis: date, chosen: Sequence[str] | None, split: bool) -> Axis:
    """Each township of the answer as its rows name it, with the codes that it stands for."""
    groups = people.townships(basis)
    if not split:
        return _together(chosen, groups.__getitem__)
    named = [
        (code, (codes,)) for code, codes in groups.items() if code and (chosen is None or code in chosen)
    ]
    return [*named, *([(None, (groups[""],))] if chosen is None else [])]


def _committees(people: People, chosen: Sequence[str] | None, split: bool) -> Axis:
    if not split:
        return _together(chosen, str)
    named = [(name, (name,)) for name in people.committees if chosen is None or name in chosen]
    return [*named, *([(None, ("",))] if chosen is None else [])]


def _together(chosen: Sequence[str] | None, found: Callable[[str], Any]) -> Axis:
    """All in one row, which bears the name of one of them so that it passes the filter."""
    if chosen is None:
        return [(None, (None,))]
    return [(chosen[0], tuple(found(code) for code in chosen))] if chosen else []


def _add(fed: Feed, people: People, place: Place, where: list[Where]) -> None:
    month, figure, code, committee = place
    shown = [one for address in where if (one := people.shown(month, figure, *address))]
    if not shown:
        return
    value, mark = together(shown)
    said = people.said(month, figure, where)
    word = None if value is None else mark or said.qualifier
    if mark:
        fed.marks[place] = mark
    fed.spans[place] = sum(one.low for one in shown), sum(one.high for one in shown)
    numbers = {figure: value}
    if figure == MEMBERS and mark is None and (where == [COUNTY] or not value):
        parts = {part: people.total(month, part) if value else 0.0 for part in (MEMBERS, PROBATIONARY)}
        if not any(0 < (number or 0) <= people.rules(month).k for number in parts.values()):
            fed.whole.add(place)
            numbers = parts
    for part, number in numbers.items():
        row = (month, part, code, committee, number, said.lower_bound, word, True, True)
        fed.rows.append(dict(zip(FED, row, strict=True)))


def together(shown: Sequence[Shown]) -> tuple[float | None, str | None]:
    """The sum of numbers as they are shown, and its mark: ≤ of masked ones alone, 约 of any others."""
    if any(one.mark == SUPPRESSED for one in shown):
        return None, SUPPRESSED
    if all(one.mark is None for one in shown):
        return float(sum(one.value or 0 for one in shown)), None
    if all(not one.value for one in shown):
        return None, f"≤{sum(int(one.high) for one in shown)}"
    # a masked one counts as the middle of what it may be
    guess = sum(one.value if one.value is not None else (one.low + one.high) / 2 for one in shown)
    return float(round(guess)), ROUNDED
