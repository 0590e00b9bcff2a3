"""How surely and how fast personal data is found in sheets, and how often clean rows are refused.

python -m tests.benchmarks.privacy [--planted 100000] [--clean 100000] [--rows 200000] [--seed 1]
"""

import argparse
from collections import Counter
from time import process_time

import polars as pl

from data.ledgers.grid import Grid, letter, number_of
from data.ledgers.privacy import hits
from tests.disguises import clean, planted, sheet


def main() -> None:
    """Print recall by disguise, false refusals by column, and seconds for a sheet of 16 columns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, default in (("planted", 100_000), ("clean", 100_000), ("rows", 200_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    recall(given.planted, given.seed)
    refusals(given.clean, given.seed)
    speed(given.rows, given.seed)


def recall(count: int, seed: int) -> None:
    """How many of the planted identifiers are found, and what was missed."""
    texts = planted(count, seed)
    start = process_time()
    found = {hit.row for hit in hits(Grid("台账", texts.select(pl.col("text").alias("A"))))}
    spent = process_time() - start
    missed = texts.with_row_index("row", 1).filter(~pl.col("row").is_in(list(found)))
    print(f"planted {count}, found {len(found)}, in {spent:.1f} s of processor time")
    print(missed.group_by("name", "disguise").len().sort("len", descending=True) if missed.height else "")


def refusals(count: int, seed: int) -> None:
    """How many clean rows have a cell that is taken for a person's."""
    rows = clean(count, seed)
    grid, codes, credit = sheet(rows)
    found = hits(grid, codes=codes, credit=credit)
    refused = len({hit.row for hit in found})
    print(f"clean rows {count}, refused {refused}: {10_000 * refused / count:.2f} in 10,000")
    kinds = Counter((rows.columns[number_of(hit.column or "A") - 1], hit.kind) for hit in found)
    print("\n".join(f"  {column} taken for {kind}: {times}" for (column, kind), times in kinds.items()))


def speed(count: int, seed: int) -> None:
    """Seconds for a clean sheet of so many rows and sixteen columns."""
    few = clean(min(count, 50_000), seed)
    names = [*few.columns, "name", "day"][:16]
    again = -(-count // few.height)
    columns = [
        pl.concat(
            [few[name] + str(part) if name in ("name", "remark") else few[name] for part in range(again)]
        )
        .head(count)
        .alias(letter(at))
        for at, name in enumerate(names, 1)
    ]
    start = process_time()
    hits(Grid("台账", pl.DataFrame(columns)), codes={"B", "C", "L"}, credit={"A"})
    print(f"{count} rows of {len(columns)} columns in {process_time() - start:.2f} s of processor time")


if __name__ == "__main__":
    main()
