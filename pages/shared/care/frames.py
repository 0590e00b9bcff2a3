"""The tables behind the charts of an indicator, as shown and exported: columns named by their kind."""

import polars as pl

from pages.shared.care.quantity import Quantity

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
    kept = [name for name in named.columns if name in keys or not named[name].is_null().all()]
    value = f"care_value{suffix}"
    return named.select(list(dict.fromkeys([*kept, value])))


PARTS = ("numerator", "denominator")
