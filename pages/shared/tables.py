"""Frames as tables that people read: labels for columns, and words for what is not a number."""

import polars as pl

from pages.shared.i18n import Text
from queries.words.formats import count_text, date_text, decimal_text, month_text, percent, plain

KEYS = {
    "township_code",
    "township",
    "committee_id",
    "committee",
    "class_id",
    "class_name",
    "station_id",
    "station",
}
CODES = {"township_code", "committee_id", "class_id", "station_id"}
_RATES = ("_rate", "_share", "_low", "_high")
_DAYS, _POINTS = "_days", "_points"
_MEANS = ("person_times_per_station", "_mean")
_DEGREES = ("longitude", "latitude")
_OTHER_KEYS = {"month", "service_type", "day", "department", "list"}


def column_label(column: str, text: Text) -> str:
    """Return the heading of a query's column in the viewer's language, with its unit in brackets."""
    return text(f"columns.{column}")


def is_key(column: str) -> bool:
    """Tell whether a column names what a row is about."""
    return column in KEYS or column in _OTHER_KEYS


def is_rate(column: str) -> bool:
    """Tell whether a column holds ratios, 0 to 1."""
    return column.endswith(_RATES)


def readable(frame: pl.DataFrame, text: Text) -> pl.DataFrame:
    """Return a frame of texts: 未报 for a row without figures, — for a division by 0, 未达到 for a quantile.

    Codes are left out; headings are labels. A null key is the row of what names no township or committee.
    """
    figures = [column for column in frame.columns if not is_key(column)]
    rows = []
    for row in frame.iter_rows(named=True):
        reported = any(row[column] is not None for column in figures)
        rows.append(
            {column_label(c, text): _cell(c, row[c], reported, text) for c in frame.columns if c not in CODES}
        )
    labels = [column_label(column, text) for column in frame.columns if column not in CODES]
    return pl.DataFrame(rows, schema=dict.fromkeys(labels, pl.String))


def _cell(column: str, value: object, reported: bool, text: Text) -> str:
    if is_key(column):
        return _key(column, value, text)
    if value is None:
        return _missing(column, reported, text)
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    if is_rate(column):
        return percent(number, 1, text)
    if column in _DEGREES:
        return f"{number:.6f}"
    if column.endswith(_DAYS):
        return plain(number, 1)
    if column.endswith(_MEANS):
        return decimal_text(number, 1, text)
    return count_text(number, "", text, short=False)


def _key(column: str, value: object, text: Text) -> str:
    if value is None:
        return text("columns.not_stated")
    return month_text(value, text) if column == "month" else str(value)  # type: ignore[arg-type]


def _missing(column: str, reported: bool, text: Text) -> str:
    if not reported:
        return text("status.none")
    if column.startswith("km_"):
        return text("formats.not_reached")
    return text("formats.undefined")


def stamp(
    text: Text, *, cutoff: object, revision: int, commit: str, demonstration: bool, internal: bool = False
) -> dict[str, str]:
    """Return what every exported row says of itself: cut-off, revision, commit, nature of the data.

    `internal` rows are not to be passed on, all others as everybody may see them; they say which.
    """
    nature = "columns.demonstration" if demonstration else "columns.reported_data"
    audience = text("columns.internal") if internal else text("deck.audience.protected")
    return {
        text("columns.cutoff"): date_text(cutoff, text),  # type: ignore[arg-type]
        text("columns.revision"): str(revision),
        text("columns.commit"): commit,
        text("columns.nature"): text(nature),
        text("columns.audience"): audience,
    }
