"""Lines over months and the curve of a course, each named on itself."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from pages.shared.deck.exhibits import Curve, Lines
from pages.shared.export.xlsx.book import Book
from pages.shared.export.xlsx.names import clean
from pages.shared.export.xlsx.placed import NONE, SMALL, WORDS, Placed, Values, axis, only, write_behind
from pages.shared.theme import LIGHT

# Months between two ticks are so many that about six stand below a line.
TICKS = 6
# Words closer than this share of the axis would touch.
NEAR = 0.1
# Where the words of a point stand: so much of the axes to the right and below.
ASIDE, BELOW = 0.01, 0.06


def lines(book: Book, sheet: Worksheet, exhibit: Lines, where: Placed) -> Any:
    """Return lines over the months, with a gap where one is missing; the target in steps."""
    count, first = len(exhibit.months), 1
    if any(value is None for line in exhibit.lines for value in line.values):
        # A word in a cell would be drawn as 0.
        write_behind(book, sheet, where, [(line.name, line.values) for line in exhibit.lines])
        first = where.behind
    chart = book.chart({"type": "line"})
    for at, line in enumerate(exhibit.lines):
        color = LIGHT.lines[at % len(LIGHT.lines)]
        series = _series(where, first + at, line.name, line.values, line.label)
        series["line"] = {"color": color, "width": 2.25}
        series["data_labels"]["font"] = {**WORDS, "bold": True, "color": color}
        chart.add_series(series)
    if exhibit.target:
        chart.add_series(_target(exhibit, where))
    chart.show_blanks_as("gap")
    form = "0%" if exhibit.kind == "rate" else "General"
    chart.set_y_axis(axis(min=exhibit.bottom, max=exhibit.top, num_format=form))
    chart.set_x_axis(axis(interval_unit=max(1, -(-count // TICKS)), label_position="low"))
    # Room for the words at the ends of the lines.
    chart.set_plotarea({"fill": NONE, "layout": {"x": 0.08, "y": 0.12, "width": 0.7, "height": 0.64}})
    return chart


def _target(exhibit: Lines, where: Placed) -> dict[str, Any]:
    """Return the target's line; its word stands at the end, or where its last step begins."""
    column, values = 1 + len(exhibit.lines), exhibit.target
    series = _series(where, column, exhibit.target_label, values, exhibit.target_label)
    near = [abs((line.values[-1] or 0) - (values[-1] or 0)) for line in exhibit.lines if line.values]
    if min(near, default=1) < NEAR * (exhibit.top - exhibit.bottom):
        series["data_labels"] |= {"custom": only({_since(values): exhibit.target_label}, len(values))}
        series["data_labels"]["position"] = "above"
    series["data_labels"]["font"] = SMALL
    series["line"] = {"color": LIGHT.ink2, "width": 1.25, "dash_type": "dash"}
    return series


def _since(values: Values) -> int:
    """Return from which month on the last value holds: the word of a target is that of the last one."""
    at = len(values) - 1
    while at and values[at - 1] == values[-1]:
        at -= 1
    return at


def _series(where: Placed, column: int, name: str, values: Values, label: str) -> dict[str, Any]:
    """Return a line whose label stands at its last known month."""
    count = len(values)
    known = [at for at, value in enumerate(values) if value is not None]
    words = only({known[-1]: label}, count) if known else only({}, count)
    return {
        "name": clean(name),
        "categories": where.cells(0, count),
        "values": where.cells(column, count),
        "data_labels": {"value": True, "position": "right", "custom": words},
    }


def curve(book: Book, sheet: Worksheet, exhibit: Curve, where: Placed) -> Any:
    """Return the share closed by each day as steps, the limit as a line, what is named as points."""
    days, shares = _steps(exhibit)
    named = [one for one in exhibit.reached if one.day is not None]
    limit: Values = [] if exhibit.limit is None else [exhibit.limit, exhibit.limit]
    columns: list[tuple[str, Values]] = [
        (exhibit.unit, days),
        (exhibit.measure, shares),
        (exhibit.limit_label, limit),
        (exhibit.limit_label, [0.0, 1.0] if limit else []),
        (book.t("reached"), [one.day for one in named]),
        (book.t("reached"), [one.share for one in named]),
        (book.t("reached"), [(one.day or 0) + ASIDE * max(exhibit.days, default=1) for one in named]),
        (book.t("reached"), [one.share - BELOW for one in named]),
    ]
    write_behind(book, sheet, where, columns)
    chart = book.chart({"type": "scatter", "subtype": "straight"})
    step = _points(where, 0, exhibit.measure, len(days))
    chart.add_series({**step, "line": {"color": LIGHT.data, "width": 2.25}, "marker": {"type": "none"}})
    if limit:
        words = {
            "value": True,
            "position": "right",
            "font": SMALL,
            "custom": only({1: exhibit.limit_label}, 2),
        }
        line = {"color": LIGHT.ink, "width": 1.25}
        aim = _points(where, 2, exhibit.limit_label, 2)
        chart.add_series({**aim, "line": line, "marker": {"type": "none"}, "data_labels": words})
    if named:
        for series in _named(where, exhibit, book.t("reached")):
            chart.add_series(series)
    chart.set_x_axis(axis(min=0, max=max(exhibit.days, default=1), num_format="0", name=clean(exhibit.unit)))
    chart.set_y_axis(axis(min=0, max=1, num_format="0%"))
    return chart


def _steps(exhibit: Curve) -> tuple[list[float], list[float]]:
    """Return the corners of a step function: flat until a day, then up."""
    days, shares, before = [], [], 0.0
    for day, share in zip(exhibit.days, exhibit.shares, strict=True):
        days += [day, day]
        shares += [before, share]
        before = share
    return days, shares


def _points(where: Placed, column: int, name: str, count: int) -> dict[str, Any]:
    """Return a series of the data behind a chart: days in a column, shares in the next."""
    at = where.behind + column
    return {"name": clean(name), "categories": where.cells(at, count), "values": where.cells(at + 1, count)}


def _named(where: Placed, exhibit: Curve, name: str) -> list[dict[str, Any]]:
    """Return the points of a curve that are named, and beside each an unseen one that bears its words."""
    named = [one for one in exhibit.reached if one.day is not None]
    words = only({at: one.label for at, one in enumerate(named)}, len(named))
    dot = {"type": "circle", "size": 7, "fill": {"color": LIGHT.data}, "border": {"color": LIGHT.bg}}
    said = {"value": True, "position": "right", "font": {**WORDS, "bold": True}, "custom": words}
    return [
        {**_points(where, 4, name, len(named)), "line": NONE, "marker": dot},
        {
            **_points(where, 6, name, len(named)),
            "line": NONE,
            "marker": {"type": "none"},
            "data_labels": said,
        },
    ]
