"""Rules on coordinates of stations and enterprises: both or neither, and near the others of the ledger."""

from collections.abc import Iterator

import polars as pl

from data.rules import Breach, Rule, sweep

# Degrees: what lies within China, and how far a place may be from the middle of its ledger.
LONGITUDES, LATITUDES = (73, 136), (3, 54)
FARTHEST = 1.0


def coordinates(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    """Warnings for coordinates that cannot be drawn; the cubes take such a place for not located."""
    longitude, latitude = pl.col("longitude"), pl.col("latitude")
    inside = longitude.is_between(*LONGITUDES) & latitude.is_between(*LATITUDES)
    far = (_from_the_middle(longitude, inside) > FARTHEST) | (_from_the_middle(latitude, inside) > FARTHEST)
    rules = [
        Rule("longitude", "coordinates_incomplete", longitude.is_null() & latitude.is_not_null()),
        Rule("latitude", "coordinates_incomplete", latitude.is_null() & longitude.is_not_null()),
        Rule("longitude", "coordinates_implausible", ~inside | far),
    ]
    yield from sweep(table, frame, rules)


def _from_the_middle(degrees: pl.Expr, inside: pl.Expr) -> pl.Expr:
    """How far a place is from the median of those within the country."""
    return (degrees - degrees.filter(inside).median()).abs()
