"""The five mission figures of the joint meeting: how each moved, and how it stands against its target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import queries
from pages.shared import blocks
from pages.shared.charts import sparkline
from pages.shared.rates import ORGANISATION
from pages.shared.view import COVERAGE, MEMBERS, SERVICES, Report, View
from queries.words.formats import count_text, marked_text, percent, plain_percent
from queries.words.wording import Change, Kind, change

Row = Mapping[str, Any]
# Counts of which this was reported beside them are at least so many.
AT_LEAST = {"余", "以上"}


@dataclass(frozen=True)
class Subject:
    """What a mission figure is about: its page, indicator and units, and the report that it sums up."""

    page: str
    indicator: str
    unit: str
    report: Report | None = None

    @property
    def is_rate(self) -> bool:
        """Whether it is told in percent."""
        return queries.INDICATORS[self.indicator].is_rate


@dataclass(frozen=True)
class Figure:
    """One mission figure in words. `status` is that of its light; None = no target, none = not reported.

    `change` compares with the month before, `compared` where both are known and alike; `year` with the same
    month of last year. `target` says what is missing, `pace` how far the figure is and how far the year.
    `now` is the month's row of `indicator_by_month`.
    """

    subject: Subject
    value: str
    known: bool
    status: str | None
    change: Change | None
    compared: bool
    year: str
    target: str
    pace: str
    spark: list[float]
    now: Row

    @property
    def base(self) -> str:
        """What the change compares with, as a key; empty where it says so itself."""
        kind = queries.INDICATORS[self.subject.indicator].kind
        return (
            f"base_{'stock' if kind == 'S' and not self.subject.is_rate else 'flow'}" if self.compared else ""
        )


def subjects(denominator: str) -> tuple[Subject, ...]:
    """Return the mission's five subjects; the denominator chooses among the organisation rates."""
    return (
        Subject("coverage", ORGANISATION[denominator], "units.enterprise", COVERAGE),
        Subject("coverage", "work_cov_total", "units.enterprise", COVERAGE),
        Subject("members", "members", "units.member", MEMBERS),
        Subject("stations", "visits_person_times", "units.person_times", SERVICES),
        Subject("grievances", "on_time", "units.case"),
    )


def mission(view: View) -> list[Figure]:
    """Return the figures of the month for what the viewer chose."""
    return [_figure(view, subject) for subject in subjects(view.filters.denominator)]


def _figure(view: View, subject: Subject) -> Figure:
    about = queries.INDICATORS[subject.indicator]
    # Stations belong to no committee: their figures stay the county's.
    whole = {} if "committee" in about.grain else {"committees": None}
    months = view.ask("indicator_by_month", indicator=subject.indicator, **whole)
    now = months.row(-1, named=True)
    mark = now.get("value_mark")
    known = now["value"] is not None or bool(mark)
    # A rate of nothing is no missing report.
    missing = not known and now["denominator"] != 0
    alike = subject.report is None or view.comparable(subject.report)
    return Figure(
        subject=subject,
        value=_value(view, subject, now),
        known=known,
        status="none" if missing else now["status"] if known else None,
        # What is rounded or hidden tells of no change.
        change=_against_last_month(view, subject, now, alike=alike)
        if months.height > 1 and not mark
        else None,
        compared=alike and not mark and None not in (now["value"], now["previous"]),
        year=_against_last_year(view, subject, now) if known and not mark else "",
        target=_target(view, subject, now, whole=bool(whole)) if known and not mark else "",
        pace=_pace(view, now),
        # Few are numbers of which no line is drawn.
        spark=sparkline(months["value"].to_list()) if (whole_of(now) or 0) >= blocks.SMALL_TOTAL else [],
        now=now,
    )


def whole_of(row: Row) -> float | None:
    """Return what a figure is counted among: the denominator of a rate, else the count itself."""
    return row["value"] if row["denominator"] is None else row["denominator"]  # type: ignore[no-any-return]


def _value(view: View, subject: Subject, now: Row) -> str:
    if subject.is_rate:
        return percent(now["numerator"], now["denominator"], view.text)
    if mark := now.get("value_mark"):
        return f"{marked_text(now['value'], mark, '', view.text)}:small[{view.t(subject.unit)}]"
    least = now["qualifier"] in AT_LEAST
    return blocks.with_unit(view, now["value"], subject.unit, lower_bound=least)


def _moved(view: View, subject: Subject, now: Row, before: float | None, **base: Any) -> Change:
    about = queries.INDICATORS[subject.indicator]
    kind: Kind = "rate" if subject.is_rate else "flow" if about.kind == "F" else "stock"
    classifier = view.t(subject.unit)
    return change(
        kind, now["value"], before, view.text, direction=about.direction, classifier=classifier, **base
    )


def _against_last_month(view: View, subject: Subject, now: Row, *, alike: bool) -> Change:
    """Return the change on the month before; totals of different townships are not compared."""
    return _moved(view, subject, now, now["previous"]) if alike else blocks.unlike(view)


def _against_last_year(view: View, subject: Subject, now: Row) -> str:
    """Return the change on the same month of last year as a sentence, or why there is none."""
    if now["last_year"] is None:
        return view.t("meeting.no_last_year")
    month: date = view.filters.month
    if subject.report and not view.comparable(subject.report, month.replace(year=month.year - 1)):
        return view.t("meeting.unlike_last_year")
    return _moved(view, subject, now, now["last_year"], base="year").sentence


def _target(view: View, subject: Subject, now: Row, *, whole: bool) -> str:
    """Return what is missing; of what no committee has, that it is the figure of all."""
    if whole and view.filters.committees:
        return view.t("meeting.no_committees")
    if now["target"] is None:
        return view.t("meeting.no_target")
    classifier = view.t(subject.unit)
    shown = (
        plain_percent(now["target"]) if subject.is_rate else count_text(now["target"], classifier, view.text)
    )
    if not now["gap_units"]:
        return view.t("meeting.target_met", target=shown)
    return view.t("meeting.target_gap", target=shown, gap=count_text(now["gap_units"], classifier, view.text))


def _pace(view: View, now: Row) -> str:
    """Return how much of a yearly target is done and how much of the year gone; empty for a monthly one."""
    if now["target"] is None or now["done"] is None or now["pace"] == now["target"]:
        return ""
    gone = percent(now["pace"], now["target"], view.text)
    return view.t("meeting.pace", done=percent(now["done"], now["target"], view.text), gone=gone)
