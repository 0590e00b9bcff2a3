"""CSV that Chinese Excel opens right: UTF-8 with BOM, and no cell that would run as a formula."""

import polars as pl

from pages.shared.i18n import Text
from pages.shared.tables import column_label

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(frame: pl.DataFrame, stamp: dict[str, str], text: Text) -> bytes:
    """Return CSV bytes: labelled columns, raw numbers (rates as ratios), then the stamp."""
    labelled = frame.rename({column: column_label(column, text) for column in frame.columns})
    stamped = labelled.with_columns([pl.lit(value).alias(name) for name, value in stamp.items()])
    texts = [name for name, dtype in stamped.schema.items() if dtype == pl.String]
    safe = stamped.with_columns([_harmless(name) for name in texts])
    return safe.write_csv(include_bom=True, date_format="%Y-%m-%d").encode("utf-8")


def _harmless(name: str) -> pl.Expr:
    risky = pl.any_horizontal([pl.col(name).str.starts_with(start) for start in _FORMULA_STARTS])
    return pl.when(risky).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
