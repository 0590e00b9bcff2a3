"""Who misses the target: bars of rates in 区划序 against a line, the verdict in words at the right."""

from collections.abc import Sequence

from pages.shared.charts.base import Figure, Look, Part, figure, hidden_axis, layout, tell
from pages.shared.charts.rows import ROW, ROW_COMPACT, Stack, bars, empty_slot, name_rows, rows_axis, stack
from pages.shared.charts.target_rows import (
    Row,
    measure_grid,
    rows_of,
    target_lines,
    target_word,
    targets_differ,
    value_label,
    verdict_label,
)
from queries.lights import Lights
from queries.words.formats import plain_percent
from queries.words.standing import USUAL, Rate, judge_all

HEAD, FOOT = 28, 8  # px above the bars for the word of the target line, and below them


def target_bars(
    rates: Sequence[Rate],
    look: Look,
    *,
    measure: str,
    target: float | None,
    lights: Lights = USUAL,
    progress: float = 1.0,
    direction: str = "up",
    classifier: str = "家",
    counts: bool = True,
    compact: bool = False,
    height: float = 0,
) -> Figure:
    """Rates as bars from 0 to 100%, dark where the target is missed; rows keep their order.

    `target` and the ratios are 0-1. A row with its own target gets its own line. Not reported is a dashed
    slot, a denominator of 0 is a dash. `lights`, `progress` and `direction` judge (see `judge`). `counts`
    puts n/d under the name, `compact` makes rows of 33 px, `height` is the least one, to match a neighbour.
    """
    verdicts = judge_all(rates, target, lights=lights, progress=progress, direction=direction)
    rows = rows_of(rates, verdicts, target, look, classifier, direction)
    top = HEAD if any(row.aim is not None for row in rows) else FOOT
    low = ROW_COMPACT if compact else ROW
    labels, notes = [rate.name for rate in rates], [row.parts if counts else "" for row in rows]
    names = name_rows(labels, notes, look, row=low)
    grid = measure_grid(rows, names.left)
    lines = stack(names, need=grid.row, least=height - top - FOOT)
    parts = layout(look, lines.tall + top + FOOT, left=names.left, right=grid.right, top=top, bottom=FOOT)
    parts |= {"xaxis": hidden_axis(look, (0, grid.end)), "yaxis": rows_axis(look, lines)}
    parts["shapes"] = target_lines(rows, lines, look)
    parts["annotations"] = target_word(rows, look)
    for at, row in zip(lines.middles, rows, strict=True):
        if row.verdict.status == "none":
            parts["shapes"].append(empty_slot(look, at, grid.end, lines.thick))
        parts["annotations"] += value_label(at, row, look, grid)
        parts["annotations"] += verdict_label(at, row, look, grid, own=targets_differ(rows))
    alt = target_bars_alt(rows, look, measure=measure, target=target)
    return figure([_bars(rows, lines, look)], parts, alt)


def _bars(rows: Sequence[Row], lines: Stack, look: Look) -> Part:
    """The bars: pale where the target is met, dark where it is missed or where there is none."""
    colors = [look.theme.calm if row.is_fine else look.theme.data for row in rows]
    hovers = ["<br>".join(row.spoken) for row in rows]
    return bars([row.rate.ratio for row in rows], colors, hovers, lines)


def target_bars_alt(rows: Sequence[Row], look: Look, *, measure: str, target: float | None) -> str:
    """The chart as a sentence: measure, target, then every row with its rate, parts and verdict."""
    aim = "" if target is None else look.text("charts.target", value=plain_percent(target))
    return tell(look, [measure, aim], [look.text("charts.comma").join(row.spoken) for row in rows])
