"""Under each chart: the table it was drawn from with its download, and how its figures are defined."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

import queries
from pages.shared.blocks import chart, heading, note, plain
from pages.shared.charts import Figure
from pages.shared.export.csv import to_csv
from pages.shared.formats import date_text
from pages.shared.tables import is_key, readable, stamp
from pages.shared.view import View


@dataclass(frozen=True)
class Source:
    """What a chart was drawn from: its frame, the query behind it and the indicators it shows."""

    name: str
    query: str
    indicators: tuple[str, ...]
    frame: pl.DataFrame


def card(view: View, source: Source, figure: Figure, title: str, subtitle: str, remark: str = "") -> None:
    """Draw one card: the conclusion, what is shown, the chart, a remark, and the two menus."""
    heading(title, subtitle)
    chart(figure, source.name)
    if remark:
        note(remark)
    explain(view, source)


@st.fragment
def explain(view: View, source: Source) -> None:
    """Draw the two menus under a chart: its table with a download, and how its figures are defined."""
    with st.container(horizontal=True, gap="xsmall"):
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
            data_table(view, source)
    if definition.open:
        with definition:
            define(view, source)


def data_table(view: View, source: Source) -> None:
    """Draw a source's frame as a readable table, with its CSV download below."""
    shown = readable(source.frame, view.text)
    keys = [column for column in source.frame.columns if is_key(column)]
    words = len(readable(source.frame.select(keys), view.text).columns)
    right = {name: st.column_config.TextColumn(name, alignment="right") for name in shown.columns[words:]}
    st.dataframe(
        shown,
        hide_index=True,
        row_height=34,
        height="content" if shown.height <= 20 else 500,
        column_config=right,
        key=f"{source.name}.table",
        alt=view.t("blocks.table_alt", rows=shown.height),
    )
    download(view, source)


def download(view: View, source: Source) -> None:
    """Draw the CSV button of a source. The file is built when it is pressed."""
    info = view.snapshot
    marks = stamp(
        view.text,
        cutoff=info.cutoff,
        revision=info.revision,
        commit=str(view.commit.number),
        demonstration=info.demonstration,
    )
    mark = f"_{view.t('frame.demonstration')}" if info.demonstration else ""
    st.download_button(
        view.t("blocks.csv"),
        data=lambda: to_csv(source.frame, marks, view.text),
        file_name=f"{info.month:%Y-%m}_{view.t(f'sources.{source.name}')}_r{info.revision}{mark}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"{source.name}.csv",
        on_click="ignore",
    )


def define(view: View, source: Source) -> None:
    """Draw the definitions of a source's indicators, the cut-off and the SQL that was run."""
    lang = view.text.lang
    for indicator in source.indicators:
        about = queries.INDICATORS[indicator]
        st.markdown(f"**{plain(about.name(lang))}** {plain(about.sentence(lang))}")
        st.markdown(f":small[:gray[{plain(view.t('blocks.formula', formula=about.formula(lang)))}]]")
    st.markdown(f":small[:gray[{view.t('blocks.cutoff', date=date_text(view.snapshot.cutoff, view.text))}]]")
    st.markdown(f":small[:gray[{view.t('blocks.query', query=source.query)}]]")
    st.code(queries.QUERIES[source.query].sql, language="sql", height=260)
