"""What a page is given to draw with: the filters, the words, the colours, and a way to ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Self

import polars as pl
from streamlit.navigation.page import StreamlitPage

import queries
from pages.shared.filters import Filters
from pages.shared.i18n import Text
from pages.shared.theme import Theme
from queries.lights import Lights, lights, progress
from queries.words.formats import month_word
from queries.words.wording import name_list


@dataclass(frozen=True)
class Report:
    """A ledger that townships send; `column` of `query` is null for a township that did not send it."""

    name: str
    query: str
    column: str


COVERAGE = Report("enterprises", "coverage_by_township", "enterprises")
MEMBERS = Report("figures", "members_by_township", "members")
SERVICES = Report("station_services", "services_by_township", "person_times")


@dataclass(frozen=True)
class Source:
    """What a chart was drawn from: its frame, the query behind it and the indicators it shows.

    `internal` marks the files made of it as not to be passed on. `again` asks for the same under another
    view: what counts persons is exported as everybody may see it.
    """

    name: str
    query: str
    indicators: tuple[str, ...]
    frame: pl.DataFrame
    internal: bool = False
    again: "Callable[[View], Source] | None" = None


@dataclass(frozen=True)
class View:
    """One look at one month: everything that a page may use, read once per run.

    `audience` decides what queries may answer, `commit` is the state of `store` that they answer from.
    `sources` and `drawn` fill while the page is drawn: frames behind charts, and indicators that are shown.
    """

    filters: Filters
    text: Text
    theme: Theme
    snapshot: queries.SnapshotInfo
    profile: queries.ProfileInfo
    commit: queries.CommitInfo
    pages: Mapping[str, StreamlitPage]
    audience: queries.Audience = "internal"
    store: queries.Place = None
    sources: list[Source] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)

    def in_its_lights(self) -> Self:
        """Return the view in the words and colours of its profile's lights."""
        words = self.lights.words(self.text.lang)
        own = {f"status.{status}": word for status, word in words.items()}
        return replace(self, text=self.text.saying(own), theme=self.theme.under(self.lights.colours))

    def t(self, key: str, **params: object) -> str:
        """Return the text of a key in the viewer's language."""
        return self.text(key, **params)

    def ask(self, query: str, **extra: Any) -> pl.DataFrame:
        """Run a query with those of the viewer's filters that it takes; `extra` overrides them."""
        takes = queries.QUERIES[query].parameters
        chosen: dict[str, Any] = {
            "townships": list(self.filters.townships) or None,
            "committees": list(self.filters.committees) or None,
            "denominator": self.filters.denominator,
        }
        mine = {name: value for name, value in chosen.items() if name in takes}
        return self._run(query, **{"month": self.filters.month, **mine, **extra})

    def _run(self, query: str, **how: Any) -> pl.DataFrame:
        """Run a query for this audience, on the state that the page began with."""
        return queries.run(query, as_of=self.commit.number, audience=self.audience, store=self.store, **how)

    def missing(self, report: Report, month: date | None = None) -> tuple[set[str], bool]:
        """Return the codes of chosen townships that did not send a report, and whether anybody did."""
        frame = self._run(report.query, month=month or self.filters.month)
        named = frame.filter(pl.col("township_code").is_not_null())
        silent = [column for column in (report.column, f"{report.column}_mark") if column in named.columns]
        late = set(named.filter(pl.all_horizontal(pl.col(silent).is_null()))["township_code"])
        chosen = set(self.filters.townships) or set(named["township_code"])
        return late & chosen, len(late) < named.height

    def comparable(self, report: Report, month: date | None = None) -> bool:
        """Tell whether the same townships reported this month and an earlier one: totals compare.

        `month` is the month before unless another is given.
        """
        late, _ = self.missing(report)
        earlier = month or (self.filters.month - timedelta(days=1)).replace(day=1)
        before, any_before = self.missing(report, earlier)
        return late == before or not any_before

    def is_lower_bound(self, indicator: str) -> bool:
        """Tell whether part of this month's figure was reported as 余 or 以上: at least so many."""
        return bool(self.ask("figures_by_month", indicator=indicator)["lower_bound"][-1])

    @cached_property
    def _targets(self) -> dict[str, dict[str | None, float]]:
        by_indicator: dict[str, dict[str | None, float]] = {}
        for row in self.ask("targets_by_township", townships=None).iter_rows(named=True):
            by_indicator.setdefault(row["indicator_id"], {})[row["township_code"]] = row["value"]
        return by_indicator

    def targets(self, indicator: str) -> dict[str | None, float]:
        """Return this month's targets of an indicator by township code; None is the whole county."""
        return self._targets.get(indicator, {})

    @property
    def aimed_at(self) -> tuple[str | None] | None:
        """Return whose targets hold for what is shown: (None,) the county's, (code,) one township's.

        Several townships together, or some committees only, have no target: None.
        """
        if self.filters.committees or len(self.filters.townships) > 1:
            return None
        return (self.filters.townships[0] if self.filters.townships else None,)

    def area_target(self, indicator: str) -> float | None:
        """Return this month's target of what is shown, where there is one."""
        return self.targets(indicator).get(self.aimed_at[0]) if self.aimed_at else None

    def target_steps(self, indicator: str, from_month: date | None = None) -> dict[date, float]:
        """Return the targets of what is shown by month, of 24 months unless the first is given."""
        if not self.aimed_at:
            return {}
        (code,) = self.aimed_at
        frame = self.ask("targets_by_month", townships=None, from_month=from_month)
        mine = (pl.col("indicator_id") == indicator) & pl.col("township_code").eq_missing(pl.lit(code))
        return dict(frame.filter(mine).select("month", "value").iter_rows())

    @property
    def month(self) -> str:
        """Return the month's name within its year: 10月."""
        return month_word(self.filters.month, self.text)

    @cached_property
    def lights(self) -> Lights:
        """Return the lights of the month's profile; `text` and `theme` have their words and colours."""
        return lights(self.profile.settings)

    def rule(self, indicator: str) -> dict[str, Any]:
        """Return what `judge` and `target_bars` hold the indicator's rates against.

        `progress` is 序时进度, 0-1, where its target is one for the year.
        """
        about = queries.INDICATORS[indicator]
        due = progress(self.filters.month, self.profile.settings) if self.lights.is_yearly(about) else 1.0
        return {"lights": self.lights, "progress": due, "direction": about.direction}

    @property
    def area(self) -> str:
        """Return the name of what is shown: the whole county, one township, or how many of them."""
        if not self.filters.townships:
            return self.whole
        names = [self.name("township", code) for code in self.filters.townships]
        return names[0] if len(names) == 1 else self.t("frame.townships_chosen", count=len(names))

    @property
    def whole(self) -> str:
        """Return how the profile calls all its townships together: 全县, 全市 or 全区."""
        return (
            str(self.profile.settings.get("county_short") or self.t("frame.whole"))
            if self.text.lang == "zh"
            else self.t("frame.whole")
        )

    @property
    def chosen(self) -> str:
        """Return the townships and committees that were chosen, by name; empty when all are shown."""
        kinds = (("township", self.filters.townships), ("committee", self.filters.committees))
        told = [
            name_list([self.name(kind, code) for code in codes], self.text, limit=len(codes))
            for kind, codes in kinds
            if codes
        ]
        return self.t("charts.semicolon").join(told)

    def name(self, kind: str, code: str | None) -> str:
        """Return the short name of a township or committee; no code means it was not stated."""
        names = self.profile.committee_names if kind == "committee" else self.profile.township_names
        return self.t("columns.not_stated") if code is None else names.get(code, code)
