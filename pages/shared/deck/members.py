"""党员队伍: members by committee, and their number over three years."""

from collections.abc import Sequence

import polars as pl

from pages.shared.blocks import SMALL_TOTAL
from pages.shared.deck.brief import Brief
from pages.shared.deck.deck import Slide
from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.deck.rates import LEAST, count_line, first_month, known_months, points_of
from pages.shared.deck.values import Row, count, is_masked, length, meaning
from pages.shared.members import nothing, top_two
from pages.shared.rates import count_course, partial_title
from pages.shared.view import View
from queries.masking import ROUNDED
from queries.words.formats import months_text, percent


def members_by_committee(brief: Brief) -> list[Slide]:
    """Return members and their share of workers by committee."""
    view = brief.view
    now = view.ask("members_by_month").row(-1, named=True)
    if now["members"] is None and not is_masked(now, "members"):
        return _nothing(brief)
    frame = view.ask("members_by_committee")
    rows = [
        row
        for row in frame.iter_rows(named=True)
        if row["committee_id"] or length(row, "members") is not None
    ]
    lengths = [length(row, "members") for row in rows]
    bars = Bars(
        rows=tuple(_bar(view, row) for row in rows),
        measure=view.t("kpi.members"),
        unit=view.t("units.member"),
        kind="count",
        top=max([1.0, *(one for one in lengths if one is not None)]),
    )
    slide = brief.slide(
        "members_by_committee",
        "basics",
        title=_title(view, frame, now),
        subtitle=view.t("members.committee_subtitle", month=view.month),
        exhibit=bars,
        indicators=("members", "member_share"),
        query="members_by_committee",
        remark=remark(view, rows, "members"),
    )
    return brief.continued(slide)


def remark(view: View, rows: Sequence[Row], *columns: str) -> str:
    """Return what the marks in the rows mean; empty where there is none."""
    marks = {str(row.get(f"{column}_mark") or "") for row in rows for column in columns}
    return meaning(view, marks)


def _bar(view: View, row: Row) -> Bar:
    masked, reach = is_masked(row, "members"), length(row, "members")
    missing = row["members"] is None and not masked
    return Bar(
        name=view.name("committee", row["committee_id"]),
        length=reach,
        value=count(view, row, "members", "units.member"),
        status="none" if missing else None,
        words=view.t("status.none") if missing else _share(view, row),
        is_calm=masked,
        is_missing=missing,
    )


def _share(view: View, row: Row) -> str:
    """Return the share of workers; empty where it may not be shown or is not known."""
    if row["member_share"] is None:
        return ""
    share = percent(row["members"], row["workers"], view.text)
    if row.get("member_share_mark") == ROUNDED:
        share = view.t("formats.about", n=share)
    return view.t("members.share", share=share)


def _title(view: View, frame: pl.DataFrame, now: Row) -> str:
    """Return who has most members; where that is not known of two, how many there are."""
    if frame.filter(pl.col("members") > 0).height > 1:
        return top_two(view, frame, "committee")
    return view.t("members.lead", area=view.area, members=count(view, now, "members", "units.member").text)


def _nothing(brief: Brief) -> list[Slide]:
    title, body = nothing(brief.view)
    return brief.unreported(
        "members_by_committee",
        "basics",
        "figures",
        title=title,
        body=body,
        indicators=("members",),
    )


def members_trend(brief: Brief) -> list[Slide]:
    """Return the number of members over 36 months; few are no line, and neither are rounded ones."""
    view = brief.view
    months = known_months(view.ask("members_by_month", from_month=first_month(view.filters.month)), "members")
    values = months["members"].to_list()
    known = [value for value in values if value is not None]
    marked = "members_mark" in months.columns and months["members_mark"].drop_nulls().len()
    if len(known) < LEAST or marked or values[-1] is None or values[-1] < SMALL_TOTAL:
        return []
    points = points_of(months, values)
    span = months_text(points[0].month, points[-1].month, view.text)
    how = count_course(view, points, "members", "units.member")
    return [
        brief.slide(
            "members_trend",
            "changes",
            title=partial_title(view, "members_by_month", "members") or how,
            subtitle=view.t("rates.trend_subtitle", area=view.area, name=view.t("kpi.members"), span=span),
            exhibit=count_line(view, months, "members", "members", "units.member"),
            indicators=("members",),
            query="members_by_month",
        )
    ]
