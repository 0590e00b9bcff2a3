"""Bars of a sheet: calm ones pale, each with what the table prints, the target as a line through all."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from pages.shared.deck.exhibits import Bar, Bars, Value
from pages.shared.export.xlsx.book import Book
from pages.shared.export.xlsx.grids import with_unit
from pages.shared.export.xlsx.names import clean
from pages.shared.export.xlsx.numbers import BASE, is_plain, printed
from pages.shared.export.xlsx.placed import NONE, WORDS, Placed, Values, axis, write_behind
from pages.shared.theme import LIGHT

# Bars at least so long, of the axis, have room for their value inside; else it stands at their end.
ROOM = 0.2
# What a value at the end of the longest bar takes, of the axis.
BEYOND = 1.15


def bars(book: Book, sheet: Worksheet, exhibit: Bars, where: Placed) -> Any:
    """Return the chart of bars in the order of the table, from 0; a target is a frame around its bar."""
    count = len(exhibit.rows)
    aims = aims_of(exhibit)
    names, lengths, targets = _columns(book, sheet, exhibit, where)
    inside = any(aims) and all((row.length or 1) >= ROOM * exhibit.top for row in exhibit.rows)
    chart = book.chart({"type": "bar"})
    chart.add_series(
        {
            "name": clean(with_unit(exhibit.measure, exhibit.unit, book.text)),
            "categories": where.cells(names, count),
            "values": where.cells(lengths, count),
            "fill": {"color": LIGHT.data},
            "points": [{"fill": {"color": LIGHT.calm}} if row.is_calm else None for row in exhibit.rows],
            "data_labels": _labels(exhibit, is_inside=inside),
            "gap": 60,
            "overlap": 100,
        }
    )
    if any(aims):
        ink = {
            "fill": NONE,
            "border": {"color": LIGHT.ink, "width": 1},
            "values": where.cells(targets, count),
        }
        chart.add_series({**ink, "name": book.t("target"), "categories": where.cells(names, count)})
    # In a chart of bars the first axis is the one of the values.
    chart.set_x_axis(axis(visible=False, min=0, max=exhibit.top * (1 if inside else BEYOND)))
    chart.set_y_axis(axis(reverse=True, num_font=WORDS, major_tick_mark="none"))
    return chart


def aims_of(exhibit: Bars) -> Values:
    """Return the target of each bar; None where there is none."""
    return [exhibit.target if row.target is None else row.target for row in exhibit.rows]


def _columns(book: Book, sheet: Worksheet, exhibit: Bars, where: Placed) -> tuple[int, int, int]:
    """Return the columns that names, lengths and targets are drawn from.

    They are those of the table where that tells the same; a masked count has a length and no number, and a
    late report is said at its name.
    """
    rows, aims = exhibit.rows, aims_of(exhibit)
    if all(row.length is not None and row.length == row.value.number for row in rows) and not any(aims):
        return 0, 1, 1
    names = [
        book.t("late", name=row.name, word=row.value.text) if row.length is None else row.name for row in rows
    ]
    columns: list[tuple[str, Sequence[Value | float | str | None]]] = [
        (book.t("item"), names),
        (exhibit.measure, [_drawn(row) for row in rows]),
        (book.t("target"), aims),
    ]
    write_behind(book, sheet, where, columns)
    return where.behind, where.behind + 1, where.behind + 2


def _drawn(row: Bar) -> Value | float | None:
    """Return a bar's length; that of a masked count reads as the count does."""
    is_masked = row.length is not None and row.value.number is None
    return Value(row.length, row.value.text, row.value.kind) if is_masked else row.length


def _labels(exhibit: Bars, *, is_inside: bool) -> dict[str, Any]:
    """Return the labels of bars: what the table prints, where that is not the bare number."""
    own = [_label(row, is_inside=is_inside) for row in exhibit.rows]
    return {
        "value": True,
        "position": "inside_base" if is_inside else "outside_end",
        "num_format": BASE[exhibit.kind],
        "font": {**WORDS, "bold": True},
        "custom": own,
    }


def _label(row: Bar, *, is_inside: bool) -> dict[str, Any] | None:
    on_dark = {"font": {**WORDS, "bold": True, "color": LIGHT.bg}} if is_inside and not row.is_calm else {}
    words = {} if is_plain(row.value) else {"value": clean(printed(row.value))}
    return {**on_dark, **words} or None
