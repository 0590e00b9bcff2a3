"""The headline figures of a month, and which of them a batch of ledgers would change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from data.ledgers.assessment import CHANGES

Cubes = Mapping[str, pl.DataFrame]
FIGURE_CUBE = "figures_finest"
# Sums of fractions may differ in the last bit.
_CLOSE = 1e-9


@dataclass(frozen=True)
class Headline:
    """A figure of a cube: the sum of `value`, or its ratio to the sum of `base`, over rows that count."""

    name: str
    cube: str
    value: pl.Expr
    base: pl.Expr | None = None
    counts: pl.Expr | None = None


_OPERATING = pl.col("denominator") == "operating"
HEADLINES = (
    Headline("enterprises", "enterprise_counts", pl.col("enterprises")),
    Headline("operating", "enterprise_counts", pl.col("operating")),
    Headline("org_cov_total", "coverage", pl.col("organised"), pl.col("enterprises"), _OPERATING),
    Headline("work_cov_total", "coverage", pl.col("worked"), pl.col("enterprises"), _OPERATING),
    Headline("stations", "stations", pl.lit(1), counts=pl.col("is_open")),
    Headline("visits_person_times", "services", pl.col("person_times")),
    Headline("received", "grievance_counts", pl.col("received")),
    Headline("closed", "grievance_counts", pl.col("closed")),
    Headline("backlog", "grievance_counts", pl.col("open")),
    Headline("overdue_open", "grievance_counts", pl.col("overdue_open")),
    Headline("on_time", "grievance_counts", pl.col("on_time"), pl.col("due")),
)
CUBES = frozenset([FIGURE_CUBE, *(one.cube for one in HEADLINES)])


def headlines(cubes: Cubes) -> pl.DataFrame:
    """indicator_id, township_code (null = the county), value; rows of the townships after their county's."""
    parts = [part for one in HEADLINES if one.cube in cubes for part in _headline(one, cubes[one.cube])]
    if FIGURE_CUBE in cubes:
        parts += _figures(cubes[FIGURE_CUBE].filter("in_township"))
    schema = pl.Schema({"indicator_id": pl.String(), "township_code": pl.String(), "value": pl.Float64()})
    return pl.concat([pl.DataFrame(schema=schema), *(part.cast(schema) for part in parts)])


def changes(before: Cubes, after: Cubes) -> pl.DataFrame:
    """CHANGES: the headline figures that differ; what one side does not know is null there."""
    key = ["indicator_id", "township_code"]
    old, new = (
        headlines(cubes).rename({"value": name}) for cubes, name in ((before, "before"), (after, "after"))
    )
    both = new.join(old, on=key, how="full", nulls_equal=True, coalesce=True, maintain_order="left_right")
    same = pl.col("before").eq_missing(pl.col("after"))
    close = ((pl.col("before") - pl.col("after")).abs() <= _CLOSE).fill_null(False)
    return both.filter(~same & ~close).select(*CHANGES)


def _headline(one: Headline, cube: pl.DataFrame) -> Iterator[pl.DataFrame]:
    counted = cube if one.counts is None else cube.filter(one.counts)
    rows = counted.select("township_code", _value=one.value, _base=one.base if one.base is not None else 1)
    for level in (rows.with_columns(township_code=pl.lit(None, pl.String)), rows.drop_nulls("township_code")):
        sums = level.group_by("township_code").agg(pl.col("_value", "_base").sum()).sort("township_code")
        ratio = pl.when(pl.col("_base") > 0).then(pl.col("_value") / pl.col("_base"))
        value = pl.col("_value") if one.base is None else ratio
        yield sums.select(pl.lit(one.name).alias("indicator_id"), "township_code", value=value)


def _figures(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Every reported figure, indicator by indicator."""
    county = rows.with_columns(township_code=pl.lit(None, pl.String))
    key = ["indicator_id", "township_code"]
    both = pl.concat([county, rows.drop_nulls("township_code")])
    yield both.group_by(key).agg(pl.col("value").sum()).sort(key, nulls_last=False)
