"""The parts a page is built of: sentences, charts, headline figures, tables, the empty card."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

import queries
from pages.shared import filters
from pages.shared.charts import CONFIG, Figure, Look, alt_text, sparkline
from pages.shared.view import Report, View
from queries.words.formats import count_text
from queries.words.wording import Change, Kind, change

# Below this a count is told without a line and without shares.
SMALL_TOTAL = 20
# What a remark under a chart takes, and what a second card takes beside its figure, px.
REMARK, SECOND_CARD = 38, 160
Row = dict[str, Any]
Params = Mapping[str, str | list[str]]

_MARKDOWN = re.compile(r"([\\`*_\[\]{}<>#$~|:])")


def plain(name: str) -> str:
    """Escape a name so that Markdown shows it as it is written."""
    return _MARKDOWN.sub(r"\\\1", name)


def look(view: View) -> Look:
    """Return what charts need to know of the viewer: colours and words."""
    return Look(view.theme, view.text)


def lead(sentence: str) -> None:
    """Draw the page's one lead sentence."""
    st.header(plain(sentence), anchor=False)


def heading(title: str, subtitle: str) -> None:
    """Draw a card's title, which is its conclusion, and under it what is shown."""
    with st.container(gap=None):
        st.markdown(f"#### {plain(title[:1].upper() + title[1:])}", anchors=False)
        st.markdown(f":small[:gray[{plain(subtitle)}]]")


def note(sentence: str) -> None:
    """Draw the small line under a chart."""
    st.markdown(f":small[:gray[{plain(sentence)}]]")


def chart(figure: Figure, key: str) -> None:
    """Draw one figure at its own height; `key` keeps its place in the page when the filter changes."""
    st.plotly_chart(
        figure, theme=None, key=key, config=CONFIG, height=figure["layout"]["height"], alt=alt_text(figure)
    )


def height_of(figure: Figure) -> float:
    """Return the height of a figure in px."""
    return float(figure["layout"]["height"])


def height_beside(figure: Figure, *, remark: bool = True, least: float = 250) -> float:
    """Return how high a chart must be to stand level with its neighbour, which may have a remark below."""
    return max(least, height_of(figure)) + (REMARK if remark else 0)


def height_above(figure: Figure, tall: float) -> float:
    """Return how high a chart must be that stands on another one, both beside a tall one."""
    return max(220, tall - height_of(figure) - SECOND_CARD)


def nothing(view: View, title: str, body: str, *, clear: Sequence[str] = ()) -> None:
    """Draw the empty card: what is empty, why, and one button that undoes the filter."""
    with st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"#### {plain(title)}", text_alignment="center", anchors=False)
        st.markdown(f":small[:gray[{plain(body)}]]", text_alignment="center")
        if clear:
            st.button(
                view.t(f"filters.clear_{clear[0]}"),
                icon=":material/filter_alt_off:",
                on_click=filters.clear,
                args=tuple(clear),
                key=f"clear.{title}",
            )


def kpi(
    view: View,
    indicator: str,
    value: str,
    change: Change | None,
    *,
    description: str | None = None,
    spark: Sequence[float] = (),
    border: bool = True,
    label: str = "",
) -> None:
    """Draw one headline figure with its change in words; the indicator gives label and definition.

    `label` stands in for the short name of the texts.
    """
    view.drawn.add(indicator)
    about = queries.INDICATORS[indicator]
    st.metric(
        label or view.t(f"kpi.{indicator}"),
        value,
        delta=change.short if change else None,
        delta_arrow=change.arrow if change else "off",
        delta_color=change.color if change else "gray",
        delta_description=description,
        help=f"{about.sentence(view.text.lang)} {about.formula(view.text.lang)}",
        chart_data=list(spark) or None,
        height="stretch" if border else "content",
        border=border,
    )


def this_and_last(months: pl.DataFrame) -> tuple[Row, Row | None]:
    """Return the month shown and the month before, where there is one; `months` is one row a month."""
    return months.row(-1, named=True), months.row(-2, named=True) if months.height > 1 else None


