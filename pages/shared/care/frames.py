"""The tables behind the charts of an indicator, as shown and exported: columns named by their kind."""

import polars as pl

from pages.shared.care.quantity import Quantity
from queries.masking import ROUNDED

FIGURES = ("value", "previous", "last_year", "target")
SUFFIXES = {"rate": "_rate", "days": "_days", "mean": "_mean", "count": ""}


def shown(frame: pl.DataFrame, quantity: Quantity, words: dict[str, str]) -> pl.DataFrame:
    """Return the frame of a chart with what it is split by first, then the indicator's name and its figures.

    `words` are those of each status. Columns where nothing stands are left out.
    """
    keys = [name for name in frame.columns[:2] if name not in FIGURES]
    suffix = SUFFIXES[quantity.shape]
    named = frame.select(
        *keys,
        pl.lit(quantity.name).alias("care_indicator"),
        *(pl.col(name).alias(f"care_{name}{suffix}") for name in FIGURES),
        pl.col("qualifier").alias("care_qualifier"),
        *((pl.col(name).alias(f"care_{name}") for name in PARTS) if quantity.about.whole else ()),
        pl.col("status").replace_strict(words, default=None, return_dtype=pl.String).alias("care_status"),
    )
    if "value_mark" in frame.columns:
        named = pl.concat([named, _marks(frame, suffix, bool(quantity.about.whole))], how="horizontal")
    value = f"care_value{suffix}"
    kept = [name for name in named.columns if name in keys or name == value or _stands(named, name)]
    return named.select(kept)


def _stands(frame: pl.DataFrame, name: str) -> bool:
    """Tell whether anything stands in a column, or in its marks."""
    columns = [column for column in (name, f"{name}_mark") if column in frame.columns]
    return any(not frame[column].is_null().all() for column in columns)


def _marks(frame: pl.DataFrame, suffix: str, has_parts: bool) -> pl.DataFrame:
    """Return the marks of a frame under the names of what is shown; earlier months have this one's."""
    known = {name: pl.col(name).is_not_null() & (pl.col(name) != 0) for name in ("previous", "last_year")}
    about = {
        name: pl.when(said & pl.col("value_mark").is_not_null()).then(pl.lit(ROUNDED))
        for name, said in known.items()
    }
    return frame.select(
        pl.col("value_mark").alias(f"care_value{suffix}_mark"),
        *(mark.alias(f"care_{name}{suffix}_mark") for name, mark in about.items()),
        *((pl.col(f"{name}_mark").alias(f"care_{name}_mark") for name in PARTS) if has_parts else ()),
    )


PARTS = ("numerator", "denominator")
