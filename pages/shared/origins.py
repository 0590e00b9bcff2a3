"""Where the figures of a chart came from: file, sheet and rows, as the sender finds them."""

from collections.abc import Iterable

import polars as pl

import queries
from pages.shared.i18n import Text
from pages.shared.view import Source, View

# Files that are named; the query has them all.
SHOWN = 20
# Members are the sum of two figures that are reported apart.
_PARTS = {"members": ("members_full", "members_probationary")}


def origins(view: View, source: Source) -> list[str]:
    """Return a line for each file and sheet of the month that a chart's figures count rows of."""
    about = [queries.INDICATORS[indicator] for indicator in source.indicators]
    frame = view.ask("ledger_sources")
    if frame.is_empty() and view.filters.committees:
        # What belongs to no committee, such as a station, is shown whatever committee is chosen.
        frame = view.ask("ledger_sources", committees=None)
    return lines(counted(frame, about), view.text)


def counted(frame: pl.DataFrame, about: Iterable[queries.Indicator]) -> pl.DataFrame:
    """Return rows of the tables, and of `figures` of the numbers, that these indicators are made of."""
    wanted = pl.lit(False)
    for one in about:
        table = pl.col("table_name") == one.source
        if one.source == "figures":
            names = {one.id, one.numerator, one.denominator}
            named = [part for name in names for part in _PARTS.get(name, (name,))]
            table = table & pl.col("indicator_id").is_in(named)
        wanted = wanted | table
    return frame.filter(wanted)


def lines(frame: pl.DataFrame, text: Text) -> list[str]:
    """Return the files of an answer of `ledger_sources` in its order, each sheet once, with its rows."""
    sums = frame.group_by("file", "sheet", maintain_order=True).agg(
        pl.col("entries").sum(), pl.col("first_row").min(), pl.col("last_row").max()
    )
    return [_line(*row, text=text) for row in sums.iter_rows()]


def _line(
    file: str | None, sheet: str | None, entries: int, first: int | None, last: int | None, *, text: Text
) -> str:
    parts = [file or text("columns.not_stated")]
    if sheet:
        parts.append(text("origins.sheet", sheet=sheet))
    if first is not None and last is not None:
        key = "origins.row" if first == last else "origins.rows"
        parts.append(text(key, first=first, last=last))
    parts.append(text.count("origins.entries", entries))
    return text("frame.joiner").join(parts)
