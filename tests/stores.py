"""Small tables of the contract's shape and a store to put them in, for tests of everything that reads one."""

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from data import Commit, Store, sample
from data.tables import TABLES, conform

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
SETTINGS = 'county = "测试县"\ncutoff_day = 0\ndemonstration = true\n'


def once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """A folder that is built by the first of pytest's workers to ask for it; the others wait."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    done, failed = root / name, root / f"{name}-failed"
    try:
        (root / f"{name}-begun").mkdir()
    except FileExistsError:
        while not done.exists():
            assert not failed.exists(), f"{name} could not be built; see the other worker"
            time.sleep(0.1)
        return done
    try:
        build(root / f"{name}-new")
    except BaseException:
        failed.touch()
        raise
    return (root / f"{name}-new").rename(done)


def sampled(factory: pytest.TempPathFactory, months: int = 3, profile: str = "demo") -> Path:
    """So many months of a county's demonstration data, up to October. Not to be written to."""

    def made(place: Path) -> None:
        sample.build(Store(place), profile=profile, last=OCTOBER, months=months, seed=7)

    return once(factory, f"{profile}-{months}", made)


def enterprises(count: int = 3) -> pl.DataFrame:
    """`count` operating enterprises in one township, the first of them with an organisation of its own."""
    rows = {
        "enterprise_id": [f"E{number}" for number in range(count)],
        "name": [f"企业{number}" for number in range(count)],
        "township_code": ["320001"] * count,
        "is_operating": [True] * count,
        "org_form": ["sole" if number == 0 else "none" for number in range(count)],
    }
    return conform("enterprises", pl.DataFrame(rows, schema_overrides={"is_operating": pl.Boolean}))


def cube(count: int = 3) -> pl.DataFrame:
    """A cube of one row that counts the enterprises."""
    return pl.DataFrame({"township_code": ["320001"], "enterprises": [count]})


def publish(store: Store, month: date = OCTOBER, count: int = 3, **how: object) -> Commit:
    """Publish that many enterprises, by default at a fixed moment."""
    said = {"who": "数据员", "reason": "月报", "published_at": datetime(2026, 11, 3, 9), **how}
    return store.publish(
        month, {"enterprises": enterprises(count)}, {"coverage": cube(count)}, SETTINGS, **said
    )


def full(table: str) -> pl.DataFrame:
    """Two rows of any table of the contract: one with a value in each column, one with every null allowed."""
    values = {
        pl.String(): "文字",
        pl.Int64(): 7,
        pl.Float64(): 0.5,
        pl.Boolean(): True,
        pl.Date(): OCTOBER,
        pl.Datetime("us"): datetime(2026, 10, 8, 9, 30),
    }
    first = {column.name: values[column.dtype] for column in TABLES[table].columns}
    second = {
        column.name: None if column.nullable else first[column.name] for column in TABLES[table].columns
    }
    return pl.DataFrame([first, second], schema=TABLES[table].schema)
