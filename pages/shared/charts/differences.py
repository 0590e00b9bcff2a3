"""Who differs beyond chance: a dot with its interval a township, the county as a line through all."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import (
    Figure,
    Look,
    Part,
    axis,
    bold,
    escape,
    figure,
    label,
    layout,
    span,
    stroke,
    tell,
)
from pages.shared.charts.labels import px
from pages.shared.charts.months import Scale, value_scale
from pages.shared.charts.rows import (
    COLUMN_GAP,
    ROW_TALL,
    at_right,
    empty_slot,
    lines_px,
    name_rows,
    rows_axis,
    stack,
)
from pages.shared.theme import LABEL, SMALL
from queries.words.formats import counts_text, percent, ratio_text
from queries.words.standing import Rate

HEAD, FOOT, DOT = 28, 32, 11  # px over the rows for the county's word, under them for the ticks, of a dot


@dataclass(frozen=True)
class Difference:
    """One row: its rate, the interval (0-1) chance leaves it, and whether it lies beyond chance.

    `interval` is None where the rate is not reported or divides by 0.
    """

    rate: Rate
    interval: tuple[float, float] | None
    is_beyond: bool = False


def difference_dots(
    rows: Sequence[Difference], look: Look, *, measure: str, county: float, area: str, classifier: str = "家"
) -> Figure:
    """Rates as dots in the order given with their intervals as whiskers; `county` (0-1) is the line.

    A row beyond chance is dark and says so in words at the right; n/d stands under the name.
    """
    parts_of = [counts_text(r.rate.numerator, r.rate.denominator, classifier, look.text) for r in rows]
    names = name_rows([row.rate.name for row in rows], parts_of, look, row=ROW_TALL)
    cells = [_cell(row, look) for row in rows]
    column = max([px(words, LABEL) for words in cells], default=0) + COLUMN_GAP
    lines = stack(names, need=lines_px(2))
    ends = [end for row in rows if row.interval for end in row.interval]
    scale = value_scale([*ends, county], unit="percent")
    parts = layout(look, lines.tall + HEAD + FOOT, left=names.left, right=column + 4, top=HEAD, bottom=FOOT)
    parts["xaxis"] = _ends_axis(scale, look)
    parts["yaxis"] = rows_axis(look, lines)
    parts["shapes"] = [stroke(look.theme.ink, (county, 0), (county, 1), refs=("x", "paper"))]
    name = look.text("charts.county_line", area=escape(area), value=ratio_text(county, look.text))
    parts["annotations"] = [_county_word(name, (county - scale.low) / (scale.high - scale.low), county, look)]
    for at, row, words in zip(lines.middles, rows, cells, strict=True):
        parts["shapes"] += _whisker(at, row, look)
        if row.rate.numerator is None or row.rate.denominator is None:
            slot = empty_slot(look, at, scale.high, lines.thick)
            parts["shapes"].append({**slot, "x0": scale.low})
        parts["annotations"].append(at_right(look, at, _shown(words, look)))
    spoken = [
        look.text("charts.comma").join(part for part in (row.rate.name, *words.split("\n"), counts) if part)
        for row, words, counts in zip(rows, cells, parts_of, strict=True)
    ]
    return figure([_dots(rows, lines.middles, spoken, look)], parts, tell(look, [measure, name], spoken))


def _ends_axis(scale: Scale, look: Look) -> Part:
    """The axis with two ticks: values stand at the right, and a phone has no room for more."""
    ends = (scale.low, scale.high)
    words = [scale.words(end, look) for end in ends]
    return axis(
        look, ends, tickmode="array", tickvals=list(ends), ticktext=words, automargin=False, tickangle=0
    )


def _county_word(words: str, place: float, county: float, look: Look) -> Part:
    """The county's name and rate over its line, turned inwards near an end."""
    side = "left" if place < 0.3 else "right" if place > 0.7 else "center"
    return label(look, words, county, 1, anchor=(side, "bottom"), shift=(0, 3), refs=("x", "paper"))


def _cell(row: Difference, look: Look) -> str:
    """What stands at the right: the rate, and under it that it lies beyond chance."""
    shown = percent(row.rate.numerator, row.rate.denominator, look.text)
    return f"{shown}\n{look.text('charts.beyond')}" if row.is_beyond else shown


def _shown(words: str, look: Look) -> str:
    value, _, word = words.partition("\n")
    return bold(escape(value)) + (
        f"<br>{span(escape(word), color=look.theme.ink, size=SMALL)}" if word else ""
    )


def _whisker(at: float, row: Difference, look: Look) -> list[Part]:
    if row.interval is None:
        return []
    low, high = row.interval
    return [stroke(look.theme.axis, (low, at), (high, at), width=1.5, layer="below")]


def _dots(rows: Sequence[Difference], middles: Sequence[float], spoken: Sequence[str], look: Look) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.rate.ratio for row in rows],
        "y": list(middles),
        "cliponaxis": False,
        "marker": {
            "size": DOT,
            "color": [look.theme.data if row.is_beyond else look.theme.calm for row in rows],
            "line": {"width": 0},
            "opacity": 1,
        },
        "hovertext": [escape(words) for words in spoken],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
