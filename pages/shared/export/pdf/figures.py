"""Charts as plain numbers for the template: shares of the plot, 0 to 1, and final texts."""

from typing import Any

from pages.shared.deck.exhibits import Bars, Curve, Kind, Lines
from pages.shared.export.brief import Chart
from pages.shared.i18n import Text
from pages.shared.theme import SHAPES
from queries.words.formats import plain_percent, short_number

# Ticks of a vertical axis, as shares of its height.
TICKS = (0.0, 0.5, 1.0)


def drawn(chart: Chart, text: Text) -> dict[str, Any]:
    """Return what the template draws of a chart: `form` is bars, lines or curve."""
    exhibit = chart.exhibit
    if isinstance(exhibit, Bars):
        return {"form": "bars", **_bars(exhibit, chart.categories)}
    if isinstance(exhibit, Lines):
        return {"form": "lines", **_lines(exhibit, chart.categories, text)}
    return {"form": "curve", **_curve(exhibit, text)}


def _bars(bars: Bars, names: tuple[str, ...]) -> dict[str, Any]:
    top = bars.top or 1.0
    rows = [
        {
            "name": name,
            "share": None if row.length is None else min(1.0, max(0.0, row.length / top)),
            "value": row.value.text,
            "words": f"{SHAPES[row.status][0]} {row.words}" if row.status and row.words else row.words,
            "target": None if row.target is None else row.target / top,
            "is_calm": row.is_calm,
            "is_missing": row.is_missing,
        }
        for row, name in zip(bars.rows, names, strict=True)
    ]
    target = None if bars.target is None else bars.target / top
    return {"rows": rows, "target": target, "target_label": bars.target_label}


def _lines(lines: Lines, months: tuple[str, ...], text: Text) -> dict[str, Any]:
    span = (lines.top - lines.bottom) or 1.0

    def height(value: float | None) -> float | None:
        return None if value is None else (value - lines.bottom) / span

    return {
        "months": months,
        "lines": [{"label": line.label, "points": [height(v) for v in line.values]} for line in lines.lines],
        "target": [height(value) for value in lines.target],
        "target_label": lines.target_label,
        "ticks": [[at, tick(lines.bottom + at * span, lines.kind, text)] for at in TICKS],
    }


def _curve(curve: Curve, text: Text) -> dict[str, Any]:
    last = max(curve.days, default=1.0) or 1.0
    return {
        "points": [[day / last, share] for day, share in zip(curve.days, curve.shares, strict=True)],
        "limit": None if curve.limit is None else curve.limit / last,
        "limit_label": curve.limit_label,
        "reached": [
            {"at": None if one.day is None else one.day / last, "share": one.share, "label": one.label}
            for one in curve.reached
        ],
        "ticks": [[at, plain_percent(at)] for at in TICKS],
        "days": [[at, text("brief.span", n=round(at * last), unit=curve.unit)] for at in TICKS],
    }


def tick(value: float, kind: Kind, text: Text) -> str:
    """Return the text of a tick of a vertical axis."""
    return plain_percent(value) if kind == "rate" else short_number(value, text)
