"""CSV that Chinese Excel opens right: UTF-8 with BOM, and no cell that would run as a formula."""

from collections.abc import Collection

import polars as pl

from pages.shared.i18n import Text
from pages.shared.tables import column_label, is_rate
from queries.masking import ROUNDED
from queries.words.formats import percent, plain

MARK = "_mark"
# Of a number that stands among texts.
DECIMALS = 6
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(frame: pl.DataFrame, stamp: dict[str, str], text: Text) -> bytes:
    """Return CSV bytes: labelled columns, raw numbers (rates as ratios), then the stamp.

    A column with a twin of marks holds texts: ≤5, 约15, ※, and its numbers where there is no mark.
    """
    frame = folded(frame, text)
    labelled = frame.rename({column: column_label(column, text) for column in frame.columns})
    stamped = labelled.with_columns([pl.lit(value).alias(name) for name, value in stamp.items()])
    texts = [name for name, dtype in stamped.schema.items() if dtype == pl.String]
    safe = stamped.with_columns([_harmless(name) for name in texts])
    return safe.write_csv(include_bom=True, date_format="%Y-%m-%d").encode("utf-8")


def folded(frame: pl.DataFrame, text: Text) -> pl.DataFrame:
    """Return the frame with each `<column>_mark` told in its column; without any mark they stay numbers."""
    for column in [name for name in frame.columns if f"{name}{MARK}" in frame.columns]:
        marks = frame[f"{column}{MARK}"]
        # What is told in words has its mark already.
        if marks.null_count() < len(marks) and frame[column].dtype != pl.String:
            pairs = zip(frame[column], marks, strict=True)
            told = [_told(column, value, mark, text) for value, mark in pairs]
            frame = frame.with_columns(pl.Series(column, told, pl.String))
        frame = frame.drop(marks.name)
    return frame


def marks_of(frame: pl.DataFrame, columns: Collection[str] = ()) -> set[str]:
    """Return the marks of a frame's numbers: of the columns given if it has any, else of all."""
    twins = [name for name in frame.columns if name.endswith(MARK)]
    wanted = [name for name in twins if name.removesuffix(MARK) in columns] or twins
    return {mark for name in wanted for mark in frame[name].drop_nulls()}


def _told(column: str, value: float | None, mark: str | None, text: Text) -> str | None:
    if value is None or (mark and mark != ROUNDED):
        return mark
    shown = percent(value, 1, text) if is_rate(column) and mark else plain(value, DECIMALS)
    return text("formats.about", n=shown) if mark else shown


def _harmless(name: str) -> pl.Expr:
    risky = pl.any_horizontal([pl.col(name).str.starts_with(start) for start in _FORMULA_STARTS])
    return pl.when(risky).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
