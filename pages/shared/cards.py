"""Under each chart: the table it was drawn from with its download, and how its figures are defined."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

import queries
from pages.shared.badges import badge
from pages.shared.blocks import chart, heading, height_above, height_beside, note, plain
from pages.shared.charts import Figure
from pages.shared.export.csv import to_csv
from pages.shared.origins import SHOWN, origins
from pages.shared.tables import is_key, readable, stamp
from pages.shared.view import Source, View
from queries.words.formats import date_text

# A chart higher than this has room for two others beside it, px.
TALL = 560


@dataclass(frozen=True)
class Card:
    """A chart with its conclusion as title, what it shows as subtitle, and a remark below."""

    source: Source
    figure: Figure
    title: str
    subtitle: str
    remark: str = ""

    def draw(self, view: View) -> None:
        """Draw the card into the cell at hand, its two menus at the foot."""
        heading(self.title, self.subtitle)
        chart(self.figure, self.source.name)
        if self.remark:
            note(self.remark)
        explain(view, self.source)


def row(view: View, grid: GridContainer, tall: Card, trend: Callable[[float], Card], companion: Card) -> bool:
    """Lay a chart of townships beside its trend; where they are many, the companion goes below the trend.

    `trend` makes the card for a height in px. Returns whether the companion was drawn.
    """
    height = height_beside(tall.figure, remark=bool(tall.remark))
    many = height > TALL
    with grid.cell(row_span=2 if many else 1):
        tall.draw(view)
    with grid.cell():
        trend(height_above(companion.figure, height) if many else height).draw(view)
    if many:
        with grid.cell():
            companion.draw(view)
    return many


def explain(view: View, source: Source) -> None:
    """Draw the two menus under a chart, and put its frame into the page's export menu."""
    view.sources.append(source)
    view.drawn.update(source.indicators)
    _menus(view, source)


@st.fragment
def _menus(view: View, source: Source) -> None:
    """Draw the table of a chart with its download, and its definitions; opening one reruns only this."""
    with st.container(horizontal=True, gap="xsmall", wrap=False, width="content"):
        table = st.popover(
            view.t("blocks.data"),
            icon=":material/table:",
            type="tertiary",
            key=f"{source.name}.data",
            on_change="rerun",
        )
        definition = st.popover(
            view.t("blocks.definition"),
            icon=":material/info:",
            type="tertiary",
            key=f"{source.name}.definition",
            on_change="rerun",
        )
    if table.open:
        with table:
            data_table(view, source, width="content")
    if definition.open:
        with definition:
            define(view, source)


def data_table(view: View, source: Source, *, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw a source's frame as a readable table, with its CSV download below."""
    shown = readable(source.frame, view.text)
    keys = [column for column in source.frame.columns if is_key(column)]
    words = len(readable(source.frame.select(keys), view.text).columns)
    right = {name: st.column_config.TextColumn(name, alignment="right") for name in shown.columns[words:]}
    st.dataframe(
        shown,
        hide_index=True,
        row_height=34,
        width=width,
        height="content" if shown.height <= 20 else 500,
        column_config=right,
        key=f"{source.name}.table",
        alt=view.t("blocks.table_alt", rows=shown.height),
    )
    download(view, source, view.t("blocks.csv"), "table")


def exports(view: View) -> None:
    """Draw the page's export menu: a CSV of each chart, by what it shows."""
    if not view.sources:
        st.markdown(f":small[:gray[{view.t('blocks.nothing_to_export')}]]")
    for source in view.sources:
        download(view, source, view.t(f"sources.{source.name}"), "export")


def download(view: View, source: Source, label: str, place: str) -> None:
    """Draw the CSV button of a source, built when it is pressed; `place` keeps two buttons apart."""
    info = view.snapshot
    marks = stamp(
        view.text,
        cutoff=info.cutoff,
        revision=info.revision,
        commit=str(view.commit.number),
        demonstration=info.demonstration,
        internal=source.internal,
    )
    mark = f"_{view.t('frame.demonstration')}" if info.demonstration else ""
    if source.internal:
        mark = f"_{view.t('worklists.internal_short')}{mark}"
    st.download_button(
        label,
        data=lambda: to_csv(source.frame, marks, view.text),
        file_name=f"{info.month:%Y-%m}_{view.t(f'sources.{source.name}')}_r{info.revision}{mark}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"{place}.{source.name}",
        on_click="ignore",
    )


def define(view: View, source: Source) -> None:
    """Draw the definitions of a source's indicators, the cut-off and the SQL that was run."""
    lang = view.text.lang
    for indicator in source.indicators:
        about = queries.INDICATORS[indicator]
        st.markdown(f"**{plain(about.name(lang))}** {plain(about.sentence(lang))}")
        st.markdown(f":small[:gray[{plain(view.t('blocks.formula', formula=about.formula(lang)))}]]")
    _lights(view, source)
    st.markdown(f":small[:gray[{view.t('blocks.cutoff', date=date_text(view.snapshot.cutoff, view.text))}]]")
    _origins(view, source)
    st.markdown(f":small[:gray[{view.t('blocks.query', query=source.query)}]]")
    st.code(queries.QUERIES[source.query].sql, language="sql", height=260)


def _lights(view: View, source: Source) -> None:
    """Draw when which light burns, where a figure of the source has a target."""
    if not any(view.targets(indicator) for indicator in source.indicators):
        return
    lang = view.text.lang
    rules = [
        f"{badge(status, view.text, theme=view.theme)} :small[{plain(rule)}]"
        for status, rule in view.lights.rules(lang).items()
    ]
    # Two blanks break the line.
    st.markdown("  \n".join(rules))
    note(view.lights.pace_rule(lang))


def _origins(view: View, source: Source) -> None:
    """Draw the files, sheets and rows that this month's figures of a chart were counted from."""
    found = origins(view, source)
    if not found:
        return
    st.markdown(f"**{view.t('origins.title', month=view.month)}**")
    st.markdown("\n".join(f"- :small[{plain(line)}]" for line in found[:SHOWN]))
    if len(found) > SHOWN:
        note(view.text.count("origins.more", len(found) - SHOWN))
