"""Small tables of the contract's shape and a store to put them in, for tests of everything that reads one."""

from datetime import date, datetime

import polars as pl

from data import Commit, Store
from data.tables import TABLES, conform

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
SETTINGS = 'county = "测试县"\ncutoff_day = 0\ndemonstration = true\n'


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
