"""变化与原因: which townships, or committees, moved a rate, in 百分点 that sum to its change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pages.shared import blocks
from pages.shared.charts import Figure as Chart
from pages.shared.charts.contributions import Moved, contribution_bars, signed
from pages.shared.mission import Figure
from pages.shared.saving import Sheet
from pages.shared.view import Source, View
from queries.words.formats import points_text

QUERY = "contributions"
# More rows than these are told by the largest and one for the rest.
MOST = 9
# A change below this is printed as none.
LEAST = 0.05


@dataclass(frozen=True)
class Movement:
    """Who moved a rate since last month: one row a township, or a committee (`by`)."""

    figure: Figure
    by: str
    frame: pl.DataFrame

    @property
    def keys(self) -> tuple[str, str]:
        """The columns of code and name."""
        return ("committee_id", "committee") if self.by == "committee" else ("township_code", "township")

    @property
    def total(self) -> float:
        """The county's change as printed: what the values sum to."""
        return float(self.frame["shown"].sum())

    def title(self, view: View) -> str:
        """Return how the rate moved, and who moved it most in that direction."""
        name, total = view.t(f"kpi.{self.figure.subject.indicator}"), self.total
        if abs(total) < LEAST:
            return view.t("meeting.moved_level", name=name)
        first = self.frame.sort("shown", "contribution", descending=total > 0).row(0, named=True)
        return view.t(
            f"meeting.moved_{'rose' if total > 0 else 'fell'}",
            name=name,
            points=points_text(total, view.text),
            most=view.name(self.by, first[self.keys[0]]),
            part=points_text(first["shown"], view.text),
        )

    def subtitle(self, view: View) -> str:
        """Return what the values are, and what they sum to."""
        return view.t(f"meeting.moved_by_{self.by}", total=signed(self.total, 1))

    def chart(self, view: View) -> Chart:
        """Return the bars, whose printed values sum to the printed change."""
        rows = [
            Moved(view.name(self.by, row[self.keys[0]]), row["shown"])
            for row in self.frame.iter_rows(named=True)
        ]
        name = view.t(f"kpi.{self.figure.subject.indicator}")
        return contribution_bars(_largest(view, rows), blocks.look(view), measure=name)

    def _again(self, view: View) -> Source:
        """Return the rows as another view may see them: none of a rate of few persons."""
        frame = _asked(view, self.figure, self.by)
        return replace(self, frame=frame).source

    def sheet(self, view: View) -> Sheet:
        """Return what the files of the chart are made of."""

        def again(other: View) -> Sheet | None:
            frame = _asked(other, self.figure, self.by)
            return None if frame.is_empty() else replace(self, frame=frame).sheet(other)

        return Sheet(self.source, [self.chart(view)], self.title(view), self.subtitle(view), again=again)

    @property
    def source(self) -> Source:
        """What the bars are drawn from, as the data menu shows it."""
        shown = self.frame.select(
            *self.keys,
            pl.col("before").alias("before_rate"),
            pl.col("now").alias("now_rate"),
            pl.col("shown").alias("contribution_points"),
        )
        return Source(
            "meeting_contributions", QUERY, (self.figure.subject.indicator,), shown, again=self._again
        )


def movement(view: View, figures: Sequence[Figure]) -> Movement | None:
    """Return who moved the first of the rates whose months compare and that anybody moved; None of none."""
    by = "committee" if len(view.filters.townships) == 1 else "township"
    for figure in figures:
        if figure.subject.is_rate and figure.compared:
            frame = _asked(view, figure, by)
            if frame["shown"].abs().sum() > 0:
                return Movement(figure, by, frame)
    return None


def _asked(view: View, figure: Figure, by: str) -> pl.DataFrame:
    frame = view.ask(QUERY, indicator=figure.subject.indicator, against="previous", by=by)
    return frame.filter(pl.col("shown").is_not_null())


def _largest(view: View, rows: list[Moved]) -> list[Moved]:
    """Return the rows that moved most, in their order, and one that sums the others up."""
    if len(rows) <= MOST:
        return rows
    kept = sorted(rows, key=lambda row: -abs(row.amount))[: MOST - 1]
    others = [row for row in rows if row not in kept]
    rest = Moved(
        view.t("meeting.others", count=len(others)), round(sum(o.amount for o in others), 1), is_rest=True
    )
    return [*(row for row in rows if row in kept), rest]
