"""Text to the contract's types and back. Strict: what does not parse is null, for the caller to report."""

from collections.abc import Sequence

import polars as pl

from data.tables import STAMP, TABLES, Column

_INTEGER = r"^[+-]?\d{1,18}$"
_NUMBER = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"
_DAY = r"^\d{4}-\d{2}-\d{2}(T00:00:00)?$"
_MONTH = r"^\d{4}-\d{2}(-01)?(T00:00:00)?$"
_TRUTH = {"true": True, "false": False}


def cleaned(name: str) -> pl.Expr:
    """The text of a column without surrounding blanks; blank is null."""
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text)


def parsed(text: pl.Expr, column: Column, formats: Sequence[str] = ()) -> pl.Expr:
    """The text as the column's type, null where it does not parse.

    `formats` are strftime formats of dates, tried in order in place of ISO.
    """
    dtype = column.dtype
    if dtype == pl.String():
        return text
    if dtype == pl.Boolean():
        return text.str.to_lowercase().replace_strict(_TRUTH, default=None, return_dtype=pl.Boolean)
    if dtype == pl.Int64():
        return _if_matches(text, _INTEGER).cast(pl.Int64, strict=False)
    if dtype == pl.Float64():
        return _if_matches(text, _NUMBER).cast(pl.Float64, strict=False)
    stamp = _stamp(text, formats) if formats else _iso(text, column)
    return stamp if dtype == STAMP else stamp.dt.truncate("1mo" if column.is_month else "1d").cast(pl.Date)


def _if_matches(text: pl.Expr, pattern: str) -> pl.Expr:
    return pl.when(text.str.contains(pattern)).then(text)


def _stamp(text: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    return pl.coalesce([text.str.to_datetime(form, time_unit="us", strict=False) for form in formats])


def _iso(text: pl.Expr, column: Column) -> pl.Expr:
    if column.is_month:
        return _stamp(_if_matches(text, _MONTH).str.head(7) + "-01", ["%Y-%m-%d"])
    if column.dtype == pl.Date():
        return _stamp(_if_matches(text, _DAY).str.head(10), ["%Y-%m-%d"])
    joined = text.str.replace(r"^(\d{4}-\d{2}-\d{2}) ", "${1}T")
    four_digits = _if_matches(joined, r"^\d{4}-")
    return _stamp(four_digits, ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"])


def to_text(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as the text a contract-shaped file holds; null stays null.

    Midnight prints as the date alone, months as 2026-10, a whole `value` without a fraction.
    """
    return frame.select(_written(column) for column in TABLES[table].columns)


def _written(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.is_month:
        return value.dt.strftime("%Y-%m")
    if column.dtype == STAMP:
        whole_day = value.dt.time() == pl.time(0)
        text = value.dt.strftime("%Y-%m-%dT%H:%M:%S%.f")
        return pl.when(whole_day).then(value.dt.strftime("%Y-%m-%d")).otherwise(text).alias(column.name)
    if column.dtype == pl.Float64() and column.name == "value":
        return value.cast(pl.String).str.replace(r"\.0$", "")
    return value.cast(pl.String)
