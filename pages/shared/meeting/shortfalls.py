"""短板: the townships behind the target of the organisation rate, by how much."""

import polars as pl

from pages.shared import blocks
from pages.shared.charts import Figure as Chart
from pages.shared.charts import target_bars
from pages.shared.mission import Figure
from pages.shared.rates import rates_of
from pages.shared.saving import Sheet
from pages.shared.view import Source, View
from queries.words.standing import Rate, Verdict, judge_all
from queries.words.wording import standing_title

QUERY = "coverage_by_township"
# More rows than these are told by those that lack most.
MOST = 6
BEHIND = ("bad", "warn", "none")


class Shortfalls:
    """The townships behind their targets; `title` is the conclusion, empty where none has a target."""

    def __init__(self, view: View, figure: Figure) -> None:
        """Ask for the townships that the viewer chose and judge each by its own target."""
        self.indicator = figure.subject.indicator
        self.frame: pl.DataFrame = view.ask(QUERY)
        rates = rates_of(view, self.frame, self.indicator, "organised")
        verdicts = judge_all(rates, None, **view.rule(self.indicator))
        # Of one township the figures above say it all.
        several = len(rates) > 1
        words = standing_title(verdicts, view.text, classifier=view.t("units.enterprise"))
        self.title = words if several else ""
        self.behind = sum(verdict.status in BEHIND for verdict in verdicts)
        self.rows = _behind(rates, verdicts) if several else []
        self.met = sum(verdict.status in ("done", "good") for verdict in verdicts)

    def subtitle(self, view: View) -> str:
        """Return what is shown, and how many are left out because they met their target."""
        name = view.t(f"kpi.{self.indicator}")
        if self.behind > MOST:
            return view.t("meeting.behind_most", name=name, count=MOST)
        key = "behind_subtitle" if self.rows else "behind_none"
        return view.text.count(f"meeting.{key}", self.met, name=name)

    @property
    def lines(self) -> int:
        """How much room the bars take: one line each, and one for targets that stand below them."""
        return len(self.rows) + (len({rate.target for rate in self.rows}) > 1)

    def sheet(self, view: View) -> Sheet | None:
        """Return what the files of the bars are made of; None where none are drawn."""
        if not self.rows:
            return None
        source = Source("meeting_coverage", QUERY, (self.indicator,), self.frame)
        return Sheet(source, [self.chart(view)], self.title, self.subtitle(view))

    def chart(self, view: View) -> Chart:
        """Return the bars of those behind."""
        return target_bars(
            self.rows,
            blocks.look(view),
            measure=view.t(f"kpi.{self.indicator}"),
            target=None,
            **view.rule(self.indicator),
            counts=False,
            compact=True,
            classifier=view.t("units.enterprise"),
        )


def _behind(rates: list[Rate], verdicts: list[Verdict]) -> list[Rate]:
    """Return the rates that miss their target or were not reported, those that lack most where many do."""
    told = [
        (rate, verdict) for rate, verdict in zip(rates, verdicts, strict=True) if verdict.status in BEHIND
    ]
    worst = sorted(told, key=lambda pair: (pair[1].status != "none", -pair[1].gap, pair[1].status))[:MOST]
    return [pair[0] for pair in told if pair in worst]
