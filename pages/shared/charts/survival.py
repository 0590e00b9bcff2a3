"""How long it takes: the share closed by day (Kaplan–Meier), with half, nine tenths and the limit told."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from pages.shared.charts.base import Figure, Look, Part, axis, figure, layout, stroke, tell
from pages.shared.charts.plot import Plot
from pages.shared.charts.survival_labels import (
    Curve,
    curve_labels,
    half_words,
    limit_words,
    nine_tenths_words,
    within_words,
)
from queries.words.formats import days_text, percent

HEIGHT = 420
SHORTEST = 10  # days an axis spans at least
MARK = 10  # px of the dots on the curve


@dataclass(frozen=True)
class Day:
    """One step of the curve: the share still open after this day, 0-1."""

    day: int
    survival: float


def share_within(days: Sequence[Day], limit: float) -> float | None:
    """The share closed by a day, 0-1; None without a curve."""
    if not days:
        return None
    return max([1 - step.survival for step in days if step.day <= limit], default=0.0)


def survival_until(days: Sequence[Day], *, limit: int | None, p90: float | None) -> int:
    """The last day drawn: past the limit and past nine tenths with some air, but not the whole long tail."""
    last = max([step.day for step in days], default=0)
    wanted = max(2 * (limit or 0), 1.5 * (p90 if p90 is not None else last), SHORTEST)
    step = 5 if wanted <= 60 else 10 if wanted <= 120 else 30
    return max(ceil(min(wanted, max(last, (limit or 0) * 1.2, SHORTEST)) / step) * step, SHORTEST)


def survival_curve(
    days: Sequence[Day],
    look: Look,
    *,
    measure: str = "",
    median: float | None,
    p90: float | None,
    limit: int | None = None,
    until: int | None = None,
    unit: str = "天",
    height: float = HEIGHT,
) -> Figure:
    """The share closed by day, stepped, from 0 to 100%; a quantile of None was never reached and says so.

    `limit` draws the deadline in the same unit as the days. Drawn to `until`, by default `survival_until`.
    """
    end = until or survival_until(days, limit=limit, p90=p90)
    curve = Curve(_path(days, end), median, p90, limit, end, unit)
    plot = Plot(height=height, left=50, right=16, top=12, bottom=30, x=(0, end), y=(0, 1))
    parts = layout(look, height, left=plot.left, right=plot.right, top=plot.top, bottom=plot.bottom)
    parts["hovermode"] = "x"
    parts["xaxis"] = _days_axis(curve, look)
    parts["yaxis"] = _share_axis(look)
    parts["shapes"] = _guides(curve, look)
    parts["annotations"] = curve_labels(curve, plot, look)
    return figure(
        [_line(curve, look), *_marks(curve, look)],
        parts,
        survival_alt(curve, look, measure=measure or look.text("charts.survival")),
    )


def survival_alt(curve: Curve, look: Look, *, measure: str) -> str:
    """The curve as a sentence: half, nine tenths, and the share within the limit."""
    rows = [half_words(curve, look), nine_tenths_words(curve, look)]
    if curve.limit is not None:
        rows += [limit_words(curve, look).replace("\n", " "), within_words(curve, look)]
    return tell(look, [measure], [row.replace("\n", " ") for row in rows])


def _path(days: Sequence[Day], end: int) -> list[tuple[float, float]]:
    """The curve from nothing closed on; it ends where the observation ends, or at the end of the axis."""
    known = sorted(days, key=lambda step: step.day)
    path = [(0.0, 0.0), *((float(step.day), 1 - step.survival) for step in known if step.day <= end)]
    if known and known[-1].day > end:
        path.append((float(end), path[-1][1]))
    return path


def _days_axis(curve: Curve, look: Look) -> Part:
    step = next(s for s in (1, 2, 5, 10, 15, 20, 30, 60, 90, 180, 10**6) if curve.until / s <= 6)
    ticks = list(range(0, curve.until + 1, step))
    return axis(
        look,
        (0, curve.until),
        tickmode="array",
        tickvals=ticks,
        ticktext=[str(tick) for tick in ticks],
        showline=True,
        linecolor=look.theme.axis,
        linewidth=1,
        tickangle=0,
        automargin=False,
    )


def _share_axis(look: Look) -> Part:
    return axis(
        look,
        (0, 1),
        tickmode="array",
        tickvals=[0, 0.5, 1],
        ticktext=["0", "50%", "100%"],
        showgrid=True,
        gridcolor=look.theme.grid,
        gridwidth=1,
    )


def _guides(curve: Curve, look: Look) -> list[Part]:
    """Dotted lines at half (to the curve and down) and at nine tenths; the limit as a line of ink."""
    dotted = look.theme.axis
    half = curve.until if curve.median is None else curve.median
    lines = [((0.0, 0.5), (half, 0.5)), ((0.0, 0.9), (float(curve.until), 0.9))]
    if curve.median is not None:
        lines.append(((curve.median, 0.5), (curve.median, 0.0)))
    shapes = [stroke(dotted, a, b, width=1.5, dash="2px,3px", layer="below") for a, b in lines]
    if curve.limit is not None:
        shapes.append(stroke(look.theme.ink, (curve.limit, 0), (curve.limit, 1), layer="below"))
    return shapes


def _line(curve: Curve, look: Look) -> Part:
    told = [
        f"{days_text(day, look.text, unit=curve.unit)}<br>{percent(share, 1, look.text)}"
        for day, share in curve.path
    ]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day for day, _ in curve.path],
        "y": [share for _, share in curve.path],
        "line": {"color": look.theme.data, "width": 2.5, "shape": "hv"},
        "cliponaxis": False,
        "hovertext": told,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _marks(curve: Curve, look: Look) -> list[Part]:
    """Dots where half are closed and where the limit meets the curve."""
    spots = [] if curve.median is None or curve.median > curve.until else [(curve.median, 0.5)]
    if curve.limit is not None:
        spots.append((float(curve.limit), curve.within(curve.limit)))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [day for day, _ in spots],
            "y": [share for _, share in spots],
            "marker": {
                "size": MARK,
                "color": look.theme.data,
                "line": {"color": look.theme.bg, "width": 2},
                "opacity": 1,
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
    ]
