"""The marks of an answer's numbers: ≤5 masked, 约 rounded, ※ not shown; none = as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from queries.indicators import INDICATORS, Indicator
from queries.masking import ROUNDED, SUPPRESSED
from queries.persons import MEMBERS, PROBATIONARY
from queries.protection import Feed, Parameters, Place, before, splits, summed, year_so_far
from queries.questions import Query

Row = dict[str, Any]
MARK = "_mark"
# Columns of answers about people, and the figures that they are made of; members are one number.
COLUMNS = {
    "workers": ("workers",),
    "members": (MEMBERS,),
    MEMBERS: (MEMBERS,),
    PROBATIONARY: (MEMBERS,),
    "member_share": (MEMBERS, "workers"),
    "floating_in": ("floating_in",),
    "applicants": ("applicants",),
}
# The figures of member_share, and the columns that hold them.
SHARE = ((MEMBERS, "members"), ("workers", "workers"))
# A rate of rounded numbers is shown where it could differ by so much, and by so much of itself, at most.
WIDEST, ROUGHEST = 0.05, 0.5
PARTS_OF_MEMBERS = (MEMBERS, PROBATIONARY)
# What follows from a value, and is as little known as that.
JUDGED = ("change", "gap", "status", "gap_units", "done")
VALUES = ("value", "qualifier", "previous", "last_year", "numerator", *JUDGED)
MOVED = ("contribution", "shown", "own_effect", "weight_effect", "state", "before", "now")


class Marker:
    """Finds the marks of a row's numbers by where they stand."""

    def __init__(self, question: Query, asked: Parameters, fed: Feed, *, split: bool) -> None:
        """Mark the answer to a question that was given this feed, by township if `split`."""
        self._asked, self._fed, self._summed = asked, fed, summed(asked)
        self._is_of_registry = bool({"parts", "ids"} & question.inner)
        first = fed.rows[0] if fed.rows else {"township_code": None, "committee_id": None}
        self._fixed = {
            **({} if split else {"township_code": first["township_code"]}),
            **({} if splits(question, asked, "committee") else {"committee_id": first["committee_id"]}),
        }

    def mark(self, row: Row, columns: Sequence[str]) -> Row:
        """The row with its marks, and without what would tell more than they do."""
        if "contribution" in row:
            # the changes of small numbers tell more than the numbers do
            return row | dict.fromkeys(MOVED)
        marked = self._figure(row) if "value" in row else self._people(row, columns)
        return marked | {f"{column}{MARK}": marked.get(f"{column}{MARK}") for column in columns}

    def _people(self, row: Row, columns: Sequence[str]) -> Row:
        for column in columns:
            marks = [self._of(row, figure) for figure in COLUMNS[column]]
            mark = marks[0]
            if len(marks) > 1:
                mark = self._of_rate(row, row[column], *((figure, row[held]) for figure, held in SHARE))
                row = row | {column: None if _is_masked(mark) else row[column]}
            if column in PARTS_OF_MEMBERS and not self._is_whole(row, row.get("month")):
                mark = None if row[MEMBERS] is None and not marks[0] else SUPPRESSED
            row = row | {f"{column}{MARK}": mark}
        hidden = [column for column in PARTS_OF_MEMBERS if row.get(f"{column}{MARK}")]
        return row | dict.fromkeys(hidden)

    def _figure(self, row: Row) -> Row:
        name = row.get("indicator_id") or self._asked["indicator"]
        about = INDICATORS[name] if self._is_of_registry else None
        parts, whole = (about.parts, about.whole) if about else ((name,), ())
        top, bottom = (_first(self._of(row, figure) for figure in figures) for figures in (parts, whole))
        value = top
        if whole:
            pair = (parts[0], row["numerator"]), (whole[0], row["denominator"])
            value = self._of_rate(row, row["value"], *pair, is_rate=bool(about and about.is_rate))
            if value:
                # rates of other rounded numbers are as rough, and have no marks of their own
                row = row | dict.fromkeys({"previous", "last_year", "change"} & row.keys())
            if _is_masked(value):
                row = row | dict.fromkeys({"value", "qualifier"} & row.keys())
        row = row | {"value_mark": value, "numerator_mark": top, "denominator_mark": bottom}
        if value is None:
            row |= self._incomparable(row, (*parts, *whole))
        if len(parts) == 1 and parts[0] in PARTS_OF_MEMBERS:
            row |= self._part_of_members(row)
        if _is_masked(value) or (about and self._adds_masked(row, about)):
            row |= dict.fromkeys(set(JUDGED) & row.keys())
        elif value and about and not self._is_sure(row, about):
            row |= dict.fromkeys({"gap", "status", "gap_units"} & row.keys())
        return row

    def _of_rate(
        self,
        row: Row,
        rate: float | None,
        top: tuple[str, float | None],
        bottom: tuple[str, float | None],
        *,
        is_rate: bool = True,
    ) -> str | None:
        """The mark of a rate of two figures with their numbers; one that rounding could falsify is hidden."""
        marks = [self._of(row, figure) for figure, _ in (top, bottom)]
        if any(_is_masked(mark) for mark in marks):
            return SUPPRESSED
        if rate is None or ROUNDED not in marks:
            return None
        (least, most), (fewest, all_of) = (
            self._fed.spans.get(self._place(row, figure, None), (number or 0, number or 0))
            for figure, number in (top, bottom)
        )
        width = most / max(fewest, 1) - least / max(all_of, 1)
        is_rough = width > ROUGHEST * rate or (is_rate and (width > WIDEST or rate >= 1))
        return SUPPRESSED if is_rough else ROUNDED

    def _incomparable(self, row: Row, figures: Sequence[str]) -> Row:
        """An exact number is not compared with one of before that is not."""
        month = row.get("month") or self._asked["month"]
        taken: Row = {}
        for column, back in (("previous", 1), ("last_year", 12)):
            then = before(month, back)
            if column in row and any(self._of(row, figure, then) for figure in figures):
                taken |= dict.fromkeys({column, *(("change",) if back == 1 else ())} & row.keys())
        return taken

    def _is_sure(self, row: Row, about: Indicator) -> bool:
        """Whether a rounded count stands on one side of its target wherever it is; a rate never does."""
        if about.whole or row["target"] is None:
            return False
        low, high = self._fed.spans[self._place(row, about.parts[0], None)]
        aims = [float(row[column]) for column in ("target", "pace") if row.get(column) is not None]
        return not any(low < aim <= high for aim in aims)

    def _part_of_members(self, row: Row) -> Row:
        """Full or probationary members alone: told of the county, and of those who have none."""
        month = row.get("month") or self._asked["month"]
        back = {"previous": before(month, 1), "last_year": before(month, 12)}
        hidden = [column for column, then in back.items() if not self._is_whole(row, then)]
        taken = {} if not hidden else dict.fromkeys({*hidden, "change"} & row.keys())
        if self._is_whole(row, month):
            return taken
        marks = dict.fromkeys(
            ("value_mark", "numerator_mark"), SUPPRESSED if self._is_fed(row, month) else None
        )
        return dict.fromkeys(set(VALUES) & row.keys()) | marks

    def _adds_masked(self, row: Row, about: Indicator) -> bool:
        """Whether a sum since the start of the year lacks a masked month."""
        figure = about.parts[0]
        if about.whole or figure not in self._summed:
            return False
        months = year_so_far(row.get("month") or self._asked["month"], self._asked)
        return any(_is_masked(self._of(row, figure, then)) for then in months)

    def _place(self, row: Row, figure: str, month: date | None) -> Place:
        township, committee = (
            self._fixed[key] if key in self._fixed else row[key] for key in ("township_code", "committee_id")
        )
        name = MEMBERS if figure == PROBATIONARY else figure
        return month or row.get("month") or self._asked["month"], name, township, committee

    def _of(self, row: Row, figure: str, month: date | None = None) -> str | None:
        return self._fed.marks.get(self._place(row, figure, month))

    def _is_whole(self, row: Row, month: date | None) -> bool:
        return self._place(row, MEMBERS, month) in self._fed.whole

    def _is_fed(self, row: Row, month: date | None) -> bool:
        return self._place(row, MEMBERS, month) in self._fed.spans


def _first(marks: Iterable[str | None]) -> str | None:
    return next((mark for mark in marks if mark), None)


def _is_masked(mark: str | None) -> bool:
    return mark is not None and mark != ROUNDED
