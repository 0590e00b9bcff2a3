"""Who sent which ledger: on time, in a later revision, or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
import streamlit as st

import queries
from pages.shared import blocks, cards
from pages.shared.badges import badge
from pages.shared.theme import SHAPES
from pages.shared.view import Source, View
from queries.revisions import first_sent
from queries.words.formats import month_word
from queries.words.wording import name_list, revision

SOURCES = ("enterprises", "figures", "station_services")
MONTHS = 12
State = Literal["good", "warn", "none"]


@dataclass(frozen=True)
class Sent:
    """One ledger of one township: `revision` in which it came, None = not sent; `is_due` = others sent it."""

    township_code: str
    source: str
    revision: int | None
    is_due: bool

    @property
    def state(self) -> State | None:
        """good = with the first, warn = later, none = not sent; None where nobody sent this ledger."""
        if not self.is_due:
            return None
        if self.revision is None:
            return "none"
        return "good" if self.revision == 1 else "warn"


def of_month(view: View) -> list[Sent]:
    """Return each ledger of each chosen township in the month shown, in 区划序."""
    return _sent(view.ask("reports_by_township"), view.filters.month)


def _sent(reports: pl.DataFrame, month: date) -> list[Sent]:
    came = {(code, source): at for code, source, at in first_sent(month).iter_rows()}
    return [
        Sent(
            row["township_code"],
            row["source"],
            # what a township that was merged since sent stands under its old code: with the first
            (came.get((row["township_code"], row["source"])) or 1) if row["is_reported"] else None,
            row["is_reported"] is not None,
        )
        for row in reports.iter_rows(named=True)
    ]


def worst(states: Iterable[State | None]) -> State | None:
    """Return the state of several ledgers together: not sent before late before in time."""
    found = set(states)
    order: tuple[State, ...] = ("none", "warn", "good")
    return next((state for state in order if state in found), None)


def by_township(sent: Iterable[Sent]) -> dict[str, list[Sent]]:
    """Return the ledgers of each township, in the order given."""
    found: dict[str, list[Sent]] = {}
    for one in sent:
        found.setdefault(one.township_code, []).append(one)
    return found


def lead(view: View, sent: list[Sent], publications: int) -> str:
    """Return the page's sentence: who lacks, who was late, how often the month was corrected."""
    states = {code: worst(one.state for one in own) for code, own in by_township(sent).items()}
    lacking = [view.name("township", code) for code, state in states.items() if state == "none"]
    late = [view.name("township", code) for code, state in states.items() if state == "warn"]
    parts = [view.text.count("health.lead_all", len(states), month=view.month)]
    if lacking:
        names = name_list(lacking, view.text, limit=2)
        parts = [view.t("health.lead_lacking", month=view.month, names=names)]
    if late:
        parts.append(view.t("health.lead_late", names=name_list(late, view.text, limit=2)))
    corrected = max(publications - 1, 0)
    parts.append(
        view.text.count("health.lead_revised", corrected) if corrected else view.t("health.lead_first")
    )
    return view.text("wording.clause").join(parts) + view.text("wording.stop")


def month_card(view: View, sent: list[Sent]) -> None:
    """Draw the matrix of the month: townships down, ledgers across."""
    states = [one.state for one in sent]
    late, lacking = states.count("warn"), states.count("none")
    title = view.t("health.sent_all")
    if late or lacking:
        told = [(lacking, "health.sent_lacking"), (late, "health.sent_late")]
        title = view.text("wording.clause").join(view.text.count(key, n) for n, key in told if n)
    blocks.heading(title, view.t("health.sent_subtitle", month=view.month))
    rows = []
    for code, own in by_township(sent).items():
        cells = {view.t(f"ledgers.{one.source}"): _badge(view, one) for one in own}
        rows.append({view.t("columns.township"): blocks.plain(view.name("township", code)), **cells})
    st.table(rows, border="horizontal", hide_index=True)
    blocks.note(view.t("health.sent_remark"))
    cards.explain(view, Source("health_reports", "reports_by_township", (), _readable(view, sent)))


def _badge(view: View, one: Sent) -> str:
    if one.state is None:
        return view.t("health.unpublished")
    return badge(one.state, view.text, _word(view, one))


def _word(view: View, one: Sent) -> str:
    if one.state == "warn":
        return view.t("health.late_in", revision=revision(one.revision or 1, view.text))
    return view.t("status.reported") if one.state == "good" else view.t("status.none")


def _readable(view: View, sent: list[Sent]) -> pl.DataFrame:
    words = [
        {
            "township_code": one.township_code,
            "township": view.name("township", one.township_code),
            "health_ledger": view.t(f"ledgers.{one.source}"),
            "health_state": view.t("health.unpublished") if one.state is None else _word(view, one),
        }
        for one in sent
    ]
    return pl.DataFrame(words)


def year_card(view: View) -> None:
    """Draw the matrix of the last twelve months: one sign for all ledgers of a township and month."""
    end = view.filters.month
    back = end.year * 12 + end.month - MONTHS
    # before its first publication a county owed nothing
    known = min(snapshot.month for snapshot in queries.snapshots())
    first = max(known, date(back // 12, back % 12 + 1, 1))
    frame = view.ask("reports_by_month_township", from_month=first)
    months = sorted(set(frame["month"]))
    signs: dict[str, dict[date, State | None]] = {}
    for month in months:
        for code, own in by_township(_sent(frame.filter(pl.col("month") == month), month)).items():
            signs.setdefault(code, {})[month] = worst(one.state for one in own)
    every = [state for own in signs.values() for state in own.values()]
    counted = {"late": every.count("warn"), "lacking": every.count("none")}
    key = "health.year_some" if any(counted.values()) else "health.year_all"
    blocks.heading(view.text.count(key, len(months), **counted), view.t("health.year_subtitle", **_legend()))
    st.dataframe(
        pl.DataFrame([_year_row(view, code, own) for code, own in signs.items()]),
        hide_index=True,
        row_height=34,
        height="content",
        column_config={
            month_word(month, view.text): st.column_config.TextColumn(alignment="center", width=38)
            for month in months
        },
        key="health.year",
        alt=view.t("blocks.table_alt", rows=len(signs)),
    )
    cards.explain(view, Source("health_year", "reports_by_month_township", (), _year_source(view, signs)))


def _legend() -> dict[str, str]:
    return {state: SHAPES[state][0] for state in ("good", "warn", "none")}


def _year_row(view: View, code: str, own: dict[date, State | None]) -> dict[str, str]:
    return {
        view.t("columns.township"): view.name("township", code),
        **{month_word(at, view.text): SHAPES[s][0] if s else "—" for at, s in own.items()},
    }


def _year_source(view: View, signs: dict[str, dict[date, State | None]]) -> pl.DataFrame:
    words = {"good": view.t("status.reported"), "warn": view.t("health.late"), "none": view.t("status.none")}
    rows = [
        {
            "township_code": code,
            "township": view.name("township", code),
            "month": month,
            "health_state": words[state] if state else view.t("health.unpublished"),
        }
        for code, own in signs.items()
        for month, state in own.items()
    ]
    return pl.DataFrame(rows)
