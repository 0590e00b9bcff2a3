"""What every trend says beside its line: events, changed definitions, what was published, the usual range."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

import queries
from pages.shared.charts import Figure
from pages.shared.charts.marks import Event, Marks, Usual
from pages.shared.charts.panels import MOST_GUIDES
from pages.shared.charts.trend import mark_notes
from pages.shared.i18n import Text
from pages.shared.view import View
from queries import control
from queries.rounding import plain
from queries.words.formats import count_text, month_text, month_word

# Months named one by one; a rule that is broken is told in this order.
NAMED = 3
RULES = ("beyond", "shift", "trend", "outer")
AT_LEAST = ("余", "以上")


@dataclass(frozen=True)
class Annotations:
    """The marks of a trend, what must stand below it, and what is unusual now (empty where nothing is)."""

    marks: Marks
    notes: tuple[str, ...]
    unusual: str = ""

    def below(self, figure: Figure, text: Text) -> str:
        """The line under a chart: its numbered events first, then breaks, what was published, limits."""
        return "".join([self.numbered(figure, text), *self.notes]).strip()

    def numbered(self, figure: Figure, text: Text) -> str:
        """The numbered events alone, for a chart that stands beside one that tells the rest."""
        told = mark_notes(figure)
        return text("annotations.events", events=text("charts.semicolon").join(told)) if told else ""


def annotate(view: View, indicator: str, months: Sequence[date]) -> Annotations:
    """Return the events, changes of definition and published figure of an indicator's months."""
    about = queries.INDICATORS[indicator]
    breaks = about.breaks(months[0], months[-1]) if months else ()
    marks = Marks(events(view, indicator), breaks)
    notes = [_break(view, indicator, month) for month in breaks]
    return Annotations(marks, (*notes, *published(view, indicator)))


def with_limits(
    view: View, found: Annotations, indicator: str, months: Sequence[date], values: Sequence[float | None]
) -> Annotations:
    """Return the annotations with the usual range, where the indicator is one of each month by itself.

    A stock moves by little each month, and a cumulative figure only up: what varies by chance is a flow.
    """
    about = queries.INDICATORS[indicator]
    # Points cashed may be more than points issued: a share above one is no share.
    is_share = about.is_rate and max((value for value in values if value is not None), default=0) <= 1
    lowest, highest = 0.0, 1.0 if is_share else float("inf")
    limits = control.limits(values, bounds=(lowest, highest))
    if about.kind != "F" or limits is None:
        return found
    signals = control.signals(values, limits)
    unusual = frozenset(control.unusual(signals))
    if not control.is_steady(values, bounds=(lowest, highest)):
        return found
    notes = [view.t("annotations.limits")]
    if unusual:
        notes.append(view.t("annotations.unusual", months=_months(view, [months[at] for at in unusual])))
    low, high = limits.low if limits.low > lowest else None, limits.high if limits.high < highest else None
    marks = replace(found.marks, usual=Usual(low, high, unusual))
    now = _now(view, about.name(view.text.lang), signals, len(values) - 1)
    return Annotations(marks, (*found.notes, *notes), now)


def events(view: View, indicator: str) -> tuple[Event, ...]:
    """Return the profile's events of an indicator, and those of no particular one."""
    mine = pl.col("indicator_id").is_null() | (pl.col("indicator_id") == indicator)
    rows = view.profile.events.filter(mine).select("date", "title").iter_rows()
    return tuple(Event(day.replace(day=1), title) for day, title in rows)


def guides_note(view: View, marks: Marks, months: Sequence[date]) -> str:
    """Return in words what the guides of small panels stand for; empty where there are none."""
    happened = [event for event in marks.events if event.month in months]
    changed = [month for month in marks.breaks if month in months]
    if len({event.month for event in happened}) + len(changed) > MOST_GUIDES:
        happened = []
    told = [f"{month_text(event.month, view.text)}{event.title}" for event in happened]
    told += [f"{month_text(month, view.text)}{view.t('charts.break')}" for month in changed]
    return view.t("annotations.guides", events=view.t("wording.list_separator").join(told)) if told else ""


def published(view: View, indicator: str) -> tuple[str, ...]:
    """Return what the county's report publishes of an indicator; it says nothing of a part of the county."""
    by_committee = "committee" in queries.INDICATORS[indicator].grain
    if view.filters.townships or (view.filters.committees and by_committee):
        return ()
    rows = view.ask("published_figures").filter(pl.col("indicator_id") == indicator)
    return tuple(
        view.t("annotations.published", value=published_text(row, view.text), title=row["title"])
        for row in rows.iter_rows(named=True)
    )


def published_text(row: Mapping[str, Any], text: Text) -> str:
    """Return a published figure as it was published: 346名, 3000余人, 约8196户, 85%."""
    value, qualifier, unit = row["value"], row["qualifier"], row["unit"]
    if unit == "%":
        shown = f"{plain(value, 1)}%"
    else:
        shown = count_text(value, unit, text, lower_bound=qualifier in AT_LEAST)
    words = {"约": "annotations.vague", "近": "annotations.nearly"}.get(qualifier or "")
    return text(words, value=shown) if words else shown


def _break(view: View, indicator: str, month: date) -> str:
    about, lang = queries.INDICATORS[indicator], view.text.lang
    before = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    new, old = about.in_force(month, lang)[0], about.in_force(before, lang)[0]
    return view.t("annotations.break", month=month_text(month, view.text), new=new, old=old)


def _months(view: View, months: Sequence[date]) -> str:
    named = [month_text(month, view.text) for month in sorted(months)]
    names = view.t("wording.list_separator").join(named[-NAMED:])
    if len(named) <= NAMED:
        return names
    return view.text.count("annotations.more", len(named) - NAMED, names=names, total=len(named))


def _now(view: View, name: str, signals: Sequence[control.Signal], last: int) -> str:
    """Return what the last month breaks, the plainest rule first; empty where it is as usual."""
    mine = sorted((s for s in signals if last in s.at), key=lambda s: RULES.index(s.rule))
    if not mine:
        return ""
    found = mine[0]
    key = f"annotations.{found.rule}_{'up' if found.up else 'down'}"
    if found.rule in ("beyond", "outer"):
        return view.t(key, name=name, month=month_word(view.filters.month, view.text))
    return view.t(key, name=name, n=len(found.at))
