"""Under each chart: the table it was drawn from, how its figures are defined, and its files."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st
from streamlit.elements.lib.grid_container import GridContainer

from pages.shared.blocks import chart, heading, height_above, height_beside, note, small_panels
from pages.shared.charts import Figure
from pages.shared.definition import define
from pages.shared.saving import Sheet, asks_for_exact, csv_button, picture_menu
from pages.shared.tables import is_key, readable
from pages.shared.view import Source, View

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
    again: "Callable[[View], Card | None] | None" = None

    @property
    def sheet(self) -> Sheet:
        """What its files are made of."""
        again = self.again
        drawn = (lambda view: _sheet(again(view))) if again else None
        return Sheet(self.source, [self.figure], self.title, self.subtitle, self.remark, drawn)

    def draw(self, view: View) -> None:
        """Draw the card into the cell at hand, its menus at the foot."""
        heading(self.title, self.subtitle)
        chart(self.figure, self.source.name)
        if self.remark:
            note(self.remark)
        explain(view, self.sheet)


def draw_panels(view: View, sheet: Sheet) -> None:
    """Draw small multiples under their title, their menus at the foot."""
    heading(sheet.title, sheet.subtitle)
    small_panels(sheet.figures, sheet.source.name)
    if sheet.remark:
        note(sheet.remark)
    explain(view, sheet)


def rebuilt(view: View, make: Callable[[View], Card]) -> Card:
    """Return the card of a view, which can be made again of what everybody may see."""
    card = make(view)
    return replace(card, again=make, source=replace(card.source, again=lambda other: make(other).source))


def _sheet(card: Card | None) -> Sheet | None:
    return card.sheet if card else None


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


def explain(view: View, shown: Source | Sheet) -> None:
    """Draw the menus under a chart, and put its frame into the page's export menu."""
    source = shown.source if isinstance(shown, Sheet) else shown
    view.sources.append(source)
    view.drawn.update(source.indicators)
    _menus(view, source, shown if isinstance(shown, Sheet) else None)


@st.fragment
def _menus(view: View, source: Source, sheet: Sheet | None) -> None:
    """Draw the table of a chart, its definitions, itself as a picture; opening one reruns only this."""
    with st.container(horizontal=True, gap="xsmall", wrap=False, width="content"):
        table = _menu(view, source, "data", "table")
        definition = _menu(view, source, "definition", "info")
        # A popover would close before its picture is saved: the download is a click outside it.
        if sheet and _picture_button(view, source):
            st.dialog(view.t("blocks.picture"), width="large")(picture_menu)(view, sheet)
    if table.open:
        with table:
            data_table(view, source, width="content")
    if definition.open:
        with definition:
            define(view, source)


def _picture_button(view: View, source: Source) -> bool:
    label, key = view.t("blocks.picture"), f"{source.name}.picture"
    return st.button(label, icon=":material/image:", type="tertiary", key=key)


def _menu(view: View, source: Source, name: str, icon: str) -> Any:
    """Draw the button of a menu, whose contents are drawn when it is open."""
    return st.popover(
        view.t(f"blocks.{name}"),
        icon=f":material/{icon}:",
        type="tertiary",
        key=f"{source.name}.{name}",
        on_change="rerun",
    )


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
    exact = asks_for_exact(view, source, "table")
    csv_button(view, source, view.t("blocks.csv"), "table", exact=exact)


def exports(view: View) -> None:
    """Draw the page's export menu: a CSV of each chart, by what it shows, as everybody may see it."""
    if not view.sources:
        st.markdown(f":small[:gray[{view.t('blocks.nothing_to_export')}]]")
    for source in view.sources:
        csv_button(view, source, view.t(f"sources.{source.name}"), "export")