def moved(
    view: View,
    kind: Kind,
    now: Row,
    before: Row | None,
    column: str,
    unit: str,
    *,
    direction: str = "up",
    report: Report | None = None,
) -> Change | None:
    """Return the change of a count on the month before; None where there is no month before.

    Totals of different townships are not compared: a township that is late would look like a loss.
    """
    if before is None:
        return None
    if report and not view.comparable(report):
        return unlike(view)
    classifier = view.t(unit)
    return change(kind, now[column], before[column], view.text, direction=direction, classifier=classifier)


def unlike(view: View) -> Change:
    """Return what stands in the place of a change when other townships reported than a month ago."""
    words = view.t("rates.unlike")
    return Change(words, words)


def count_kpi(
    view: View,
    indicator: str,
    column: str,
    unit: str,
    months: pl.DataFrame,
    *,
    kind: Kind = "stock",
    direction: str = "up",
    description: str | None = None,
    spark: bool = True,
    lower_bound: bool = False,
    report: Report | None = None,
) -> None:
    """Draw a count as a headline figure; few are a number of which no line is drawn."""
    now, before = this_and_last(months)
    drawn = spark and (now[column] or 0) >= SMALL_TOTAL
    kpi(
        view,
        indicator,
        with_unit(view, now[column], unit, lower_bound=lower_bound),
        moved(view, kind, now, before, column, unit, direction=direction, report=report),
        description=description,
        spark=sparkline(months[column].to_list()) if drawn else (),
    )


def link(view: View, slug: str, label: str, params: Params | None = None) -> None:
    """Draw a link to another page that keeps the viewer's filters; `params` take the place of some."""
    query = {**view.filters.to_url(), **(params or {})}
    st.page_link(view.pages[slug], label=label, icon=":material/arrow_forward:", query_params=query)


def short_link(view: View, slug: str, params: Params | None = None) -> None:
    """Draw a page's name as a small link beside a sentence; `params` take the place of some filters."""
    label = plain(view.t("blocks.to_page", page=view.t(f"{slug}.nav")))
    query = {**view.filters.to_url(), **(params or {})}
    st.page_link(view.pages[slug], label=f":small[:blue[{label}]]", query_params=query)


def with_unit(view: View, value: float | None, unit: str, *, lower_bound: bool = False) -> str:
    """Return a KPI value with its unit in small type: 169:small[名]; 未报 when missing."""
    shown = count_text(value, "", view.text, lower_bound=lower_bound)
    return shown if value is None else f"{shown}:small[{view.t(unit)}]"


def matrix(view: View, cells: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return a township × committee table of texts: 区划序 down, the profile's order across, 合计 last.

    `cells` has one row per township and committee; where no committee was named and nothing counted, there is
    no column. A township without any figure says 未报 in each cell.
    """
    stated = cells.filter(pl.col("committee_id").is_not_null() | pl.col(column).is_not_null())
    rows = []
    for (code,), group in stated.group_by(["township_code"], maintain_order=True):
        counts = {
            view.name("committee", row["committee_id"]): row[column] for row in group.iter_rows(named=True)
        }
        known = [count for count in counts.values() if count is not None]
        total = sum(known) if known else None
        named = {name: count_text(count, "", view.text, short=False) for name, count in counts.items()}
        rows.append(
            {
                view.t("columns.township"): view.name("township", code),
                **named,
                view.t("columns.total"): count_text(total, "", view.text, short=False),
            }
        )
    return pl.DataFrame(rows)


def wide_table(view: View, table: pl.DataFrame, key: str) -> None:
    """Draw a table of more than four columns, numbers to the right; it scrolls sideways on a phone."""
    right = {name: st.column_config.TextColumn(name, alignment="right") for name in table.columns[1:]}
    st.dataframe(
        table,
        hide_index=True,
        row_height=34,
        height="content",
        column_config=right,
        key=f"{key}.matrix",
        alt=view.t("blocks.table_alt", rows=table.height),
    )


def small_panels(figures: Sequence[Figure], key: str) -> None:
    """Draw small multiples, four across on a wide screen and two on a phone."""
    grid = st.grid(4, min_column_width=150, gap="small")
    with grid:
        for number, figure in enumerate(figures):
            chart(figure, f"{key}.{number}")
